import type { Diagnostics } from '../../../base/index.ts';
import { JsonNumber, type JsonValue } from '../../../bytes/index.ts';
import { type Table, TableBuilder, type TableKind } from '../../../timeline/index.ts';
import { type BoundColumn, Cells } from './cells.ts';
import type { ColumnSpec } from './table-spec.ts';
import { DECIMAL_UNITS } from './units.ts';

/** What is said about one row, in a document or by where it stands there. */
export type Facts = Iterable<readonly [key: string, value: JsonValue | undefined]>;

const encoder = new TextEncoder();
/** A character takes three bytes at most. */
const MOST_BYTES_EACH = 3;

/** Makes a table of the records of a document. */
export class RecordTable {
  readonly #path: string;
  readonly #diagnostics: Diagnostics;
  readonly #fieldOf: (key: string) => string;
  readonly #builder: TableBuilder;
  readonly #cells: Cells;
  readonly #columns = new Map<string, BoundColumn>();
  /** Of the value at hand: a buffer for each would be most of the work. */
  #bytes = new Uint8Array(64);

  /** `fieldOf`: what a key is called in the file, for people. */
  constructor(
    kind: TableKind,
    path: string,
    columns: readonly ColumnSpec[],
    diagnostics: Diagnostics,
    fieldOf = (key: string): string => key,
  ) {
    this.#path = path;
    this.#diagnostics = diagnostics;
    this.#fieldOf = fieldOf;
    this.#builder = new TableBuilder(kind, path);
    this.#cells = new Cells(this.#builder, columns, DECIMAL_UNITS);
  }

  get rowCount(): number {
    return this.#builder.rowCount;
  }

  add(...records: readonly Facts[]): void {
    this.#builder.nextRow();
    for (const record of records) for (const [key, value] of record) this.#set(key, value);
  }

  #set(key: string, value: JsonValue | undefined): void {
    let column = this.#columns.get(key);
    if (column === undefined) this.#columns.set(key, (column = this.#cells.bind(key, true)));
    if (value === undefined || value === null) return;
    const text = scalarText(value);
    if (text === undefined) {
      this.#diagnostics.add(
        'record_malformed',
        { path: this.#path, field: this.#fieldOf(key) },
        'an object or a list for a value',
      );
      return;
    }
    const needed = text.length * MOST_BYTES_EACH;
    if (needed > this.#bytes.length) this.#bytes = new Uint8Array(needed * 2);
    const { written } = encoder.encodeInto(text, this.#bytes);
    const problem = this.#cells.set(column, this.#bytes, 0, written);
    if (problem === undefined) return;
    this.#diagnostics.add(problem, { path: this.#path, field: this.#fieldOf(key) }, text.slice(0, 40));
  }

  finish(): Table {
    const { roundedCount } = this.#cells;
    if (roundedCount > 0) this.#diagnostics.add('time_rounded', { path: this.#path }, undefined, roundedCount);
    return this.#builder.finish();
  }
}

/** A value as it is written, without quotes; undefined for what is not one value. */
export function scalarText(value: JsonValue): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof JsonNumber) return value.text;
  return typeof value === 'object' ? undefined : String(value);
}
