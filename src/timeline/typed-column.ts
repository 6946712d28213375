import { NONE } from './model.ts';

/** Values stand in blocks of this many, made on demand. */
export const BLOCK_BITS = 15;
export const BLOCK_ROWS = 1 << BLOCK_BITS;
export const BLOCK_MASK = BLOCK_ROWS - 1;

type Block = Float64Array | Int32Array;

/**
 * What one key of the args says of each slice. Values stay in the order they were read in, as many slices of many
 * captures are never asked for them.
 */
export class TypedColumn {
  readonly kind: 'number' | 'text';
  readonly #blocks: readonly (Block | undefined)[];
  readonly #rowOf: Uint32Array;
  readonly #absent: number;

  /** `rowOf`: where the value of each slice stands in the blocks. */
  constructor(kind: TypedColumn['kind'], blocks: readonly (Block | undefined)[], rowOf: Uint32Array) {
    this.kind = kind;
    this.#blocks = blocks;
    this.#rowOf = rowOf;
    this.#absent = kind === 'number' ? Number.NaN : NONE;
  }

  /** A number, NaN where absent; or the id of a text, NONE where absent. */
  at(slice: number): number {
    const row = this.#rowOf[slice];
    return this.#blocks[row >> BLOCK_BITS]?.[row & BLOCK_MASK] ?? this.#absent;
  }

  /** The column of slices that were added in another order, or of some of them. */
  forRows(rowOf: Uint32Array): TypedColumn {
    return new TypedColumn(this.kind, this.#blocks, rowOf);
  }
}
