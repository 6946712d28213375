import type { Diagnostics } from '../../../base/index.ts';
import { type Literal, type LiteralHandler, literalOf } from '../../../bytes/index.ts';
import type { ResultFile } from './load-results.ts';
import type { RecordCells } from './record-args.ts';
import { type Cell, ResultColumns } from './result-columns.ts';
import { COPIES, type ResultRows } from './result-rows.ts';
import { ResultTable } from './result-table.ts';
import { SummaryTable } from './summary-table.ts';

/** `time_data` alone is of the one core that there is. */
const ROWS = /(?:^|[.\]])time_data(\d{0,3})$/;
const MEMORY = /(?:^|[.\]])[lg]mem_op_record\d*$/;
const CAPTIONS = ['page_caption', 'platform', 'summary_caption'];
const MOST_COLUMNS = 1000;

/** Makes rows of what a script holds. */
export class ProfileDataSink implements LiteralHandler {
  readonly #rows: ResultRows;
  readonly #file: ResultFile;
  readonly #diagnostics: Diagnostics;
  readonly #header: string[] = [];
  readonly #categories: string[] = [];
  readonly #summaryHeader: string[] = [];
  readonly #summary: (readonly Cell[])[] = [];
  readonly #facts = new Map<string, string>();
  #columns: ResultColumns | undefined;
  #table: ResultTable | undefined;
  #memoryCount = 0;

  constructor(rows: ResultRows, file: ResultFile, diagnostics: Diagnostics) {
    this.#rows = rows;
    this.#file = file;
    this.#diagnostics = diagnostics;
  }

  value(name: string, value: Literal): void {
    const { metadata } = this.#rows.builder;
    if (CAPTIONS.includes(name) && typeof value === 'string') metadata.set(name, JSON.stringify(value));
    if (name === 'page_caption' && typeof value === 'string' && /BM1684/.test(value)) this.#rows.edges = COPIES;
    if (name !== 'configs' || !(value instanceof Map)) return;
    for (const [key, each] of value as ReadonlyMap<string, Literal>) {
      if (typeof each === 'string' || typeof each === 'number') this.#facts.set(key, `${each}`);
    }
    metadata.set('chip_arguments', JSON.stringify(Object.fromEntries(this.#facts)));
  }

  element(name: string, value: Literal, offset: number, sizeBytes: number): void {
    const core = ROWS.exec(name)?.[1];
    if (core !== undefined) this.#addRow(value, Number(core), offset, sizeBytes);
    else if (MEMORY.test(name)) this.#memoryCount++;
    else if (name === 'time_header') addText(this.#header, value);
    else if (name === 'categories') addText(this.#categories, value);
    else if (name === 'summary_header') addText(this.#summaryHeader, value);
    else if (name === 'summary_data' && Array.isArray(value)) this.#summary.push(value as readonly Cell[]);
  }

  malformed(offset: number, expected: string): void {
    this.#diagnostics.add('record_malformed', { path: this.#file.path, offset }, expected);
  }

  finish(): void {
    if (this.#memoryCount > 0) {
      const what = `${this.#memoryCount} operations on local and global memory`;
      this.#diagnostics.add('part_ignored', { path: this.#file.path }, what, this.#memoryCount);
    }
    if (this.#summary.length > 0) this.#addSummary();
  }

  /** What a row says that was read before. */
  cellsOf(record: Uint8Array): RecordCells {
    const row = literalOf(record);
    return Array.isArray(row) ? (this.#columns?.cells(row as readonly Cell[]) ?? {}) : {};
  }

  #addRow(row: Literal, core: number, offset: number, sizeBytes: number): void {
    const place = { path: this.#file.path, offset };
    if (!Array.isArray(row)) {
      this.#diagnostics.add('row_malformed', place, 'no list of cells');
      return;
    }
    this.#columns ??= new ResultColumns(this.#header);
    this.#table ??= new ResultTable(this.#rows, this.#columns, this.#file.path, this.#diagnostics);
    this.#table.facts = this.#facts;
    this.#table.categories = this.#categories;
    this.#table.add(row as readonly Cell[], core, place, this.#file.base + offset, sizeBytes);
  }

  #addSummary(): void {
    const table = new SummaryTable(this.#summaryHeader, this.#file.path);
    for (const row of this.#summary) table.add(row);
    this.#rows.builder.tables.push(table.finish());
  }
}

function addText(texts: string[], value: Literal): void {
  if (texts.length < MOST_COLUMNS) texts.push(typeof value === 'string' ? value : '');
}
