import { type FileHandle, open } from 'node:fs/promises';
import { EnvironmentError, type Source } from '../../base/index.ts';
import { explainFailure } from './failure.ts';

const CHUNK_BYTES = 1 << 20;

/**
 * A plain file, opened anew for every use: thousands of inputs do not use up the open files of the process.
 * Args are read again long after the scan, so every use checks that it is still the same file.
 */
export class FileSource implements Source {
  readonly path: string;
  readonly sizeBytes: number;
  readonly #absolutePath: string;
  readonly #stamp: string;

  private constructor(path: string, absolutePath: string, sizeBytes: number, stamp: string) {
    this.path = path;
    this.sizeBytes = sizeBytes;
    this.#absolutePath = absolutePath;
    this.#stamp = stamp;
  }

  static async open(path: string, absolutePath: string): Promise<FileSource> {
    const handle = await openToRead(path, absolutePath);
    try {
      const { sizeBytes, stamp } = await stateOf(handle);
      return new FileSource(path, absolutePath, sizeBytes, stamp);
    } finally {
      await handle.close();
    }
  }

  async *stream(from = 0, to = this.sizeBytes, nextBuffer?: () => Uint8Array<ArrayBuffer>): AsyncIterable<Uint8Array> {
    const handle = await this.#openUnchanged();
    try {
      yield* readChunks(handle, this.path, from, to, nextBuffer);
      await this.#assertUnchanged(handle);
    } finally {
      await handle.close();
    }
  }

  async slice(from: number, to: number, target = new Uint8Array(to - from)): Promise<Uint8Array> {
    const handle = await this.#openUnchanged();
    try {
      return await readRange(handle, this.path, target, from);
    } finally {
      await handle.close();
    }
  }

  async #openUnchanged(): Promise<FileHandle> {
    const handle = await openToRead(this.path, this.#absolutePath);
    try {
      await this.#assertUnchanged(handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return handle;
  }

  async #assertUnchanged(handle: FileHandle): Promise<void> {
    if ((await stateOf(handle)).stamp !== this.#stamp) throw changed(this.path);
  }
}

export async function openToRead(path: string, absolutePath: string): Promise<FileHandle> {
  try {
    return await open(absolutePath, 'r');
  } catch (error) {
    throw explainFailure(error, path, 'read');
  }
}

async function stateOf(handle: FileHandle): Promise<{ sizeBytes: number; stamp: string }> {
  const { size, mtimeNs, ino } = await handle.stat({ bigint: true });
  return { sizeBytes: Number(size), stamp: `${size} ${mtimeNs} ${ino}` };
}

/** Chunks of [from, to), the next one being read while the caller works on the last. By default two buffers take turns. */
export async function* readChunks(
  handle: FileHandle,
  path: string,
  from: number,
  to: number,
  nextBuffer = twoBuffers(Math.min(CHUNK_BYTES, Math.max(0, to - from))),
): AsyncGenerator<Uint8Array> {
  const startRead = (at: number): Promise<Uint8Array> => {
    const reading = readRange(handle, path, nextBuffer().subarray(0, to - at), at);
    // It fails while nobody waits for it yet: the failure is thrown by the await below.
    reading.catch(() => undefined);
    return reading;
  };
  let pending = from < to ? startRead(from) : undefined;
  try {
    for (let at = from; pending !== undefined;) {
      const bytes = await pending;
      at += bytes.length;
      pending = at < to ? startRead(at) : undefined;
      yield bytes;
    }
  } finally {
    await pending?.catch(() => undefined);
  }
}

function twoBuffers(bytes: number): () => Uint8Array<ArrayBuffer> {
  const buffers = [new Uint8Array(bytes), new Uint8Array(bytes)];
  let turn = 0;
  return () => buffers[(turn = 1 - turn)];
}

/** Fills the whole target. */
export async function readRange(handle: FileHandle, path: string, target: Uint8Array, at: number): Promise<Uint8Array> {
  for (let filled = 0; filled < target.length;) {
    const { bytesRead } = await handle.read(target, filled, target.length - filled, at + filled).catch((error) => {
      throw explainFailure(error, path, 'read');
    });
    if (bytesRead === 0) throw changed(path);
    filled += bytesRead;
  }
  return target;
}

function changed(path: string): EnvironmentError {
  return new EnvironmentError(
    'source_changed',
    path,
    `${path}: the file changed while it was read`,
    'wait until the profiler has finished writing, then start again',
  );
}
