/** One section of a report as a table for other programs: ns and ratios as they are, columns by their ids. */
import type { ReportDocument } from '../document/report-document.ts';
import type { Section } from '../document/sections.ts';
import type { Value } from '../parts/part.ts';
import { partOf } from '../parts/report-parts.ts';
import { isDrawn } from '../text/cell-text.ts';
import { rowsFor } from '../parts/rows-for.ts';
import { textsFor } from '../texts.ts';

/** Only the names of columns where there is nothing to say; ids of what is ours, whatever the language. */
export function renderCsv(document: ReportDocument, section: Section): string {
  const { main } = partOf(document, section, textsFor(document, 'en'), rowsFor('machine'));
  if (main === undefined) return '';
  const columns = main.columns.flatMap((column, position) => (isDrawn(column) ? [] : [{ ...column, position }]));
  const names = columns.map(({ id, kind }) =>
    kind === 'duration' || kind === 'micros' || kind === 'time' ? `${id}Ns` : id,
  );
  const rows = main.rows.map((row) => columns.map(({ position }) => cell(row[position])));
  return [names, ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** What spreadsheets would run as a formula gets an apostrophe, as they write such text themselves. */
function cell(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return 'id' in value ? value.id : '';
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
