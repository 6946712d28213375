import type { Diagnostics, Place } from '../../../base/index.ts';
import { type CsvHandler, type CsvRow, CsvScanner } from '../../../bytes/index.ts';
import { FoundMeasurements, readingFiles, refusal } from '../load-files.ts';
import { groupedNumberOf, Measurement, numberOf } from '../measurement.ts';
import { ownMetric } from '../names.ts';
import { HeaderMeaning } from './header.ts';

const EXPECTED = 'a table with figures of benchmarks: a header that names them, and at least one row';
const EMPTY = /^(n\/?a|nan|none|null|-)?$/i;
/** A file that is read because of --from has any. */
const MOST_COLUMNS = 1000;
/** More are not kept: so many take some 100 MB. */
const MOST_CELLS = 1 << 18;

/** Reads each row as a measurement. */
export const loadResultCsv = readingFiles(async (source, diagnostics, onRead) => {
  const sink = new ResultRows(source.path, diagnostics);
  const scanner = new CsvScanner(sink);
  let readBytes = 0;
  for await (const chunk of source.stream()) {
    scanner.feed(chunk);
    readBytes += chunk.length;
    onRead(readBytes);
  }
  scanner.end();
  sink.finish();
  if (sink.found.all.length === 0)
    throw refusal(source, 0, EXPECTED, await source.slice(0, Math.min(source.sizeBytes, 100)));
  return sink.found.all;
});

interface Row {
  readonly place: Place;
  readonly cells: readonly string[];
}

/** Rows are kept until all are there: a column without a unit is one of numbers only where every cell is one. */
class ResultRows implements CsvHandler {
  readonly found = new FoundMeasurements();
  readonly #path: string;
  readonly #diagnostics: Diagnostics;
  readonly #rows: Row[] = [];
  #names: readonly string[] | undefined;
  #cellCount = 0;
  #isFull = false;

  constructor(path: string, diagnostics: Diagnostics) {
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  row(row: CsvRow): void {
    if (this.#isFull || row.isEmptyFrom(0)) return;
    const place = { path: this.#path, line: row.line, offset: row.offset };
    if (this.#names === undefined) {
      this.#names = row.texts().slice(0, MOST_COLUMNS);
      return;
    }
    const names = this.#names;
    const cells = row.texts();
    if (cells.every((cell, i) => cell === (names[i] ?? ''))) {
      this.#diagnostics.add('header_repeated', place);
      return;
    }
    if (cells.length < names.length) this.#diagnostics.add('row_incomplete', place);
    if (cells.length > names.length && !row.isEmptyFrom(names.length)) this.#diagnostics.add('row_too_long', place);
    this.#cellCount += names.length;
    this.#isFull = this.#cellCount > MOST_CELLS;
    if (this.#isFull) this.#diagnostics.add('figures_left_out', place, `all behind the first ${MOST_CELLS} cells`);
    else this.#rows.push({ place, cells: cells.slice(0, names.length) });
  }

  quoteNotClosed(line: number, offset: number): void {
    this.#diagnostics.add('quote_not_closed', { path: this.#path, line, offset });
  }

  finish(): void {
    const names = this.#names ?? [];
    const { columns } = new HeaderMeaning(names);
    const takes = columns.map((column, i) => {
      const isNumeric = column.kind === 'open' && this.#rows.every(({ cells }) => isNumberOrEmpty(cells[i] ?? ''));
      return column.kind === 'open' && isNumeric ? ({ kind: 'metric', metric: ownMetric(names[i]) } as const) : column;
    });
    for (const { place, cells } of this.#rows) {
      const measurement = new Measurement(place, this.#diagnostics);
      takes.forEach((column, i) => {
        const cell = cells[i] ?? '';
        if (EMPTY.test(cell.trim()) && column.kind === 'metric') return;
        if (column.kind === 'label') measurement.setLabel(column.label, cell);
        else if (column.kind === 'open') measurement.setLabel(names[i], cell);
        else if (column.kind === 'metric') {
          const value = groupedNumberOf(cell);
          if (Number.isNaN(value))
            this.#diagnostics.add('cell_not_numeric', { ...place, field: names[i] }, cell.slice(0, 40));
          else measurement.setNumber(column.metric, value, names[i]);
        }
      });
      this.found.add(measurement);
    }
  }
}

function isNumberOrEmpty(cell: string): boolean {
  return EMPTY.test(cell.trim()) || !Number.isNaN(numberOf(cell));
}
