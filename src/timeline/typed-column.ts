import { NONE } from './model.ts';

/** Values stand in blocks of this many, made on demand. */
export const BLOCK_BITS = 15;
export const BLOCK_ROWS = 1 << BLOCK_BITS;
export const BLOCK_MASK = BLOCK_ROWS - 1;

/** The row of slices that have none: no block reaches so far. */
export const NO_ROW = 0xffffffff;

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
  readonly #below: TypedColumn | undefined;

  /** `rowOf`: where the value of each slice stands in the blocks. `below` answers for slices that have none there. */
  constructor(
    kind: TypedColumn['kind'],
    blocks: readonly (Block | undefined)[],
    rowOf: Uint32Array,
    below?: TypedColumn,
  ) {
    this.kind = kind;
    this.#blocks = blocks;
    this.#rowOf = rowOf;
    this.#absent = kind === 'number' ? Number.NaN : NONE;
    this.#below = below;
  }

  /** A number, NaN where absent; or the id of a text, NONE where absent. */
  at(slice: number): number {
    const row = this.#rowOf[slice];
    const value = this.#blocks[row >>> BLOCK_BITS]?.[row & BLOCK_MASK] ?? this.#absent;
    return this.#below !== undefined && Object.is(value, this.#absent) ? this.#below.at(slice) : value;
  }

  /** The same values for other slices. */
  withRows(map: (rowOf: Uint32Array) => Uint32Array): TypedColumn {
    return new TypedColumn(this.kind, this.#blocks, map(this.#rowOf), this.#below?.withRows(map));
  }

  /** This column where it says something, else the other one, of the same slices. */
  over(below: TypedColumn | undefined): TypedColumn {
    if (below === undefined) return this;
    return new TypedColumn(this.kind, this.#blocks, this.#rowOf, this.#below?.over(below) ?? below);
  }
}
