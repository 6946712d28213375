import type { FoundFile, FoundInput, Host, Source } from '../base/index.ts';

/** Passes everything on and remembers what a run was read from, so that the same can be read again elsewhere. */
export class RecordingHost implements Host {
  /** By their absolute paths, gzip undone. */
  readonly sources = new Map<string, Source>();
  readonly smallFiles = new Map<string, Uint8Array>();
  readonly folders = new Map<string, readonly string[]>();
  readonly found: FoundInput[] = [];
  readonly pool: Host['pool'];
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
    this.pool = host.pool;
  }

  async find(input: string): Promise<FoundInput> {
    const found = await this.#host.find(input);
    this.found.push(found);
    return found;
  }

  readHead(file: FoundFile, maxBytes: number): Promise<Uint8Array> {
    return this.#host.readHead(file, maxBytes);
  }

  async openSource(file: FoundFile): Promise<Source> {
    const source = this.sources.get(file.absolutePath) ?? (await this.#host.openSource(file));
    this.sources.set(file.absolutePath, source);
    return source;
  }

  async list(folder: string): Promise<readonly string[]> {
    const names = await this.#host.list(folder);
    this.folders.set(folder, names);
    return names;
  }

  async readSmall(absolutePath: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#host.readSmall(absolutePath);
    if (bytes !== undefined) this.smallFiles.set(absolutePath, bytes);
    return bytes;
  }
}
