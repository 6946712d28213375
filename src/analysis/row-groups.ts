import { NONE } from '../timeline/index.ts';

/** Group g is rows[from[g]] to rows[from[g + 1] - 1]. */
export interface RowGroups {
  readonly count: number;
  readonly from: Uint32Array;
  readonly rows: Uint32Array;
}

/** Rows of equal keys together, in the order of their first ones, as columns; those whose key is NaN are left out. */
export function groupRows(rows: Uint32Array, keys: Float64Array): RowGroups {
  const numbers = new Map<number, number>();
  const groupOf = new Int32Array(rows.length).fill(NONE);
  const sizes: number[] = [];
  for (let row = 0; row < rows.length; row++) {
    if (Number.isNaN(keys[row])) continue;
    let group = numbers.get(keys[row]);
    if (group === undefined) numbers.set(keys[row], (group = sizes.push(0) - 1));
    groupOf[row] = group;
    sizes[group]++;
  }
  const from = new Uint32Array(sizes.length + 1);
  for (const [group, size] of sizes.entries()) from[group + 1] = from[group] + size;
  const next = from.slice();
  const ordered = new Uint32Array(from[sizes.length]);
  for (let row = 0; row < rows.length; row++) if (groupOf[row] !== NONE) ordered[next[groupOf[row]]++] = rows[row];
  return { count: sizes.length, from, rows: ordered };
}
