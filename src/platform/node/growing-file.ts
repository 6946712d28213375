import { type FileHandle, open } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { explainFailure } from './failure.ts';
import { standardOutput } from './output.ts';

/** A file that grows by whole pieces, and is a file of whole pieces whenever its writing ends. */
export class GrowingFile {
  sizeBytes = 0;
  readonly #path: string;
  readonly #handle: FileHandle | undefined;

  private constructor(path: string, handle: FileHandle | undefined) {
    this.#path = path;
    this.#handle = handle;
  }

  /** Empties the file where there is one. `-` is standard output; a name that ends in `.gz` is compressed. */
  static async open(path: string): Promise<GrowingFile> {
    try {
      return new GrowingFile(path, path === '-' ? undefined : await open(path, 'w'));
    } catch (error) {
      throw explainFailure(error, path, 'write');
    }
  }

  /** Each piece is compressed by itself: gzip files may follow one another in one file. */
  async append(text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    const piece = /\.gz$/i.test(this.#path) ? gzipSync(bytes) : bytes;
    if (this.#handle === undefined) await standardOutput.write(piece);
    else await this.#appendTo(this.#handle, piece);
    this.sizeBytes += piece.length;
  }

  async #appendTo(handle: FileHandle, piece: Uint8Array): Promise<void> {
    try {
      for (let written = 0; written < piece.length;) {
        written += (await handle.write(piece, written, piece.length - written)).bytesWritten;
      }
    } catch (error) {
      // What is there of the piece is taken back, if that can still be done.
      await handle.truncate(this.sizeBytes).catch(() => undefined);
      throw explainFailure(error, this.#path, 'write');
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
  }
}
