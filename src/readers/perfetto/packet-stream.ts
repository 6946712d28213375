import { WIRE } from '../../bytes/index.ts';

/** Larger ones are passed over unread: Perfetto's own are below 1 MB. */
const MOST_PACKET_BYTES = 1 << 28;

/** Field 1 of a Trace, of wire type 2. */
const PACKET_TAG = 0x0a;

/** Why packets end before the bytes do. */
export interface StreamEnd {
  readonly kind: 'truncated' | 'damaged';
  readonly offset: number;
  readonly found: string;
}

/** Cuts a stream of bytes into packets: fields 1 of a Trace. Keeps no more than the packet that is not complete yet. */
export class PacketStream {
  bytes: Uint8Array = new Uint8Array(1 << 16);
  /** The packet at hand in `bytes`. */
  from = 0;
  to = 0;
  /** Set once nothing more can be read. */
  end: StreamEnd | undefined;
  /** Packets that were too large. */
  oversizeCount = 0;
  readonly #sizeBytes: number;
  /** Offset in the stream of bytes[0], and the part of `bytes` that is filled. */
  #base = 0;
  #length = 0;
  #at = 0;
  #skip = 0;

  /** `sizeBytes`: of the whole stream; Infinity where it is not known. */
  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  /** Where the packet at hand begins in the stream. */
  get offset(): number {
    return this.#base + this.from;
  }

  feed(chunk: Uint8Array): void {
    const skipped = Math.min(this.#skip, chunk.length);
    this.#skip -= skipped;
    const rest = this.#length - this.#at;
    const needed = rest + chunk.length - skipped;
    const target = needed > this.bytes.length ? new Uint8Array(Math.max(needed, this.bytes.length * 2)) : this.bytes;
    target.set(this.bytes.subarray(this.#at, this.#length));
    target.set(chunk.subarray(skipped), rest);
    this.bytes = target;
    this.#base += this.#at + skipped;
    this.#at = 0;
    this.#length = needed;
  }

  /** Goes to the next packet; false where it is not complete yet, or where there is none. */
  next(): boolean {
    while (this.end === undefined && this.#at < this.#length) {
      if (this.#nextShort()) return true;
      const head = this.#varint(this.#at);
      if (head === undefined) return false;
      const wire = head.value & 7;
      if (head.value < 8 || head.value >= 2 ** 32 || wire > WIRE.fixed32 || wire === 3 || wire === 4) {
        return this.#damaged(`a tag of ${head.value}`);
      }
      const isPacket = head.value === PACKET_TAG;
      const size = wire === WIRE.fixed64 ? undefined : this.#varint(head.behind);
      if (size === undefined && wire !== WIRE.fixed64 && wire !== WIRE.fixed32) return false;
      const from = wire === WIRE.bytes ? (size?.behind ?? 0) : head.behind;
      const to = from + sizeOf(wire, size?.value ?? 0, (size?.behind ?? 0) - head.behind);
      if (this.#base + to > this.#sizeBytes) {
        return this.#damaged(`a length of ${to - from} bytes`, 'truncated');
      }
      if (to - from > MOST_PACKET_BYTES) {
        this.#passOver(to);
      } else if (to > this.#length) {
        return false;
      } else {
        this.#at = to;
        if (!isPacket) continue;
        this.from = from;
        this.to = to;
        return true;
      }
    }
    return false;
  }

  /** As almost all are: a packet of less than 16 kB that is there already. */
  #nextShort(): boolean {
    const { bytes } = this;
    const at = this.#at;
    if (bytes[at] !== PACKET_TAG || at + 3 > this.#length) return false;
    const first = bytes[at + 1];
    const second = bytes[at + 2];
    if (first >= 0x80 && second >= 0x80) return false;
    const from = first < 0x80 ? at + 2 : at + 3;
    const to = from + (first < 0x80 ? first : (first & 0x7f) | (second << 7));
    if (to > this.#length) return false;
    this.from = from;
    this.to = this.#at = to;
    return true;
  }

  /** All bytes have been fed. */
  finish(): void {
    if (this.end === undefined && (this.#at < this.#length || this.#skip > 0)) {
      this.#damaged('the beginning of a packet', 'truncated');
    }
  }

  #passOver(to: number): void {
    this.oversizeCount++;
    this.#skip = Math.max(0, to - this.#length);
    this.#at = Math.min(to, this.#length);
  }

  #damaged(found: string, kind: StreamEnd['kind'] = 'damaged'): false {
    this.end = { kind, offset: this.#base + this.#at, found };
    return false;
  }

  /** undefined where it is not complete yet. Ten bytes are as much as there can be. */
  #varint(at: number): { value: number; behind: number } | undefined {
    let value = 0;
    for (let i = 0; at + i < this.#length; i++) {
      const b = this.bytes[at + i];
      value += (b & 0x7f) * 2 ** (7 * i);
      if (b < 0x80) return { value, behind: at + i + 1 };
      if (i === 9) return { value: Number.POSITIVE_INFINITY, behind: at + i + 1 };
    }
    return undefined;
  }
}

/** Of a field's value, without its length. */
function sizeOf(wire: number, length: number, varintBytes: number): number {
  if (wire === WIRE.bytes) return length;
  if (wire === WIRE.varint) return varintBytes;
  return wire === WIRE.fixed64 ? 8 : 4;
}
