import type { FastLane } from './fast-lane.ts';
import { PADDING } from './json-skip.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const BOM = [0xef, 0xbb, 0xbf];
const INCOMPLETE = -1;
/** A quote that nothing closes within this many bytes was no quote: it would swallow the rest of the file. */
const LONGEST_QUOTED_BYTES = 1 << 20;

/** 1 for what ends the plain run of an unquoted cell. */
const PLAIN_STOPS = Uint8Array.from({ length: 256 }, (_, c) =>
  c === COMMA || c === LINE_FEED || c === CARRIAGE_RETURN || c === 0 ? 1 : 0,
);

/** One row, valid only while it is handed over. Cells are bytes of `buffer` without quotes and padding. */
export class CsvRow {
  buffer = new Uint8Array(0);
  /** The line of the file it begins in, from 1, and its first byte there. */
  line = 0;
  offset = 0;
  /** Its bytes in `buffer`, without the line end. */
  start = 0;
  end = 0;
  cellCount = 0;
  from = new Int32Array(64);
  to = new Int32Array(64);
  /** 1 where quotes stand doubled in the cell. */
  hasDoubledQuotes = new Uint8Array(64);

  addCell(from: number, to: number, doubledQuotes: boolean): void {
    const cell = this.cellCount++;
    if (cell === this.from.length) this.#grow();
    this.from[cell] = from;
    this.to[cell] = to;
    this.hasDoubledQuotes[cell] = doubledQuotes ? 1 : 0;
  }

  #grow(): void {
    const length = this.from.length * 2;
    this.from = enlarged(this.from, new Int32Array(length));
    this.to = enlarged(this.to, new Int32Array(length));
    this.hasDoubledQuotes = enlarged(this.hasDoubledQuotes, new Uint8Array(length));
  }

  /** Nothing stands in the cells from this one on, as behind a comma at the end of a line. */
  isEmptyFrom(first: number): boolean {
    for (let cell = first; cell < this.cellCount; cell++) if (this.from[cell] < this.to[cell]) return false;
    return true;
  }

  texts(): string[] {
    return Array.from({ length: this.cellCount }, (_, cell) => this.text(cell));
  }

  /** The text of a cell; '' where the row has none. */
  text(cell: number): string {
    if (cell >= this.cellCount) return '';
    const text = new TextDecoder().decode(this.buffer.subarray(this.from[cell], this.to[cell]));
    return this.hasDoubledQuotes[cell] === 1 ? text.replaceAll('""', '"') : text;
  }
}

export interface CsvHandler {
  /** `row` is only valid during the call. Empty lines are no rows. */
  row(row: CsvRow): void;
  /** A quote was never closed; it was taken as part of the text. */
  quoteNotClosed(line: number, offset: number): void;
}

/**
 * Splits CSV that arrives in chunks of any size into rows of cells: RFC 4180 with what exporters make of it. Lines end
 * in LF or CRLF, cells are padded with tabs or spaces (inside quotes too), a quote in the middle of a cell is just text.
 */
export class CsvScanner {
  readonly #handler: CsvHandler;
  readonly #row = new CsvRow();
  #buffer = new Uint8Array(1 << 16);
  #limit = 0;
  /** File offset of #buffer[0]. */
  #bufferOffset = 0;
  #line = 1;
  /** An unfinished row is only tried again when this much has arrived, so that huge ones cost linear time. */
  #retryBytes = 0;
  #last = false;
  /** File offsets of the quotes in this row that nothing closes, which are looked at as text. */
  readonly #openQuotes = new Set<number>();
  #rowLines = 0;
  readonly #fastLane: FastLane | undefined;

  /** `fastLane`: takes runs of rows that take up one line each. */
  constructor(handler: CsvHandler, fastLane?: FastLane) {
    this.#handler = handler;
    this.#fastLane = fastLane;
  }

  feed(chunk: Uint8Array): void {
    const needed = this.#limit + chunk.length + PADDING;
    if (needed > this.#buffer.length) {
      this.#buffer = enlarged(this.#buffer, new Uint8Array(Math.max(needed, this.#buffer.length * 2)));
    }
    this.#buffer.set(chunk, this.#limit);
    this.#limit += chunk.length;
    this.#buffer.fill(0, this.#limit, this.#limit + PADDING);
    if (this.#limit >= this.#retryBytes) this.#run();
  }

  /** The input is complete. */
  end(): void {
    this.#last = true;
    this.#run();
  }

  #run(): void {
    this.#row.buffer = this.#buffer;
    this.#fastLane?.forget();
    let p = this.#bufferOffset === 0 ? this.#skipBom() : 0;
    while (p < this.#limit) {
      const next = this.#takeFast(p) ?? this.#scanRow(p);
      if (next === INCOMPLETE) break;
      p = next;
    }
    this.#buffer.copyWithin(0, p, this.#limit);
    this.#limit -= p;
    this.#buffer.fill(0, this.#limit, this.#limit + PADDING);
    this.#bufferOffset += p;
    this.#retryBytes = this.#limit * 2;
  }

  /** Where the rows end that the fast lane takes from p on, if it takes any. */
  #takeFast(p: number): number | undefined {
    const end = this.#fastLane?.scan(this.#buffer, p, this.#limit, this.#bufferOffset) ?? p;
    if (end === p) return undefined;
    this.#line += this.#fastLane?.takenCount ?? 0;
    return end;
  }

  #skipBom(): number {
    const b = this.#buffer;
    return b[0] === BOM[0] && b[1] === BOM[1] && b[2] === BOM[2] ? BOM.length : 0;
  }

  /** The row at p is handed over; returns where the next one begins. */
  #scanRow(p: number): number {
    const b = this.#buffer;
    const row = this.#row;
    row.start = p;
    row.cellCount = 0;
    this.#rowLines = 1;
    for (;;) {
      p = this.#scanCell(p);
      if (p === INCOMPLETE) return INCOMPLETE;
      if (p >= this.#limit) {
        if (!this.#last) return INCOMPLETE;
        this.#finishRow(p);
        return p;
      }
      if (b[p] !== COMMA) break;
      p++;
    }
    const next = p + (b[p] === CARRIAGE_RETURN ? 2 : 1);
    if (next > this.#limit && !this.#last) return INCOMPLETE;
    this.#finishRow(p);
    return next;
  }

  #finishRow(end: number): void {
    const row = this.#row;
    row.end = end;
    row.line = this.#line;
    row.offset = this.#bufferOffset + row.start;
    this.#line += this.#rowLines;
    this.#openQuotes.clear();
    const isEmpty = row.cellCount === 1 && row.from[0] === row.to[0];
    if (!isEmpty) this.#handler.row(row);
  }

  /** Adds the cell at p to the row; returns the comma or line end behind it, or the limit. */
  #scanCell(p: number): number {
    const b = this.#buffer;
    while (b[p] === SPACE || b[p] === TAB) p++;
    if (b[p] === QUOTE && p < this.#limit && !this.#openQuotes.has(this.#bufferOffset + p)) return this.#scanQuoted(p);
    const from = p;
    for (;;) {
      while (PLAIN_STOPS[b[p]] === 0) p++;
      if (b[p] === COMMA || b[p] === LINE_FEED || p >= this.#limit) break;
      // A carriage return alone and a zero byte are text like any other.
      if (b[p] === CARRIAGE_RETURN && (b[p + 1] === LINE_FEED || p + 1 >= this.#limit)) break;
      p++;
    }
    if (p >= this.#limit && !this.#last) return INCOMPLETE;
    this.#addTrimmed(from, p, false);
    return p;
  }

  #scanQuoted(quote: number): number {
    const b = this.#buffer;
    let doubled = false;
    let lines = 0;
    let p = quote + 1;
    for (;;) {
      while (b[p] !== QUOTE && p < this.#limit) if (b[p++] === LINE_FEED) lines++;
      if (p >= this.#limit || p - quote > LONGEST_QUOTED_BYTES) return this.#giveUpQuote(quote, p);
      if (b[p + 1] !== QUOTE) break;
      doubled = true;
      p += 2;
    }
    if (p + 1 >= this.#limit && !this.#last) return INCOMPLETE;
    const to = p++;
    while (b[p] === SPACE || b[p] === TAB) p++;
    const closes = p >= this.#limit || b[p] === COMMA || b[p] === LINE_FEED || b[p] === CARRIAGE_RETURN;
    if (!closes) return this.#giveUpQuote(quote, p);
    this.#rowLines += lines;
    this.#addTrimmed(quote + 1, to, doubled);
    return p;
  }

  /** The quote closes nothing: the cell is read once more, as text. */
  #giveUpQuote(quote: number, p: number): number {
    if (p >= this.#limit && !this.#last && p - quote <= LONGEST_QUOTED_BYTES) return INCOMPLETE;
    const offset = this.#bufferOffset + quote;
    this.#openQuotes.add(offset);
    this.#handler.quoteNotClosed(this.#line + this.#rowLines - 1, offset);
    return this.#scanCell(quote);
  }

  #addTrimmed(from: number, to: number, doubledQuotes: boolean): void {
    const b = this.#buffer;
    while (to > from && (b[to - 1] === SPACE || b[to - 1] === TAB)) to--;
    while (from < to && (b[from] === SPACE || b[from] === TAB)) from++;
    this.#row.addCell(from, to, doubledQuotes);
  }
}

function enlarged<T extends Uint8Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
