import type { DiagnosticKind, Diagnostics } from '../../../base/index.ts';
import { type CsvHandler, type CsvRow } from '../../../bytes/index.ts';
import { type Table, TableBuilder } from '../../../timeline/index.ts';
import { type BoundColumn, Cells, fits } from './cells.ts';
import { formatsOf } from './header.ts';
import type { TableSpec } from './table-spec.ts';
import { BINARY_UNITS } from './units.ts';

const LINE_FEED = 0x0a;

interface OpenTable {
  readonly format: TableSpec;
  readonly header: readonly string[];
  readonly cells: Cells;
  readonly bound: readonly BoundColumn[];
  /** The cell whose text may hold commas, or -1. */
  readonly nameCell: number;
}

/** Makes a table of the rows of one file. */
export class TableSink implements CsvHandler {
  readonly #path: string;
  readonly #diagnostics: Diagnostics;
  #table: OpenTable | undefined;
  #isFirst = true;

  constructor(path: string, diagnostics: Diagnostics) {
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  /** undefined where the file has no header of a known table. */
  finish(): { table: Table; format: TableSpec } | undefined {
    if (this.#table === undefined) return undefined;
    const { cells, format } = this.#table;
    if (cells.roundedCount > 0) {
      this.#diagnostics.add('time_rounded', { path: this.#path }, undefined, cells.roundedCount);
    }
    return { table: cells.builder.finish(), format };
  }

  quoteNotClosed(line: number, offset: number): void {
    this.#diagnostics.add('quote_not_closed', { path: this.#path, line, offset });
  }

  row(row: CsvRow): void {
    if (this.#isFirst) this.#open(row.texts());
    else if (this.#table === undefined) return;
    else if (isHeader(row, this.#table.header)) this.#report('header_repeated', row);
    else this.#add(row, this.#table);
  }

  #open(header: readonly string[]): void {
    this.#isFirst = false;
    const [format] = formatsOf(header);
    if (format === undefined) return;
    const cells = new Cells(new TableBuilder(format.kind, this.#path), format.columns, BINARY_UNITS);
    const bound = header.map((name) => cells.bind(name));
    const { nameColumn } = format;
    const nameCell =
      nameColumn === undefined ? -1 : header.findIndex((name) => cells.specOf(name)?.column === nameColumn);
    this.#table = { format, header, cells, bound, nameCell };
  }

  #report(kind: DiagnosticKind, { line, offset }: CsvRow, detail?: string): void {
    this.#diagnostics.add(kind, { path: this.#path, line, offset }, detail);
  }

  #add(row: CsvRow, { cells, bound, header, nameCell }: OpenTable): void {
    const extra = row.cellCount - bound.length;
    const isShifted = extra > 0 && nameCell >= 0 && isNameInParts(row, bound, nameCell, extra);
    if (isShifted) joinCells(row, nameCell, extra);
    if (isShifted) this.#report('row_shifted', row, row.text(nameCell));
    else if (extra !== 0) this.#reportCellCount(row, bound.length);
    cells.builder.nextRow();
    const count = Math.min(bound.length, row.cellCount);
    for (let cell = 0; cell < count; cell++) {
      const column = bound[cell];
      if (row.hasDoubledQuotes[cell] === 1) {
        const isText = column.kind === 'text' || column.kind === 'any';
        if (isText) cells.setText(column, row.text(cell));
        else this.#reportCell('cell_not_numeric', row, cell, header[cell]);
        continue;
      }
      const problem = cells.set(column, row.buffer, row.from[cell], row.to[cell]);
      if (problem !== undefined) this.#reportCell(problem, row, cell, header[cell]);
    }
  }

  #reportCellCount(row: CsvRow, expected: number): void {
    const counts = `${row.cellCount} cells, not ${expected}`;
    if (row.cellCount < expected) this.#report('row_incomplete', row, counts);
    else if (!row.isEmptyFrom(expected)) this.#report('row_too_long', row, counts);
  }

  #reportCell(kind: DiagnosticKind, row: CsvRow, cell: number, field: string): void {
    const { buffer, start, from } = row;
    let line = row.line;
    let lineStart = start;
    for (let at = start; at < from[cell]; at++) {
      if (buffer[at] !== LINE_FEED) continue;
      line++;
      lineStart = at + 1;
    }
    const offset = row.offset + from[cell] - start;
    this.#diagnostics.add(
      kind,
      { path: this.#path, line, column: from[cell] - lineStart + 1, offset, field },
      row.text(cell).slice(0, 40),
    );
  }
}

/**
 * The extra cells belong to the name: without them the figures stand where they should, and it is not just that the row
 * ends in commas.
 */
function isNameInParts(row: CsvRow, bound: readonly BoundColumn[], nameCell: number, extra: number): boolean {
  const fitsWith = (moved: number): boolean =>
    bound.every((column, cell) => {
      const at = cell + moved;
      return cell <= nameCell || fits(column, row.buffer, row.from[at], row.to[at]);
    });
  return !(row.isEmptyFrom(bound.length) && fitsWith(0)) && fitsWith(extra);
}

/** Puts a name together that was taken for several cells. */
function joinCells(row: CsvRow, cell: number, extra: number): void {
  row.to[cell] = row.to[cell + extra];
  for (let at = cell + 1; at + extra < row.cellCount; at++) {
    row.from[at] = row.from[at + extra];
    row.to[at] = row.to[at + extra];
    row.hasDoubledQuotes[at] = row.hasDoubledQuotes[at + extra];
  }
  row.cellCount -= extra;
}

/** Bytes are compared before any text is made. */
function isHeader(row: CsvRow, header: readonly string[]): boolean {
  if (row.cellCount !== header.length || row.to[0] - row.from[0] !== header[0].length) return false;
  return row.buffer[row.from[0]] === header[0].charCodeAt(0) && header.every((name, cell) => row.text(cell) === name);
}
