import type { ReportDocument } from '../document/report-document.ts';
import type { ReportTexts } from '../texts.ts';
import { deviceValue } from './device-label.ts';
import type { Column, Part, PartOptions, Table } from './part.ts';

const COLUMNS: readonly Column[] = [
  { id: 'table', kind: 'name' },
  { id: 'device', kind: 'name' },
  { id: 'stream', kind: 'name' },
  { id: 'step', kind: 'name' },
  { id: 'subject', kind: 'name' },
  { id: 'figure', kind: 'name' },
  { id: 'value', kind: 'decimal' },
  { id: 'unit', kind: 'text' },
];

/** The numbers of another tool: all of them, as whoever asks for them compares them with that tool's. */
export function definitionsPart({ definitions }: ReportDocument, texts: ReportTexts, _options: PartOptions): Part {
  const rows = (definitions?.rows ?? []).map((row) => [
    ...[row.table, deviceValue(row, texts), row.stream === null ? null : String(row.stream), row.step, row.subject],
    ...[row.figure, row.value, row.unit],
  ]);
  const table: Table = { columns: COLUMNS, rows, shown: rows.length };
  const sentence = texts.sentences.definitions(definitions?.definition ?? '');
  const blocks = definitions === null ? [] : [{ sentence: [sentence] }, ...(rows.length === 0 ? [] : [{ table }])];
  return { section: 'definitions', title: texts.words.sections.definitions, blocks, main: table };
}
