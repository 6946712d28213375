import type { CsvRow } from '../../../bytes/index.ts';
import type { OpHeader } from './columns.ts';

/**
 * Cells of a row as the header counts them. Exporters write names without quotes: where a row has too many cells and no
 * number where the start should be, the name holds commas, and the cells behind it stand further right.
 */
export class OpCells {
  row!: CsvRow;
  /** Of the plain text found last. */
  textFrom = 0;
  textTo = 0;
  #nameCell = 0;
  #extra = 0;

  look(row: CsvRow, header: OpHeader): void {
    this.row = row;
    this.#nameCell = header.name;
    const tooMany = Math.max(0, row.cellCount - header.names.length);
    this.#extra = tooMany > 0 && !startsWithDigit(row, header.start) ? tooMany : 0;
  }

  /** Whether cells were put together to make the name. */
  get isShifted(): boolean {
    return this.#extra > 0;
  }

  has(cell: number): boolean {
    return cell >= 0 && cell + this.#extra < this.row.cellCount;
  }

  from(cell: number): number {
    const { from } = this.row;
    return cell <= this.#nameCell ? from[cell] : from[cell + this.#extra];
  }

  to(cell: number): number {
    const { to } = this.row;
    return cell < this.#nameCell ? to[cell] : to[cell + this.#extra];
  }

  /**
   * Whether the cell's bytes are its text but for the quotes that shapes stand in, which are doubled in their cell:
   * `""32,3""`. Then it is found in [textFrom, textTo).
   */
  findPlain(cell: number): boolean {
    this.textFrom = this.from(cell);
    this.textTo = this.to(cell);
    if (this.row.hasDoubledQuotes[cell <= this.#nameCell ? cell : cell + this.#extra] === 0) return true;
    const { buffer } = this.row;
    const [from, to] = [this.textFrom + 2, this.textTo - 2];
    if (to < from || !isDoubledQuote(buffer, from - 2) || !isDoubledQuote(buffer, to)) return false;
    for (let i = from; i < to; i++) if (buffer[i] === QUOTE) return false;
    this.textFrom = from;
    this.textTo = to;
    return true;
  }

  /** The text of a cell, its quotes undone twice: shapes stand in quotes of their own. */
  text(cell: number): string {
    const isPlain = this.findPlain(cell);
    const text = new TextDecoder().decode(this.row.buffer.subarray(this.textFrom, this.textTo));
    return isPlain ? text : text.replaceAll('""', '"');
  }
}

const QUOTE = 0x22;

function isDoubledQuote(b: Uint8Array, at: number): boolean {
  return b[at] === QUOTE && b[at + 1] === QUOTE;
}

function startsWithDigit({ buffer, from, to }: CsvRow, cell: number): boolean {
  return from[cell] < to[cell] && buffer[from[cell]] >= 0x30 && buffer[from[cell]] <= 0x39;
}
