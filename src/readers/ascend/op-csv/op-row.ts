import type { CsvRow } from '../../../bytes/index.ts';
import type { OpHeader } from './columns.ts';

/**
 * Cells of a row as the header counts them. Exporters write names without quotes: where a row has too many cells and no
 * number where the start should be, the name holds commas, and the cells behind it stand further right.
 */
export class OpCells {
  row!: CsvRow;
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

  hasDoubledQuotes(cell: number): boolean {
    return this.row.hasDoubledQuotes[cell <= this.#nameCell ? cell : cell + this.#extra] === 1;
  }

  /** The text of a cell, its quotes undone twice: shapes stand in quotes of their own. */
  text(cell: number): string {
    const { buffer } = this.row;
    const text = new TextDecoder().decode(buffer.subarray(this.from(cell), this.to(cell)));
    if (!this.hasDoubledQuotes(cell)) return text;
    const single = text.replaceAll('""', '"');
    return single.length >= 2 && single.startsWith('"') && single.endsWith('"') ? single.slice(1, -1) : single;
  }
}

function startsWithDigit({ buffer, from, to }: CsvRow, cell: number): boolean {
  return from[cell] < to[cell] && buffer[from[cell]] >= 0x30 && buffer[from[cell]] <= 0x39;
}
