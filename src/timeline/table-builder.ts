import { ByteInterner, decimalValue } from '../bytes/index.ts';
import { NONE } from './model.ts';
import { StringTable } from './strings.ts';
import type { Table, TableColumn, TableKind } from './table.ts';

/** any: numbers where every cell is one, else text. */
export type CellKind = TableColumn['kind'] | 'any';

type Draft = { readonly name: string } & (
  { readonly kind: 'number' | 'time'; values: Float64Array } | { readonly kind: 'text' | 'any'; values: Int32Array }
);

const FIRST_CAPACITY = 64;
/** Times farther from the first one than this belong to another clock: 52 days, as in a timeline. */
const REACH_MICROS = 4.5e12;
/** Longer integers are ids and would be rounded. */
const MOST_DIGITS = 15;

/** Collects the rows of a table. Cells that are not set stay empty; columns may be added at any time. */
export class TableBuilder {
  readonly strings = new ByteInterner();
  readonly #kind: TableKind;
  readonly #path: string;
  readonly #columns: Draft[] = [];
  readonly #names = new Set<string>();
  #capacity = FIRST_CAPACITY;
  #baseMicros = Number.NaN;
  rowCount = 0;

  constructor(kind: TableKind, path: string) {
    this.#kind = kind;
    this.#path = path;
  }

  /** Returns the number of the column. A name that is taken gets a number: `reduceStart`, `reduceStart2`. */
  addColumn(name: string, kind: CellKind): number {
    let unique = name;
    for (let n = 2; this.#names.has(unique); n++) unique = `${name}${n}`;
    this.#names.add(unique);
    if (kind === 'number' || kind === 'time') {
      this.#columns.push({ name: unique, kind, values: new Float64Array(this.#capacity).fill(Number.NaN) });
    } else {
      this.#columns.push({ name: unique, kind, values: new Int32Array(this.#capacity).fill(NONE) });
    }
    return this.#columns.length - 1;
  }

  /** Cells are set in the row begun last. */
  nextRow(): void {
    if (this.rowCount === this.#capacity) this.#grow();
    this.rowCount++;
  }

  #grow(): void {
    this.#capacity *= 2;
    for (const column of this.#columns) {
      if (column.kind === 'number' || column.kind === 'time') {
        const values = new Float64Array(this.#capacity).fill(Number.NaN, this.rowCount);
        values.set(column.values);
        column.values = values;
      } else {
        const values = new Int32Array(this.#capacity).fill(NONE, this.rowCount);
        values.set(column.values);
        column.values = values;
      }
    }
  }

  setNumber(column: number, value: number): void {
    this.#columns[column].values[this.rowCount - 1] = value;
  }

  /** `id`: of this builder's strings. */
  setText(column: number, id: number): void {
    this.#columns[column].values[this.rowCount - 1] = id;
  }

  /** False where the time is too far from the others to be told from them to the ns; then nothing is set. */
  setTime(column: number, micros: number, nanos: number): boolean {
    if (Number.isNaN(this.#baseMicros)) this.#baseMicros = micros;
    const sinceBase = micros - this.#baseMicros;
    if (Math.abs(sinceBase) >= REACH_MICROS) return false;
    this.#columns[column].values[this.rowCount - 1] = sinceBase * 1000 + nanos;
    return true;
  }

  finish(): Table {
    const numbers = new Map<number, number>();
    const columns = this.#columns.map((draft): TableColumn => {
      const { name, kind } = draft;
      switch (kind) {
        case 'number':
        case 'time':
          return { name, kind, values: draft.values.slice(0, this.rowCount) };
        case 'text':
          return { name, kind, values: draft.values.slice(0, this.rowCount) };
        case 'any':
          return this.#settled(name, draft.values.slice(0, this.rowCount), numbers);
      }
    });
    return {
      kind: this.#kind,
      path: this.#path,
      originNs: this.#moveOrigin(columns),
      rowCount: this.rowCount,
      columns,
      strings: new StringTable(this.strings),
    };
  }

  /** `numbers`: what is known of the texts, by their ids. */
  #settled(name: string, ids: Int32Array, numbers: Map<number, number>): TableColumn {
    const values = new Float64Array(ids.length).fill(Number.NaN);
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row];
      if (id === NONE) continue;
      let number = numbers.get(id);
      if (number === undefined) numbers.set(id, (number = plainNumber(this.strings.bytesOf(id))));
      if (Number.isNaN(number)) return { name, kind: 'text', values: ids };
      values[row] = number;
    }
    return { name, kind: 'number', values };
  }

  /** Makes the first of all times the zero of them; returns it as absolute ns. */
  #moveOrigin(columns: readonly TableColumn[]): bigint {
    const times = columns.filter(({ kind }) => kind === 'time');
    let first = Number.POSITIVE_INFINITY;
    for (const { values } of times) for (const time of values) if (time < first) first = time;
    if (first === Number.POSITIVE_INFINITY) return 0n;
    for (const { values } of times) for (let row = 0; row < values.length; row++) values[row] -= first;
    return BigInt(this.#baseMicros) * 1000n + BigInt(first);
  }
}

/** NaN for what would not come back as it is: words, `007`, ids of many digits. */
function plainNumber(bytes: Uint8Array): number {
  const text = new TextDecoder().decode(bytes);
  if (/^[-+]?0\d/.test(text) || (/^[-+]?\d+$/.test(text) && bytes.length > MOST_DIGITS)) return Number.NaN;
  const value = decimalValue(bytes, 0, bytes.length);
  return Number.isFinite(value) ? value : Number.NaN;
}
