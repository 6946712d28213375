import { BLOCK_BITS, BLOCK_MASK, BLOCK_ROWS, gather, type RowOrder } from './gather.ts';
import { NONE, type TypedColumn } from './model.ts';

/** An args key and the column it fills. Several keys may fill one column: exporters renamed them over the years. */
export interface TypedKeySpec {
  readonly key: string;
  readonly column: string;
  readonly kind: 'number' | 'text';
}

type Block = Float64Array | Int32Array;

/** The first spec of each column, in the order of the columns. */
export function typedColumns(specs: readonly TypedKeySpec[]): TypedKeySpec[] {
  return specs.filter((spec, index) => specs.findIndex(({ column }) => column === spec.column) === index);
}

/** Columns of typed args under construction. Most rows of most captures lack most keys, so blocks are made on demand. */
export class TypedArgs {
  readonly #columns: readonly TypedKeySpec[];
  readonly #blocks: (Block | undefined)[][];

  constructor(specs: readonly TypedKeySpec[]) {
    this.#columns = typedColumns(specs);
    this.#blocks = this.#columns.map(() => []);
  }

  /** `index` counts the columns of typedColumns. */
  set(index: number, row: number, value: number): void {
    const blocks = this.#blocks[index];
    const block = blocks[row >> BLOCK_BITS] ?? this.#addBlock(index, row >> BLOCK_BITS);
    block[row & BLOCK_MASK] = value;
  }

  /** Values of rows, in ascending order, that count from `firstRow`. */
  append(index: number, firstRow: number, rows: Uint32Array, values: Float64Array): void {
    for (let from = 0; from < rows.length;) {
      const at = (firstRow + rows[from]) >> BLOCK_BITS;
      const block = this.#blocks[index][at] ?? this.#addBlock(index, at);
      const shift = firstRow - at * BLOCK_ROWS;
      from =
        block instanceof Float64Array
          ? scatterNumbers(block, shift, rows, values, from)
          : scatterTexts(block, shift, rows, values, from);
    }
  }

  #addBlock(index: number, at: number): Block {
    const block =
      this.#columns[index].kind === 'number'
        ? new Float64Array(BLOCK_ROWS).fill(Number.NaN)
        : new Int32Array(BLOCK_ROWS).fill(NONE);
    this.#blocks[index][at] = block;
    return block;
  }

  /** The columns in the given order of rows, without those that no row has. */
  take(order: RowOrder): Map<string, TypedColumn> {
    const columns = new Map<string, TypedColumn>();
    const rowCount = order.rows.length;
    this.#columns.forEach(({ column, kind }, index) => {
      const blocks = this.#blocks[index];
      this.#blocks[index] = [];
      if (blocks.length === 0) return;
      if (kind === 'number') {
        const values = gather(blocks as Float64Array[], order, new Float64Array(rowCount).fill(Number.NaN));
        columns.set(column, { kind, values });
      } else {
        const values = gather(blocks as Int32Array[], order, new Int32Array(rowCount).fill(NONE));
        columns.set(column, { kind, values });
      }
    });
    return columns;
  }
}

/** Sets what falls into the block and returns the index of the first row that does not. */
function scatterNumbers(
  block: Float64Array,
  shift: number,
  rows: Uint32Array,
  values: Float64Array,
  from: number,
): number {
  let k = from;
  for (; k < rows.length && shift + rows[k] < BLOCK_ROWS; k++) block[shift + rows[k]] = values[k];
  return k;
}

function scatterTexts(block: Int32Array, shift: number, rows: Uint32Array, values: Float64Array, from: number): number {
  let k = from;
  for (; k < rows.length && shift + rows[k] < BLOCK_ROWS; k++) block[shift + rows[k]] = values[k];
  return k;
}
