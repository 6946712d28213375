/** Bytes that can be streamed from the start and read again at random. Readers never learn where they come from. */
export interface Source {
  /** What the user knows it by; used in messages. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Chunks of [from, to) in order. A chunk is only valid until the next one is asked for. */
  stream(from?: number, to?: number): AsyncIterable<Uint8Array>;
  /** The bytes [from, to), written into `target` where one is given. */
  slice(from: number, to: number, target?: Uint8Array): Promise<Uint8Array>;
}

export class MemorySource implements Source {
  readonly path: string;
  readonly #bytes: Uint8Array;
  readonly #chunkBytes: number;

  constructor(path: string, bytes: Uint8Array, chunkBytes = 1 << 20) {
    this.path = path;
    this.#bytes = bytes;
    this.#chunkBytes = chunkBytes;
  }

  get sizeBytes(): number {
    return this.#bytes.length;
  }

  async *stream(from = 0, to = this.#bytes.length): AsyncIterable<Uint8Array> {
    for (let at = from; at < to; at += this.#chunkBytes) {
      yield this.#bytes.subarray(at, Math.min(at + this.#chunkBytes, to));
    }
  }

  async slice(from: number, to: number, target?: Uint8Array): Promise<Uint8Array> {
    const bytes = this.#bytes.subarray(from, to);
    target?.set(bytes);
    return target ?? bytes;
  }
}
