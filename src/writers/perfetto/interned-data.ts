import { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { MAX_VARINT_BYTES, putVarint, varintBytes } from '../../bytes/proto.ts';

/** Fields of InternedData. */
export const INTERNED = { categories: 1, eventNames: 2, annotationNames: 3, annotationTexts: 29 } as const;

/** The InternedData of the packet being written: strings that its sequence mentions for the first time. */
export class InternedData {
  readonly #entries = new ByteBuffer();

  add(field: number, iid: number, text: Uint8Array, from = 0, to = text.length): void {
    const entries = this.#entries;
    const length = to - from;
    entries.reserve(length + 4 * MAX_VARINT_BYTES);
    const bytes = entries.bytes;
    let at = putVarint(bytes, entries.length, (field << 3) | 2);
    at = putVarint(bytes, at, 1 + varintBytes(iid) + 1 + varintBytes(length) + length);
    bytes[at++] = 0x08; // iid
    at = putVarint(bytes, at, iid);
    bytes[at++] = 0x12; // name or str
    entries.length = putVarint(bytes, at, length);
    entries.append(text, from, to);
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** Appends the field interned_data to the packet, if there is anything in it. */
  moveTo(buffer: ByteBuffer): void {
    const length = this.#entries.length;
    if (length === 0) return;
    buffer.reserve(1 + MAX_VARINT_BYTES);
    buffer.bytes[buffer.length++] = 0x62;
    buffer.length = putVarint(buffer.bytes, buffer.length, length);
    buffer.append(this.#entries.bytes, 0, length);
    this.#entries.length = 0;
  }
}
