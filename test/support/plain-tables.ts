import { type Table, tableCell, type Timeline } from '../../src/timeline/index.ts';
import { rowNumbers } from './plain-timeline.ts';

export type PlainRow = Readonly<Record<string, string | number | bigint>>;

/** The rows of a table as objects without the cells that hold nothing, times as absolute ns. */
export function plainRows(table: Table): PlainRow[] {
  return rowNumbers(table.rowCount).map((row) =>
    Object.fromEntries(
      table.columns.flatMap(({ name }) => {
        const cell = tableCell(table, name, row);
        return cell === undefined ? [] : [[name, cell] as const];
      }),
    ),
  );
}

/** The rows of the only table there is. */
export function onlyRows({ tables }: Timeline): PlainRow[] {
  if (tables.length !== 1) throw new Error(`${tables.length} tables, not one`);
  return plainRows(tables[0]);
}
