import { ByteBuffer } from './byte-buffer.ts';

/** What takes lines: bytes [from, to) of `buffer`, without their end, valid during the call; `offset` is that of the file. */
export interface LineHandler {
  line(buffer: Uint8Array, from: number, to: number, offset: number): void;
  /** A line that is longer than lines are; it was passed over. */
  lineTooLong(offset: number): void;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const LONGEST_LINE_BYTES = 1 << 20;

/** Splits text that arrives in chunks of any size into lines that end in LF or CRLF. */
export class LineScanner {
  readonly #handler: LineHandler;
  /** What is there of a line that is not complete. */
  readonly #rest = new ByteBuffer();
  #isTooLong = false;
  /** File offset of what comes next: of the rest, else of the next chunk. */
  #offset = 0;

  constructor(handler: LineHandler) {
    this.#handler = handler;
  }

  feed(chunk: Uint8Array): void {
    let from = 0;
    if (this.#rest.length > 0 || this.#isTooLong) {
      const end = chunk.indexOf(LINE_FEED);
      this.#keep(chunk.subarray(0, end < 0 ? chunk.length : end + 1));
      if (end < 0) return;
      this.#takeRest();
      from = end + 1;
    }
    const base = this.#offset - from;
    for (let end = chunk.indexOf(LINE_FEED, from); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      this.#line(chunk, from, end, base + from);
      from = end + 1;
    }
    this.#offset = base + from;
    if (from < chunk.length) this.#keep(chunk.subarray(from));
  }

  /** The input is complete. True where its last line has no end. */
  end(): boolean {
    const isOpen = this.#rest.length > 0;
    if (isOpen) this.#takeRest();
    return isOpen;
  }

  #keep(bytes: Uint8Array): void {
    if (!this.#isTooLong && this.#rest.length + bytes.length > LONGEST_LINE_BYTES) {
      this.#handler.lineTooLong(this.#offset);
      this.#offset += this.#rest.length;
      this.#rest.length = 0;
      this.#isTooLong = true;
    }
    if (this.#isTooLong) this.#offset += bytes.length;
    else this.#rest.append(bytes);
  }

  #takeRest(): void {
    const { bytes, length } = this.#rest;
    const end = length > 0 && bytes[length - 1] === LINE_FEED ? length - 1 : length;
    if (!this.#isTooLong) this.#line(bytes, 0, end, this.#offset);
    this.#offset += length;
    this.#rest.length = 0;
    this.#isTooLong = false;
  }

  #line(buffer: Uint8Array, from: number, to: number, offset: number): void {
    const end = to > from && buffer[to - 1] === CARRIAGE_RETURN ? to - 1 : to;
    if (end - from > LONGEST_LINE_BYTES) this.#handler.lineTooLong(offset);
    else this.#handler.line(buffer, from, end, offset);
  }
}
