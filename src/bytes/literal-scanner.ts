import { type Literal, LiteralError, LiteralReader } from './literal-value.ts';

/** What takes the values of a script or of a JSON document. */
export interface LiteralHandler {
  /** `name`: what stands before = or :. */
  value(name: string, value: Literal): void;
  /** One of the elements of a list that has a name: bytes [offset, offset + sizeBytes) of the file. */
  element(name: string, value: Literal, offset: number, sizeBytes: number): void;
  /** From here to the end of the line nothing was read. */
  malformed(offset: number, expected: string): void;
}

const [LINE_FEED, COMMA, EQUALS, COLON, OPEN_LIST, CLOSE_LIST] = [0x0a, 0x2c, 0x3d, 0x3a, 0x5b, 0x5d];
/** Longer ones are none that these files have. */
const LONGEST_VALUE_BYTES = 1 << 22;
const LONGEST_NAME_BYTES = 1 << 12;
const SEPARATORS = new Set([0x20, 0x09, 0x0d, LINE_FEED, COMMA, 0x3b, 0x7b, 0x7d, CLOSE_LIST, 0x28, 0x29]);
const STATEMENT = /^(let|var|const|window\.)/;
const STATEMENT_BYTES = 'window.'.length;
const LIST_BLANKS = new Set([0x20, 0x09, 0x0d, LINE_FEED, COMMA]);

/**
 * Takes `let name = value` and `"name": value` apart as they arrive in chunks of any size; lists are handed over one element
 * at a time, so that only one is in memory. What is damaged costs the rest of its line.
 */
export class LiteralScanner {
  readonly #handler: LiteralHandler;
  #buffer = new Uint8Array(1 << 16);
  #limit = 0;
  /** File offset of #buffer[0]. */
  #bufferOffset = 0;
  /** A value that is not complete is only tried again when this much is there, so that huge ones cost linear time. */
  #retryBytes = 0;
  #isLast = false;
  #isSkipping = false;
  /** The list whose elements come. */
  #list: string | undefined;

  constructor(handler: LiteralHandler) {
    this.#handler = handler;
  }

  feed(chunk: Uint8Array): void {
    if (this.#limit + chunk.length > this.#buffer.length) {
      const buffer = new Uint8Array(Math.max(this.#limit + chunk.length, this.#buffer.length * 2));
      buffer.set(this.#buffer.subarray(0, this.#limit));
      this.#buffer = buffer;
    }
    this.#buffer.set(chunk, this.#limit);
    this.#limit += chunk.length;
    if (this.#limit >= this.#retryBytes) this.#run();
  }

  /** The input is complete. True where a list is still open. */
  end(): boolean {
    this.#isLast = true;
    this.#run();
    return this.#list !== undefined;
  }

  #run(): void {
    let p = 0;
    for (let next = this.#step(p); next > p; next = this.#step(p)) p = next;
    this.#buffer.copyWithin(0, p, this.#limit);
    this.#limit -= p;
    this.#bufferOffset += p;
    this.#retryBytes = this.#limit * 2;
  }

  /** Reads what stands at p; returns where the next thing does, or p where that is not there yet. */
  #step(p: number): number {
    if (p >= this.#limit) return p;
    if (this.#isSkipping) return this.#skipLine(p);
    return this.#list === undefined ? this.#statement(p) : this.#elementOf(this.#list, p);
  }

  #skipLine(p: number): number {
    const end = this.#buffer.subarray(p, this.#limit).indexOf(LINE_FEED);
    this.#isSkipping = end < 0;
    return end < 0 ? this.#limit : p + end + 1;
  }

  #statement(p: number): number {
    const b = this.#buffer;
    while (p < this.#limit && SEPARATORS.has(b[p])) p++;
    let end = p;
    while (end < this.#limit && b[end] !== EQUALS && b[end] !== COLON && b[end] !== LINE_FEED) end++;
    if (end - p > LONGEST_NAME_BYTES) return this.#giveUp(p, 'the name of a value');
    if (end === this.#limit) return this.#isLast && end > p ? this.#giveUp(p, 'the name of a value') : p;
    if (b[end] === LINE_FEED) return end + 1;
    const [name = ''] = /[\w$.[\]-]+(?=["'\s]*$)/.exec(new TextDecoder().decode(b.subarray(p, end))) ?? [];
    return this.#valueOf(name, p, end + 1);
  }

  #valueOf(name: string, p: number, from: number): number {
    const reader = new LiteralReader(this.#buffer, from, this.#limit, this.#isLast);
    try {
      if (reader.skipBlanks() === OPEN_LIST) {
        this.#list = name;
        return reader.at + 1;
      }
      this.#handler.value(name, reader.value());
      return reader.at;
    } catch (error) {
      return this.#failed(error, p);
    }
  }

  #elementOf(name: string, p: number): number {
    const b = this.#buffer;
    while (p < this.#limit && LIST_BLANKS.has(b[p])) p++;
    if (p >= this.#limit) return p;
    if (b[p] === CLOSE_LIST) {
      this.#list = undefined;
      return p + 1;
    }
    if (p + STATEMENT_BYTES > this.#limit && !this.#isLast) return p;
    if (STATEMENT.test(String.fromCharCode(...b.subarray(p, Math.min(this.#limit, p + STATEMENT_BYTES))))) {
      this.#handler.malformed(this.#bufferOffset + p, `the end of the list ${name}`);
      this.#list = undefined;
      return this.#statement(p);
    }
    const reader = new LiteralReader(b, p, this.#limit, this.#isLast);
    try {
      const value = reader.value();
      this.#handler.element(name, value, this.#bufferOffset + p, reader.at - p);
      return reader.at;
    } catch (error) {
      return this.#failed(error, p);
    }
  }

  #failed(error: unknown, p: number): number {
    if (!(error instanceof LiteralError)) throw error;
    if (error.isIncomplete && this.#limit - p <= LONGEST_VALUE_BYTES) return p;
    this.#isSkipping = true;
    this.#handler.malformed(this.#bufferOffset + Math.min(error.at, this.#limit), error.message);
    // From behind what was understood, so that a value of many lines is not told once for each of them.
    return Math.max(p + 1, Math.min(error.at, this.#limit));
  }

  #giveUp(p: number, expected: string): number {
    this.#isSkipping = true;
    this.#handler.malformed(this.#bufferOffset + p, `expected ${expected}`);
    return p + 1;
  }
}
