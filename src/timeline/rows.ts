import { type ColumnArray, gather, type RowOrder } from './gather.ts';
import { type ColumnKind, SpareColumns } from './spare-columns.ts';

interface ColumnArrays {
  f64: Float64Array<ArrayBuffer>;
  i32: Int32Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  u8: Uint8Array<ArrayBuffer>;
}
export type Schema = Readonly<Record<string, ColumnKind>>;
export type Columns<S extends Schema> = { readonly [K in keyof S]: ColumnArrays[S[K]] };
type Given<S extends Schema> = { readonly [K in keyof S]: S[K] extends 'f64' ? Float64Array : ColumnArray };

/** How much of the input has been read, 0 to 1; 0 where nobody knows. */
export interface ReadShare {
  readonly share: number;
}

const FIRST_CAPACITY = 1 << 12;
/** Memory is only used when it is written to, so a table that grows makes room for what it will probably hold. */
const MOST_GROWTH = 64;
const MARGIN = 1.2;

/**
 * Rows under construction, as columns. To add a row: `const i = rows.next(); rows.columns.track[i] = ...` for every
 * column.
 */
export class Rows<S extends Schema> {
  readonly #schema: S;
  readonly #spare: SpareColumns;
  readonly #read: ReadShare;
  #capacity = FIRST_CAPACITY;
  #length = 0;
  columns: Columns<S>;

  constructor(schema: S, spare = new SpareColumns(), read: ReadShare = { share: 0 }) {
    this.#schema = schema;
    this.#spare = spare;
    this.#read = read;
    this.columns = this.#made(FIRST_CAPACITY);
  }

  #made(capacity: number): Columns<S> {
    const columns = Object.entries(this.#schema).map(([name, kind]) => [name, SpareColumns.fresh(kind, capacity)]);
    return Object.fromEntries(columns) as Columns<S>;
  }

  get length(): number {
    return this.#length;
  }

  /** Claims the next row. */
  next(): number {
    if (this.#length === this.#capacity) this.#grow(this.#length + 1);
    return this.#length++;
  }

  /** Claims so many rows and tells the first of them. */
  claim(count: number): number {
    const first = this.#length;
    this.reserve(count);
    this.#length += count;
    return first;
  }

  /** Makes room for so many rows more. */
  reserve(count: number): void {
    if (this.#length + count > this.#capacity) this.#grow(this.#length + count);
  }

  /** Adds the rows [from, to) of other columns. */
  append(columns: Given<S>, from: number, to: number): void {
    const first = this.claim(to - from);
    for (const name in this.#schema) this.columns[name].set(columns[name].subarray(from, to), first);
  }

  #grow(needed: number): void {
    const expected = this.#read.share > 0 ? (needed / this.#read.share) * MARGIN : 0;
    this.#capacity = Math.ceil(Math.max(this.#capacity * 2, needed, Math.min(expected, needed * MOST_GROWTH)));
    const old = this.columns;
    this.columns = this.#made(this.#capacity);
    for (const name in this.#schema) this.columns[name].set(old[name].subarray(0, this.#length));
  }

  at(column: keyof S & string, row: number): number {
    return this.columns[column][row];
  }

  set(column: keyof S & string, row: number, value: number): void {
    this.columns[column][row] = value;
  }

  /** One whole column in the order the rows were added. */
  column<K extends keyof S & string>(column: K): ColumnArrays[S[K]] {
    return this.columns[column].subarray(0, this.#length) as ColumnArrays[S[K]];
  }

  /** One column in the given order of rows; the rows give it up. */
  take<K extends keyof S & string>(column: K, order: RowOrder): ColumnArrays[S[K]] {
    const source = this.column(column);
    if (order.isIdentity) return source.subarray(0, order.rows.length) as ColumnArrays[S[K]];
    const result = gather<ColumnArray>(source, order, this.#spare.take(this.#schema[column], order.rows.length));
    this.#spare.give(source);
    return result as ColumnArrays[S[K]];
  }

  /** The column is not needed any more. */
  drop(column: keyof S & string): void {
    this.#spare.give(this.columns[column]);
  }
}
