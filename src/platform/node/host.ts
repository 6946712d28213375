import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { cutOff, type FoundFile, type FoundInput, gzipTruncated, type Host, type Source } from '../../base/index.ts';
import { explainFailure } from './failure.ts';
import { FileSource, openToRead } from './file-source.ts';
import { findInput, isStandardInput } from './find.ts';
import { gunzip, isGzip, type OnCut } from './gunzip.ts';
import { type Spooled, spool } from './spool.ts';
import { NodeThreadPool } from './thread-pool.ts';
import { NodeTools } from './tools.ts';

const SMALL_FILE_BYTES = 4 << 20;

/** This machine's files, through Node. Close it when its runs are no longer needed. */
export class NodeHost implements Host {
  readonly pool = NodeThreadPool.create();
  readonly tools = new NodeTools();
  readonly #spooled: Spooled[] = [];
  /** Pipes can be read only once, so what came out of them is kept by identity. */
  readonly #pipes = new Map<string, Promise<Source>>();

  find(input: string): Promise<FoundInput> {
    return findInput(input);
  }

  async readHead(file: FoundFile, maxBytes: number): Promise<Uint8Array> {
    if (await isPipe(file)) {
      const source = await this.openSource(file);
      if (source.sizeBytes === 0 && source.cutAtBytes !== undefined) throw gzipTruncated(file.path, source.cutAtBytes);
      return source.slice(0, Math.min(maxBytes, source.sizeBytes));
    }
    const head = await firstBytes(file, maxBytes);
    return isGzip(head) ? firstUnpackedBytes(file, maxBytes) : head;
  }

  async openSource(file: FoundFile): Promise<Source> {
    if (await isPipe(file)) {
      const source = this.#pipes.get(file.identity) ?? this.#spool(file.path, (onCut) => unpackedPipe(file, onCut));
      this.#pipes.set(file.identity, source);
      return source;
    }
    if (!isGzip(await firstBytes(file, 2))) return FileSource.open(file.path, file.absolutePath);
    return this.#spool(file.path, (onCut) => gunzip(createReadStream(file.absolutePath), file.path, onCut));
  }

  async list(folder: string): Promise<readonly string[]> {
    return readdir(folder).catch(() => []);
  }

  async readSmall(absolutePath: string): Promise<Uint8Array | undefined> {
    try {
      const { size } = await stat(absolutePath);
      return size <= SMALL_FILE_BYTES ? new Uint8Array(await readFile(absolutePath)) : undefined;
    } catch {
      return undefined;
    }
  }

  async sha256(path: string): Promise<string | undefined> {
    const isFile = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isFile) return undefined;
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(path), hash);
    } catch (error) {
      throw explainFailure(error, path, 'read');
    }
    return hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.tools.close();
    for (const each of this.#spooled.splice(0)) await each.close();
  }

  async #spool(path: string, unpacked: (onCut: OnCut) => AsyncIterable<Uint8Array>): Promise<Source> {
    let cutAtBytes: number | undefined;
    const spooled = await spool(
      path,
      unpacked((at) => (cutAtBytes = at)),
    );
    this.#spooled.push(spooled);
    return cutAtBytes === undefined ? spooled.source : cutOff(spooled.source, cutAtBytes);
  }
}

async function isPipe(file: FoundFile): Promise<boolean> {
  if (isStandardInput(file)) return true;
  try {
    return !(await stat(file.absolutePath)).isFile();
  } catch (error) {
    throw explainFailure(error, file.path, 'read');
  }
}

async function firstBytes(file: FoundFile, maxBytes: number): Promise<Uint8Array> {
  const handle = await openToRead(file.path, file.absolutePath);
  try {
    const { buffer, bytesRead } = await handle.read(new Uint8Array(maxBytes), 0, maxBytes, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw explainFailure(error, file.path, 'read');
  } finally {
    await handle.close();
  }
}

/** Damage after the first bytes is left to whoever reads the whole file. */
async function firstUnpackedBytes(file: FoundFile, maxBytes: number): Promise<Uint8Array> {
  const head = new Uint8Array(maxBytes);
  let filled = 0;
  const onCut: OnCut = (cutAtBytes) => {
    if (filled === 0) throw gzipTruncated(file.path, cutAtBytes);
  };
  try {
    for await (const chunk of gunzip(createReadStream(file.absolutePath), file.path, onCut)) {
      const taken = chunk.subarray(0, maxBytes - filled);
      head.set(taken, filled);
      filled += taken.length;
      if (filled === maxBytes) break;
    }
  } catch (error) {
    if (filled === 0) throw error;
  }
  return head.subarray(0, filled);
}

async function* unpackedPipe(file: FoundFile, onCut: OnCut): AsyncGenerator<Uint8Array> {
  const pipe = isStandardInput(file) ? process.stdin : createReadStream(file.absolutePath);
  const chunks: AsyncIterator<Uint8Array> = pipe[Symbol.asyncIterator]();
  const begun = await firstOf(chunks, file.path);
  const all = resumed(begun, chunks);
  try {
    yield* isGzip(begun) ? gunzip(all, file.path, onCut) : all;
  } finally {
    // An open pipe would keep the process waiting.
    pipe.destroy();
  }
}

/** Enough of a pipe's start to tell gzip: its first chunk may be a single byte. */
async function firstOf(chunks: AsyncIterator<Uint8Array>, path: string): Promise<Uint8Array> {
  let begun = new Uint8Array(0);
  while (begun.length < 2) {
    const next = await chunks.next().catch((error) => {
      throw explainFailure(error, path, 'read');
    });
    if (next.done) break;
    begun = Uint8Array.from([...begun, ...next.value]);
  }
  return begun;
}

async function* resumed(begun: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield begun;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
