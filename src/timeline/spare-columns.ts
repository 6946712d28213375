import type { ColumnArray } from './gather.ts';

const CONSTRUCTORS = { f64: Float64Array, i32: Int32Array, u32: Uint32Array, u8: Uint8Array } as const;

export type ColumnKind = keyof typeof CONSTRUCTORS;
type ArrayOf<K extends ColumnKind> = InstanceType<(typeof CONSTRUCTORS)[K]>;

/**
 * Memory of columns that are done with, for columns of the same width. Fresh memory is what costs most in making a
 * large timeline, both in time and at its peak.
 */
export class SpareColumns {
  readonly #buffers: ArrayBuffer[][] = [];

  static fresh<K extends ColumnKind>(kind: K, length: number): ArrayOf<K> {
    return new CONSTRUCTORS[kind](length) as ArrayOf<K>;
  }

  /** With any values in it. */
  take<K extends ColumnKind>(kind: K, length: number): ArrayOf<K> {
    const make = CONSTRUCTORS[kind];
    const spare = this.#buffers[make.BYTES_PER_ELEMENT] ?? [];
    const at = spare.findIndex(({ byteLength }) => byteLength >= length * make.BYTES_PER_ELEMENT);
    if (at < 0) return SpareColumns.fresh(kind, length);
    return new make(spare.splice(at, 1)[0], 0, length) as ArrayOf<K>;
  }

  /** Whoever gives a column must have forgotten it. */
  give({ buffer, BYTES_PER_ELEMENT: width }: ColumnArray): void {
    if (buffer instanceof ArrayBuffer) (this.#buffers[width] ??= []).push(buffer);
  }
}
