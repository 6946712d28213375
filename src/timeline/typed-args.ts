import { NONE } from './model.ts';
import { BLOCK_BITS, BLOCK_MASK, BLOCK_ROWS, TypedColumn } from './typed-column.ts';

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

  /** One value for the rows [from, to). */
  fill(index: number, from: number, to: number, value: number): void {
    for (let row = from; row < to;) {
      const at = row >> BLOCK_BITS;
      const end = Math.min(to, (at + 1) * BLOCK_ROWS);
      const block = this.#blocks[index][at] ?? this.#addBlock(index, at);
      block.fill(value, row & BLOCK_MASK, end - at * BLOCK_ROWS);
      row = end;
    }
  }

  /** Whether a column of texts says something of a row. */
  hasText(index: number, row: number): boolean {
    return (this.#blocks[index][row >> BLOCK_BITS]?.[row & BLOCK_MASK] ?? NONE) !== NONE;
  }

  /** Values of rows, in ascending order, that count from `firstRow`. Texts are given as indices of `texts`. */
  append(index: number, firstRow: number, rows: Uint32Array, values: Float64Array, texts: Int32Array): void {
    for (let from = 0; from < rows.length;) {
      const at = (firstRow + rows[from]) >> BLOCK_BITS;
      const block = this.#blocks[index][at] ?? this.#addBlock(index, at);
      const shift = firstRow - at * BLOCK_ROWS;
      from =
        block instanceof Float64Array
          ? scatterNumbers(block, shift, rows, values, from)
          : scatterTexts(block, shift, rows, values, texts, from);
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

  /** The columns for slices that were added in the order of `rowOf`, without those that no row has. */
  columns(rowOf: Uint32Array): Map<string, TypedColumn> {
    const filled = this.#columns.flatMap(({ column, kind }, index) =>
      this.#blocks[index].length === 0 ? [] : [[column, new TypedColumn(kind, this.#blocks[index], rowOf)] as const],
    );
    return new Map(filled);
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

function scatterTexts(
  block: Int32Array,
  shift: number,
  rows: Uint32Array,
  values: Float64Array,
  texts: Int32Array,
  from: number,
): number {
  let k = from;
  for (; k < rows.length && shift + rows[k] < BLOCK_ROWS; k++) block[shift + rows[k]] = texts[values[k]];
  return k;
}
