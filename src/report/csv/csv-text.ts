/** A table as CSV for other programs: ns and ratios as they are, columns and our own words by their ids. */
import type { Column, Value } from '../parts/part.ts';
import { isDrawn } from '../text/cell-text.ts';

export interface CsvTable {
  readonly columns: readonly (Pick<Column, 'kind'> & { readonly id: string })[];
  readonly rows: readonly (readonly Value[])[];
}

export function csvText({ columns, rows }: CsvTable): string {
  const written = columns.flatMap((column, position) =>
    isDrawn(column) || column.kind === 'spark' ? [] : [{ ...column, position }],
  );
  const names = written.map(({ id, kind }) =>
    kind === 'duration' || kind === 'micros' || kind === 'time' ? `${id}Ns` : id,
  );
  const cells = rows.map((row) => written.map(({ position }) => csvCell(row[position])));
  return [names.map(csvCell), ...cells].map((row) => `${row.join(',')}\n`).join('');
}

/** What spreadsheets would run as a formula, in some languages of full width, gets an apostrophe, as they write it themselves. */
export function csvCell(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return 'id' in value ? value.id : '';
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
