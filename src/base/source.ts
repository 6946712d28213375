/** Bytes that can be streamed from the start and read again at random. Readers never learn where they come from. */
export interface Source {
  /** What the user knows it by; used in messages. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Of a gzip file that breaks off: after how many bytes of it. What can be read here is all that they unpack to. */
  readonly cutAtBytes?: number | undefined;
  /**
   * Chunks of [from, to) in order. A chunk is only valid until the next one is asked for, unless `nextBuffer` gives the
   * buffers: then every chunk is the beginning of one, filled as far as there are bytes, and the caller's to keep.
   */
  stream(from?: number, to?: number, nextBuffer?: () => Uint8Array<ArrayBuffer>): AsyncIterable<Uint8Array>;
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

  async *stream(
    from = 0,
    to = this.#bytes.length,
    nextBuffer?: () => Uint8Array<ArrayBuffer>,
  ): AsyncIterable<Uint8Array> {
    for (let at = from; at < to;) {
      const buffer = nextBuffer?.();
      const chunk = this.#bytes.subarray(at, Math.min(at + (buffer?.length ?? this.#chunkBytes), to));
      buffer?.set(chunk);
      yield buffer?.subarray(0, chunk.length) ?? chunk;
      at += chunk.length;
    }
  }

  async slice(from: number, to: number, target?: Uint8Array): Promise<Uint8Array> {
    const bytes = this.#bytes.subarray(from, to);
    target?.set(bytes);
    return target ?? bytes;
  }
}
