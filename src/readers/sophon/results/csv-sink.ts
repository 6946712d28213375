import type { Diagnostics } from '../../../base/index.ts';
import type { LineHandler } from '../../../bytes/index.ts';
import { SummaryTable } from './summary-table.ts';
import { csvRoleOf } from './csv-role.ts';
import type { ResultFile } from './load-results.ts';
import type { RecordCells } from './record-args.ts';
import { ResultColumns } from './result-columns.ts';
import { COPIES, type ResultRows } from './result-rows.ts';
import { ResultTable } from './result-table.ts';

/** Makes rows of the lines of one file. */
export class CsvSink implements LineHandler {
  readonly #rows: ResultRows;
  readonly #file: ResultFile;
  readonly #diagnostics: Diagnostics;
  #columns: ResultColumns | undefined;
  #table: ResultTable | undefined;
  #summary: SummaryTable | undefined;
  #memoryCount = 0;

  constructor(rows: ResultRows, file: ResultFile, diagnostics: Diagnostics) {
    this.#rows = rows;
    this.#file = file;
    this.#diagnostics = diagnostics;
  }

  line(buffer: Uint8Array, from: number, to: number, offset: number): void {
    if (from === to) return;
    const cells = csvCells(new TextDecoder().decode(buffer.subarray(from, to)));
    // Lines of some of the tables end with a comma.
    if (this.#columns === undefined) this.#open(cells.at(-1) === '' ? cells.slice(0, -1) : cells);
    else if (this.#table !== undefined) this.#addRow(this.#table, this.#columns, cells, offset, to - from);
    else if (this.#summary === undefined) this.#memoryCount++;
    else this.#summary.add(cells);
  }

  lineTooLong(offset: number): void {
    this.#diagnostics.add('record_malformed', { path: this.#file.path, offset }, 'a line of more than a megabyte');
  }

  finish(): void {
    const { path } = this.#file;
    if (this.#memoryCount > 0) {
      const what = `${this.#memoryCount} operations on local and global memory`;
      this.#diagnostics.add('part_ignored', { path }, what, this.#memoryCount);
    }
    if (this.#summary !== undefined) this.#rows.builder.tables.push(this.#summary.finish());
  }

  /** What a row says that was read before. */
  cellsOf(record: Uint8Array): RecordCells {
    return this.#columns?.cells(csvCells(new TextDecoder().decode(record))) ?? {};
  }

  #open(header: readonly string[]): void {
    const columns = new ResultColumns(header);
    this.#columns = columns;
    switch (csvRoleOf(header)) {
      case 'slices':
        this.#table = new ResultTable(this.#rows, columns, this.#file.path, this.#diagnostics);
        // Only chips whose runtime copies with the GDMA have tables in microseconds.
        if (columns.unit === 'us') this.#rows.edges = COPIES;
        break;
      case 'summary':
        this.#summary = new SummaryTable(header, this.#file.path);
        break;
      case 'memory':
      case undefined:
    }
  }

  #addRow(table: ResultTable, columns: ResultColumns, cells: string[], offset: number, sizeBytes: number): void {
    const place = { path: this.#file.path, offset };
    const lacking = columns.names.length - cells.length;
    if (lacking > 0)
      this.#diagnostics.add('row_incomplete', place, `${cells.length} cells, not ${columns.names.length}`);
    table.add(cells, 0, place, this.#file.base + offset, sizeBytes);
  }
}

/**
 * The cells of a line. A quote closes its cell where a comma or the end follows, so texts with quotes that nobody doubled
 * stay whole.
 */
function csvCells(line: string): string[] {
  const cells: string[] = [];
  for (let at = 0; at <= line.length;) {
    const isQuoted = line[at] === '"';
    const end = isQuoted ? closingQuote(line, at + 1) : line.indexOf(',', at);
    const to = end < 0 ? line.length : end;
    cells.push(isQuoted ? line.slice(at + 1, to).replaceAll('""', '"') : line.slice(at, to));
    at = isQuoted ? to + 2 : to + 1;
  }
  return cells;
}

/** -1 where nothing closes. */
function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at >= 0; at = line.indexOf('"', at + 1)) {
    if (at + 1 === line.length || line[at + 1] === ',') return at;
    if (line[at + 1] === '"') at++;
  }
  return -1;
}
