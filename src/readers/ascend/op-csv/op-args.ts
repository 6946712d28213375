import type { Place, Source } from '../../../base/index.ts';
import { type CsvHandler, type CsvRow, CsvScanner } from '../../../bytes/index.ts';
import { ByteBuffer } from '../../../bytes/byte-buffer.ts';
import type { ArgsBlock, ArgsColumns, ArgsStore } from '../../../timeline/index.ts';
import { SourceArgs } from '../../../timeline/args-store.ts';
import { isNothing, type OpHeader } from './columns.ts';
import { FastArgs } from './fast-args.ts';
import { OpCells } from './op-row.ts';

/** A file of rows: where its bytes begin among the addresses of args. Parts are in the order of these. */
export interface OpPart {
  readonly source: Source;
  readonly base: number;
  readonly header: OpHeader;
}

/** Longer integers would not come back as they are, so they stay text. */
const MOST_DIGITS = 15;
const [QUOTE, COMMA, OPEN, CLOSE, POINT, MINUS, ZERO] = [0x22, 0x2c, 0x7b, 0x7d, 0x2e, 0x2d, 0x30];
const LINE_FEED = 0x0a;
/** Printable ASCII that stands for itself in a JSON string. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, c) => Number(c >= 0x20 && c < 0x7f && c !== QUOTE && c !== 0x5c));

/** Rows of op tables as JSON args: a member for each cell that says something, but for the name and the times. */
export class OpArgs implements ArgsStore {
  readonly #parts: readonly ArgsPart[];
  readonly #rows: SourceArgs;
  readonly #isFast: boolean;

  /** `isFast`: usual rows go through the WebAssembly twin where there is one. */
  constructor(parts: readonly OpPart[], isFast: boolean) {
    this.#parts = parts.map(({ source, base, header }) => {
      const keys = header.names.map((name, cell) => (isArg(cell, header) ? keyBytes(name) : undefined));
      return { end: base + source.sizeBytes, header, keys };
    });
    this.#rows = new SourceArgs(parts);
    this.#isFast = isFast;
  }

  placeOf(address: number): Place | undefined {
    return this.#rows.placeOf(address);
  }

  async block(
    columns: Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>,
    rows: ArrayLike<number>,
    spare?: Uint8Array,
  ): Promise<ArgsBlock> {
    const csv = await this.#rows.block(columns, rows);
    const json = new ByteBuffer(spare === undefined ? csv.bytes.length * 2 : 0);
    if (spare !== undefined) json.bytes = spare;
    const from = new Uint32Array(rows.length + 1);
    const writer = new RowWriter(json);
    const partOf = (row: number): number => this.#parts.findIndex(({ end }) => columns.argsFrom[rows[row]] < end);
    for (let row = 0; row < rows.length;) {
      const part = partOf(row);
      const first = row++;
      while (row < rows.length && partOf(row) === part) row++;
      this.#write(csv, first, row, this.#parts[part], { json, from, writer });
    }
    return { bytes: json.bytes, from };
  }

  #write(csv: ArgsBlock, first: number, end: number, { header, keys }: ArgsPart, { json, from, writer }: Target): void {
    const fast = this.#isFast ? FastArgs.shared() : undefined;
    for (let row = first; row < end;) {
      row = fast?.write(csv, row, end, keys, json, from) ?? row;
      if (row === end) break;
      const line = csv.bytes.subarray(csv.from[row], csv.from[row + 1]);
      if (line.length > 0) writer.write(line, header, keys);
      from[++row] = json.length;
    }
  }
}

interface ArgsPart {
  /** Behind its last address. */
  readonly end: number;
  readonly header: OpHeader;
  readonly keys: readonly (Uint8Array | undefined)[];
}

interface Target {
  readonly json: ByteBuffer;
  readonly from: Uint32Array;
  readonly writer: RowWriter;
}

/** The name and the times are what every slice has. */
function isArg(cell: number, { name, start, duration }: OpHeader): boolean {
  return cell !== name && cell !== start && cell !== duration;
}

function keyBytes(name: string): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(name)}:`);
}

/** Turns rows into JSON, one after the other. */
class RowWriter implements CsvHandler {
  readonly #json: ByteBuffer;
  readonly #cells = new OpCells();
  /** The row with its line end. */
  readonly #line = new ByteBuffer();
  #scanner = new CsvScanner(this);
  #header!: OpHeader;
  #keys: readonly (Uint8Array | undefined)[] = [];
  #isWritten = false;

  constructor(json: ByteBuffer) {
    this.#json = json;
  }

  write(csv: Uint8Array, header: OpHeader, keys: readonly (Uint8Array | undefined)[]): void {
    this.#header = header;
    this.#keys = keys;
    this.#isWritten = false;
    this.#line.length = 0;
    this.#line.append(csv);
    this.#line.byte(LINE_FEED);
    this.#scanner.feed(this.#line.view());
    if (this.#isWritten) return;
    // A quote that is never closed goes on to the end of the input, which is here.
    this.#scanner.end();
    this.#scanner = new CsvScanner(this);
  }

  quoteNotClosed(): void {
    // Told when the table was read.
  }

  row(row: CsvRow): void {
    if (this.#isWritten) return;
    this.#isWritten = true;
    const cells = this.#cells;
    cells.look(row, this.#header);
    const json = this.#json;
    json.byte(OPEN);
    const first = json.length;
    for (let cell = 0; cell < this.#keys.length; cell++) {
      const key = this.#keys[cell];
      if (key === undefined || !cells.has(cell)) continue;
      if (isNothing(row.buffer, cells.from(cell), cells.to(cell))) continue;
      if (json.length > first) json.byte(COMMA);
      json.append(key);
      this.#value(cell);
    }
    json.byte(CLOSE);
  }

  #value(cell: number): void {
    const json = this.#json;
    const cells = this.#cells;
    const isPlain = cells.findPlain(cell);
    const { textFrom, textTo } = cells;
    const { buffer } = cells.row;
    if (isPlain && isPlainNumber(buffer, textFrom, textTo)) json.append(buffer, textFrom, textTo);
    else if (isPlain && isPlainText(buffer, textFrom, textTo)) {
      json.byte(QUOTE);
      json.append(buffer, textFrom, textTo);
      json.byte(QUOTE);
    } else json.text(JSON.stringify(cells.text(cell)));
  }
}

function isPlainText(b: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (PLAIN[b[i]] === 0) return false;
  return true;
}

/** A JSON number without an exponent that keeps its value: `-12.50`, but not `007`, `.5` or `5.`. */
function isPlainNumber(b: Uint8Array, from: number, to: number): boolean {
  let p = b[from] === MINUS ? from + 1 : from;
  const whole = p;
  while (p < to && b[p] >= ZERO && b[p] <= ZERO + 9) p++;
  const digits = p - whole;
  if (digits === 0 || digits > MOST_DIGITS || (digits > 1 && b[whole] === ZERO)) return false;
  if (p === to) return true;
  if (b[p] !== POINT || p + 1 === to) return false;
  for (p++; p < to; p++) if (b[p] < ZERO || b[p] > ZERO + 9) return false;
  return true;
}
