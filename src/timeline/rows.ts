import { BLOCK_BITS, BLOCK_MASK, BLOCK_ROWS, type ColumnArray, gather, type RowOrder } from './gather.ts';

interface ColumnArrays {
  f64: Float64Array;
  i32: Int32Array;
  u32: Uint32Array;
  u8: Uint8Array;
}
export type ColumnKind = keyof ColumnArrays;
export type Schema = Readonly<Record<string, ColumnKind>>;
export type Block<S extends Schema> = { readonly [K in keyof S]: ColumnArrays[S[K]] };

type FreeableBlock<S extends Schema> = { -readonly [K in keyof S]?: ColumnArrays[S[K]] };

const CONSTRUCTORS: { readonly [K in ColumnKind]: new (length: number) => ColumnArrays[K] } = {
  f64: Float64Array,
  i32: Int32Array,
  u32: Uint32Array,
  u8: Uint8Array,
};

/**
 * Rows under construction, as blocks of columns: growing never copies, and each column is freed as soon as its final
 * array is made, so building takes little more memory than the result.
 *
 * To add a row: `const i = rows.next(); rows.block.track[i] = ...` for every column.
 */
export class Rows<S extends Schema> {
  readonly #schema: S;
  readonly #blocks: FreeableBlock<S>[] = [];
  #length = 0;
  block: Block<S>;

  constructor(schema: S) {
    this.#schema = schema;
    this.block = this.#addBlock();
  }

  get length(): number {
    return this.#length;
  }

  /** Claims the next row and returns its index within the current block. */
  next(): number {
    const index = this.#length & BLOCK_MASK;
    if (index === 0 && this.#length > 0) this.block = this.#addBlock();
    this.#length++;
    return index;
  }

  /** Adds the rows [from, to) of the columns. */
  append(columns: Block<S>, from: number, to: number): void {
    for (let done = from; done < to;) {
      const at = this.#length & BLOCK_MASK;
      if (at === 0 && this.#length > 0) this.block = this.#addBlock();
      const size = Math.min(to - done, BLOCK_ROWS - at);
      for (const name in this.#schema) this.block[name].set(columns[name].subarray(done, done + size), at);
      this.#length += size;
      done += size;
    }
  }

  #addBlock(): Block<S> {
    const columns = Object.entries(this.#schema).map(([name, kind]) => [name, new CONSTRUCTORS[kind](BLOCK_ROWS)]);
    const block = Object.fromEntries(columns) as Block<S>;
    this.#blocks.push(block);
    return block;
  }

  at<K extends keyof S & string>(column: K, row: number): number {
    return (this.#blocks[row >> BLOCK_BITS] as Block<S>)[column][row & BLOCK_MASK];
  }

  set<K extends keyof S & string>(column: K, row: number, value: number): void {
    (this.#blocks[row >> BLOCK_BITS] as Block<S>)[column][row & BLOCK_MASK] = value;
  }

  /** One whole column in the order the rows were added. The blocks keep theirs. */
  flat<K extends keyof S & string>(column: K): ColumnArrays[S[K]] {
    const result = new CONSTRUCTORS[this.#schema[column]](this.#length);
    this.#blocks.forEach((block, index) => {
      const from = index * BLOCK_ROWS;
      const rows = Math.min(BLOCK_ROWS, this.#length - from);
      result.set((block as Block<S>)[column].subarray(0, rows), from);
    });
    return result as ColumnArrays[S[K]];
  }

  /** One column in the given order of rows; the rows give it up. */
  take<K extends keyof S & string>(column: K, order: RowOrder): ColumnArrays[S[K]] {
    const blocks = this.#blocks.map((block) => (block as Block<S>)[column]);
    const result = gather<ColumnArray>(blocks, order, new CONSTRUCTORS[this.#schema[column]](order.rows.length));
    this.drop(column);
    return result as ColumnArrays[S[K]];
  }

  /** Frees a column that is not needed any more. */
  drop(column: keyof S & string): void {
    for (const block of this.#blocks) delete block[column];
  }
}
