import {
  compareText,
  cutOff,
  type FoundFile,
  type FoundInput,
  gzipTruncated,
  type Host,
  InputError,
  type Source,
} from '../../base/index.ts';
import { BlobSource, readBlob } from './blob-source.ts';
import { firstBytesOf, gunzip, isGzip, unpacked } from './gunzip.ts';

const SMALL_FILE_BYTES = 4 << 20;

/** A file and where it lay among the others: folders and name with `/` between them. */
export interface BrowserFile {
  readonly path: string;
  readonly blob: Blob;
}

/** Files that a page was given. They lie in a tree of their own, whose root is nameless. */
export class BrowserHost implements Host {
  readonly #files: ReadonlyMap<string, BrowserFile>;
  readonly #folders: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(files: readonly BrowserFile[]) {
    this.#files = new Map(files.map((file) => [absolute(file.path), file]));
    this.#folders = namesInFolders([...this.#files.keys()]);
  }

  /** A file, or a folder with all that is below it. */
  async find(input: string): Promise<FoundInput> {
    const absolutePath = absolute(input);
    const file = this.#files.get(absolutePath);
    if (file !== undefined) return { input, kind: 'file', absolutePath, files: [foundFile(file)] };
    const below = `${absolutePath === '/' ? '' : absolutePath}/`;
    const files = [...this.#files].flatMap(([path, each]) => (path.startsWith(below) ? [foundFile(each)] : []));
    if (files.length > 0) return { input, kind: 'folder', absolutePath, files: files.sort(byNaturalOrder) };
    throw new InputError('not_found', {
      at: { path: input },
      expected: 'a file, or a folder with files in it',
      found: 'nothing',
      hint: 'drop the files, or the folder that the profiler wrote',
    });
  }

  async readHead({ absolutePath, path }: FoundFile, maxBytes: number): Promise<Uint8Array> {
    const { blob } = this.#fileAt(absolutePath);
    if (!(await isGzip(blob))) return readBlob(blob.slice(0, maxBytes), path);
    const { head, isCutOff } = await firstBytesOf(unpacked(blob), maxBytes);
    if (!isCutOff) return head;
    // Behind a short first member are others, or the file is damaged: browsers may withhold what stands before that.
    const { blob: content, cutAtBytes } = await gunzip(blob, path);
    if (content.size === 0 && cutAtBytes !== undefined) throw gzipTruncated(path, cutAtBytes);
    return readBlob(content.slice(0, maxBytes), path);
  }

  async openSource({ absolutePath, path }: FoundFile): Promise<Source> {
    const { blob } = this.#fileAt(absolutePath);
    if (!(await isGzip(blob))) return new BlobSource(path, blob);
    const { blob: content, cutAtBytes } = await gunzip(blob, path);
    const source = new BlobSource(path, content);
    return cutAtBytes === undefined ? source : cutOff(source, cutAtBytes);
  }

  async list(folder: string): Promise<readonly string[]> {
    return [...(this.#folders.get(folder) ?? [])];
  }

  async readSmall(absolutePath: string): Promise<Uint8Array | undefined> {
    const blob = this.#files.get(absolutePath)?.blob;
    if (blob === undefined || blob.size > SMALL_FILE_BYTES) return undefined;
    // What is small as gzip may be large without.
    if (!(await isGzip(blob))) return readBlob(blob, absolutePath).catch(() => undefined);
    const { head, isCutOff } = await firstBytesOf(unpacked(blob), SMALL_FILE_BYTES + 1);
    return isCutOff || head.length > SMALL_FILE_BYTES ? undefined : head;
  }

  #fileAt(absolutePath: string): BrowserFile {
    const file = this.#files.get(absolutePath);
    if (file === undefined) throw new RangeError(`no such file was given: ${absolutePath}`);
    return file;
  }
}

function absolute(path: string): string {
  return `/${path.replace(/^\/+|\/+$/g, '')}`;
}

function foundFile({ path, blob }: BrowserFile): FoundFile {
  return { path, absolutePath: absolute(path), identity: absolute(path), sizeBytes: blob.size };
}

/** Of each folder on the way to a file, the root included: what is directly in it. */
function namesInFolders(paths: readonly string[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>();
  const add = (folder: string, name: string): void => {
    const names = folders.get(folder) ?? new Set();
    folders.set(folder, names.add(name));
  };
  for (const path of paths) {
    const parts = path.split('/').slice(1);
    for (const [depth, name] of parts.entries()) add(`/${parts.slice(0, depth).join('/')}`, name);
  }
  return folders;
}

const collator = new Intl.Collator('en', { numeric: true });

/** `slice_2` comes before `slice_10`. */
function byNaturalOrder(a: FoundFile, b: FoundFile): number {
  return collator.compare(a.path, b.path) || compareText(a.path, b.path);
}
