/** Protocol buffer messages read field by field from bytes, without objects. Counterpart of proto.ts. */

/** A message that is none: `offset` counts within the bytes that were being read. */
export class ProtoError extends Error {
  readonly offset: number;

  constructor(offset: number, found: string) {
    super(found);
    this.offset = offset;
  }
}

export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

const TWO_TO_32 = 2 ** 32;
const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);
const LOW_WORD = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 0 : 1;

/**
 * Stands at one field of a message after the other: `cursor.start(...)`, `while (cursor.next()) switch (cursor.field)`.
 * Integers are two words of 32 bits, as they may have 64; strings, bytes and messages are [from, to) of `bytes`.
 */
export class ProtoCursor {
  bytes: Uint8Array = new Uint8Array(0);
  field = 0;
  wire = 0;
  /** The value of a number, as unsigned words written in signed ones. */
  low = 0;
  high = 0;
  from = 0;
  to = 0;
  #at = 0;
  #end = 0;

  start(bytes: Uint8Array, from: number, to: number): this {
    this.bytes = bytes;
    this.#at = from;
    this.#end = to;
    return this;
  }

  /** False at the end of the message. Throws ProtoError where the bytes are no message. */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    const first = this.bytes[this.#at];
    let tag = first;
    if (first < 0x80) {
      this.#at++;
    } else {
      this.#longVarint();
      if (this.high !== 0) throw new ProtoError(this.#at, 'a field number beyond 2^29');
      tag = this.low >>> 0;
    }
    this.field = tag >>> 3;
    this.wire = tag & 7;
    if (this.field === 0) throw new ProtoError(this.#at, 'a field of number 0');
    switch (this.wire) {
      case WIRE.varint:
        this.#varint();
        break;
      case WIRE.bytes:
        this.#range();
        break;
      case WIRE.fixed64:
        this.low = this.#word();
        this.high = this.#word();
        break;
      case WIRE.fixed32:
        this.low = this.#word();
        this.high = 0;
        break;
      default:
        throw new ProtoError(this.#at, `a field of wire type ${this.wire}`);
    }
    if (this.#at > this.#end) throw new ProtoError(this.#end, 'a field that ends behind its message');
    return true;
  }

  /** The next of several numbers that stand in one field, one behind the other; `wire` is that of one alone. */
  nextPacked(wire: number): boolean {
    if (this.#at >= this.#end) return false;
    if (wire === WIRE.fixed64) {
      this.low = this.#word();
      this.high = this.#word();
    } else {
      this.#varint();
    }
    if (this.#at > this.#end) throw new ProtoError(this.#end, 'a number that ends behind its field');
    return true;
  }

  /** The number, unsigned; rounded beyond 2^53. */
  get unsigned(): number {
    return (this.high >>> 0) * TWO_TO_32 + (this.low >>> 0);
  }

  /** The number as int64 (or int32, which is written like it); rounded beyond 2^53. */
  get signed(): number {
    return this.high * TWO_TO_32 + (this.low >>> 0);
  }

  get bigUnsigned(): bigint {
    return (BigInt(this.high >>> 0) << 32n) | BigInt(this.low >>> 0);
  }

  get bigSigned(): bigint {
    return BigInt.asIntN(64, this.bigUnsigned);
  }

  get double(): number {
    words[LOW_WORD] = this.low;
    words[1 - LOW_WORD] = this.high;
    return double[0];
  }

  text(): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.bytes.subarray(this.from, this.to));
  }

  /** Whether the field is one of bytes; what has another type than its schema says is passed over. */
  get isBytes(): boolean {
    return this.wire === WIRE.bytes;
  }

  /** Most numbers are of one byte. */
  #varint(): void {
    const first = this.bytes[this.#at];
    if (first >= 0x80) {
      this.#longVarint();
      return;
    }
    this.#at++;
    this.low = first;
    this.high = 0;
  }

  /** Up to ten bytes. Reads behind the array give undefined, which counts as 0. */
  #longVarint(): void {
    const bytes = this.bytes;
    let at = this.#at;
    let b = bytes[at++];
    let low = b & 0x7f;
    let high = 0;
    for (let shift = 7; b >= 0x80 && shift < 28; shift += 7) {
      b = bytes[at++];
      low |= (b & 0x7f) << shift;
    }
    if (b >= 0x80) {
      b = bytes[at++];
      low |= (b & 0x7f) << 28;
      high = (b & 0x7f) >>> 4;
      for (let shift = 3; b >= 0x80; shift += 7) {
        if (shift > 31) throw new ProtoError(at, 'a number of more than ten bytes');
        b = bytes[at++];
        high |= (b & 0x7f) << shift;
      }
    }
    this.low = low;
    this.high = high;
    this.#at = at;
  }

  #range(): void {
    this.#varint();
    const size = this.high === 0 && this.low >= 0 ? this.low : this.unsigned;
    this.from = this.#at;
    if (size > this.#end - this.#at) throw new ProtoError(this.#at, `a length of ${size} where less is left`);
    this.to = this.#at += size;
  }

  #word(): number {
    const { bytes } = this;
    const at = this.#at;
    this.#at += 4;
    return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
  }
}
