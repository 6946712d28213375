import type { Source } from '../../base/index.ts';

/** Perfetto packs less than 1 MB into a packet; deflate cannot make more than a thousand times as much of it. */
const MOST_UNPACKED_BYTES = 1 << 26;

/** Bytes that are no deflate stream, or that make more than MOST_UNPACKED_BYTES. */
export class UnpackError extends Error {}

/** What a deflate stream with zlib's frame (TracePacket.compressed_packets) unpacks to. */
export async function unpack(packed: Uint8Array): Promise<Uint8Array> {
  const stream = new DecompressionStream('deflate');
  const writer = stream.writable.getWriter();
  // Whatever goes wrong in writing goes wrong in reading too.
  const written = writer
    .write(packed.slice())
    .then(() => writer.close())
    .catch(() => undefined);
  const reader = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > MOST_UNPACKED_BYTES) throw new UnpackError(`more than ${MOST_UNPACKED_BYTES >> 20} MB`);
      chunks.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof UnpackError ? error : new UnpackError('damaged data');
  } finally {
    await written;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** What was packed, unpacked once more whenever it is needed. Neighbours are asked for together, so the last is kept. */
export class UnpackedSource implements Source {
  readonly path: string;
  readonly sizeBytes: number;
  readonly #source: Source;
  readonly #from: number;
  readonly #to: number;
  static #last: { readonly source: UnpackedSource; readonly bytes: Promise<Uint8Array> } | undefined;

  /** `source`: the file, in which the packed bytes are [from, to). */
  constructor(source: Source, from: number, to: number, sizeBytes: number) {
    this.path = source.path;
    this.sizeBytes = sizeBytes;
    this.#source = source;
    this.#from = from;
    this.#to = to;
  }

  async *stream(from = 0, to = this.sizeBytes): AsyncIterable<Uint8Array> {
    yield await this.slice(from, to);
  }

  async slice(from: number, to: number, target?: Uint8Array): Promise<Uint8Array> {
    if (UnpackedSource.#last?.source !== this) {
      const bytes = this.#source.slice(this.#from, this.#to).then(unpack);
      UnpackedSource.#last = { source: this, bytes };
    }
    const bytes = (await UnpackedSource.#last.bytes).subarray(from, to);
    target?.set(bytes);
    return target ?? bytes;
  }
}
