import { EnvironmentError, type Source } from '../../base/index.ts';

const CHUNK_BYTES = 4 << 20;

/** A blob is read where it lies: the browser keeps it on the disk, or in memory while it is small. */
export class BlobSource implements Source {
  readonly path: string;
  readonly #blob: Blob;

  constructor(path: string, blob: Blob) {
    this.path = path;
    this.#blob = blob;
  }

  get sizeBytes(): number {
    return this.#blob.size;
  }

  async *stream(from = 0, to = this.#blob.size, nextBuffer?: () => Uint8Array<ArrayBuffer>): AsyncIterable<Uint8Array> {
    for (let at = from; at < to;) {
      const buffer = nextBuffer?.();
      const end = Math.min(at + (buffer?.length ?? CHUNK_BYTES), to);
      yield await this.slice(at, end, buffer?.subarray(0, end - at));
      at = end;
    }
  }

  async slice(from: number, to: number, target?: Uint8Array): Promise<Uint8Array> {
    const bytes = await readBlob(this.#blob.slice(from, to), this.path);
    target?.set(bytes);
    return target ?? bytes;
  }
}

export async function readBlob(blob: Blob, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    throw new EnvironmentError(
      'unreadable',
      path,
      `${path}: the browser cannot read it any more`,
      'it changed or was moved since it was dropped: drop it again',
    );
  }
}
