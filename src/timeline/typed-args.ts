import { NONE, type TypedColumn } from './model.ts';

/** An args key and the column it fills. Several keys may fill one column: exporters renamed them over the years. */
export interface TypedKeySpec {
  readonly key: string;
  readonly column: string;
  readonly kind: 'number' | 'text';
}

const BLOCK_BITS = 15;
const BLOCK_ROWS = 1 << BLOCK_BITS;
const BLOCK_MASK = BLOCK_ROWS - 1;

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

  #addBlock(index: number, at: number): Block {
    const block =
      this.#columns[index].kind === 'number'
        ? new Float64Array(BLOCK_ROWS).fill(Number.NaN)
        : new Int32Array(BLOCK_ROWS).fill(NONE);
    this.#blocks[index][at] = block;
    return block;
  }

  /** The columns in the given order of rows, without those that no row has. */
  take(order: Uint32Array): Map<string, TypedColumn> {
    const columns = new Map<string, TypedColumn>();
    this.#columns.forEach(({ column, kind }, index) => {
      const blocks = this.#blocks[index];
      this.#blocks[index] = [];
      if (blocks.length === 0) return;
      if (kind === 'number')
        columns.set(column, { kind, values: gather(blocks, order, new Float64Array(order.length), Number.NaN) });
      else columns.set(column, { kind, values: gather(blocks, order, new Int32Array(order.length), NONE) });
    });
    return columns;
  }
}

function gather<T extends Block>(blocks: (Block | undefined)[], order: Uint32Array, result: T, absent: number): T {
  for (let i = 0; i < order.length; i++) {
    const block = blocks[order[i] >> BLOCK_BITS];
    result[i] = block === undefined ? absent : block[order[i] & BLOCK_MASK];
  }
  return result;
}
