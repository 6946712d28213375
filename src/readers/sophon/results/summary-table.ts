import { type Table, TableBuilder } from '../../../timeline/index.ts';
import type { Cell } from './result-columns.ts';

/** The vendor's own sums, as they stand there. */
export class SummaryTable {
  readonly #table: TableBuilder;
  readonly #columns: readonly number[];

  constructor(header: readonly string[], path: string) {
    this.#table = new TableBuilder('other', path);
    this.#columns = header.map((name) => this.#table.addColumn(name, 'any'));
  }

  add(row: readonly Cell[]): void {
    this.#table.nextRow();
    this.#columns.forEach((column, i) => {
      const cell = row[i];
      const isSaid = (typeof cell === 'string' && cell.trim() !== '') || typeof cell === 'number';
      if (isSaid) this.#table.setText(column, this.#table.strings.addText(`${cell}`));
    });
  }

  finish(): Table {
    return this.#table.finish();
  }
}
