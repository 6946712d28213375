import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createGzip } from 'node:zlib';
import { EnvironmentError, UsageError } from '../../base/index.ts';
import { explainFailure, systemCode } from './failure.ts';
import { forgetUnfinished, rememberUnfinished } from './unfinished.ts';

/** Where the bytes of one result go. Nothing is seen of a regular file before `finish`. */
export interface OutputFile {
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  /** Takes everything back. */
  abandon(): Promise<void>;
}

/**
 * Writes one file as a whole or not at all: on any failure the old file stays as it was. `-` is standard output;
 * a name that ends in `.gz` is compressed. Returns how many bytes went out.
 */
export async function writeOutput(
  path: string,
  produce: (output: { write(bytes: Uint8Array): Promise<void> }, writtenBytes: () => number) => Promise<void>,
): Promise<number> {
  const counted = new CountedOutput(path === '-' ? standardOutput : await openFile(path));
  const output = /\.gz$/i.test(path) ? new GzipOutput(counted) : counted;
  try {
    await produce(output, () => counted.writtenBytes);
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw explainFailure(error, path, 'write');
  }
  return counted.writtenBytes;
}

class CountedOutput implements OutputFile {
  writtenBytes = 0;
  readonly #target: OutputFile;

  constructor(target: OutputFile) {
    this.#target = target;
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#target.write(bytes);
    this.writtenBytes += bytes.length;
  }

  finish(): Promise<void> {
    return this.#target.finish();
  }

  abandon(): Promise<void> {
    return this.#target.abandon();
  }
}

async function openFile(path: string): Promise<OutputFile> {
  try {
    const old = await stat(path).catch(() => undefined);
    if (old?.isDirectory())
      throw new UsageError(
        'output_is_folder',
        `${path} is a folder`,
        `name a file: ${path.replace(/[\\/]+$/, '')}/NAME`,
      );
    if (old !== undefined && !old.isFile()) return new PlainFile(await open(path, constants.O_WRONLY));
    // Through a link the file it leads to is replaced, not the link.
    const target = old === undefined ? path : await realpath(path);
    return await ReplacedFile.open(target, old?.mode);
  } catch (error) {
    throw explainFailure(error, path, 'write');
  }
}

/** Something that cannot be replaced: a device, a named pipe. */
class PlainFile implements OutputFile {
  readonly #handle: FileHandle;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  write(bytes: Uint8Array): Promise<void> {
    return writeAll(this.#handle, bytes);
  }

  finish(): Promise<void> {
    return this.#handle.close();
  }

  abandon(): Promise<void> {
    return this.#handle.close();
  }
}

/** A temporary file beside the target, which it replaces when it is complete and safe on the disk. */
class ReplacedFile implements OutputFile {
  readonly #target: string;
  readonly #temporary: string;
  readonly #handle: FileHandle;

  private constructor(target: string, temporary: string, handle: FileHandle) {
    this.#target = target;
    this.#temporary = temporary;
    this.#handle = handle;
  }

  static async open(target: string, mode: number | undefined): Promise<ReplacedFile> {
    const temporary = join(dirname(target), `.traceconv-${randomUUID()}.tmp`);
    rememberUnfinished(temporary);
    try {
      const handle = await open(temporary, 'wx');
      if (mode !== undefined) await handle.chmod(mode & 0o777);
      return new ReplacedFile(target, temporary, handle);
    } catch (error) {
      forgetUnfinished(temporary);
      throw error;
    }
  }

  write(bytes: Uint8Array): Promise<void> {
    return writeAll(this.#handle, bytes);
  }

  async finish(): Promise<void> {
    await this.#handle.sync();
    await this.#handle.close();
    await rename(this.#temporary, this.#target);
    forgetUnfinished(this.#temporary);
  }

  async abandon(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
    await unlink(this.#temporary).catch(() => undefined);
    forgetUnfinished(this.#temporary);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
  }
}

export const standardOutput: OutputFile = {
  write: (bytes) =>
    new Promise((resolve, reject) => {
      process.stdout.write(bytes, (error) => (error ? reject(explainPipe(error)) : resolve()));
    }),
  finish: async () => {},
  abandon: async () => {},
};

/** `traceconv ... -o - | head` is no failure: who reads had enough. */
function explainPipe(error: Error): Error {
  if (systemCode(error) !== 'EPIPE') return error;
  return new EnvironmentError('output_closed', '-', 'standard output was closed by its reader');
}

class GzipOutput implements OutputFile {
  readonly #gzip = createGzip();
  readonly #target: OutputFile;
  readonly #drained: Promise<void>;
  #failure: unknown;

  constructor(target: OutputFile) {
    this.#target = target;
    this.#drained = this.#drain();
  }

  async #drain(): Promise<void> {
    try {
      for await (const chunk of this.#gzip) await this.#target.write(chunk);
    } catch (error) {
      this.#failure ??= error;
    }
  }

  async write(bytes: Uint8Array): Promise<void> {
    const taken = new Promise<void>((resolve) => this.#gzip.write(bytes, () => resolve()));
    await Promise.race([taken, this.#drained]);
    if (this.#failure !== undefined) throw this.#failure;
  }

  async finish(): Promise<void> {
    this.#gzip.end();
    await this.#drained;
    if (this.#failure !== undefined) throw this.#failure;
    await this.#target.finish();
  }

  async abandon(): Promise<void> {
    this.#gzip.destroy();
    await this.#drained;
    await this.#target.abandon();
  }
}
