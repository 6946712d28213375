/** Copies shorter than this are faster byte by byte than through `set`. */
const SHORT_COPY_BYTES = 100;

/** Bytes being written. Hot loops reserve once and write to `bytes` at `length` themselves. */
export class ByteBuffer {
  bytes: Uint8Array;
  length = 0;

  constructor(capacityBytes = 1 << 12) {
    this.bytes = new Uint8Array(capacityBytes);
  }

  /** Makes room for `more` bytes; `bytes` may be another array afterwards. */
  reserve(more: number): void {
    if (this.length + more > this.bytes.length) this.grow(this.length + more);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  append(source: Uint8Array, from = 0, to = source.length): void {
    this.reserve(to - from);
    const bytes = this.bytes;
    let at = this.length;
    if (to - from < SHORT_COPY_BYTES) {
      for (let i = from; i < to; i++) bytes[at++] = source[i];
    } else {
      bytes.set(source.subarray(from, to), at);
      at += to - from;
    }
    this.length = at;
  }

  /** Text known to be ASCII. */
  ascii(text: string): void {
    this.reserve(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[this.length++] = text.charCodeAt(i);
  }

  /** Text as UTF-8. For rare pieces; frequent ones are kept as bytes. */
  text(text: string): void {
    this.append(new TextEncoder().encode(text));
  }

  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  protected grow(needed: number): void {
    const bigger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    bigger.set(this.bytes.subarray(0, this.length));
    this.bytes = bigger;
  }
}
