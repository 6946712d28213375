import { NONE } from '../timeline/index.ts';

/** The rows of group g are rows[from[g]] to rows[from[g + 1] - 1]. */
export interface RowGroups {
  readonly count: number;
  readonly from: Uint32Array;
  readonly rows: Uint32Array;
}

/** Rows of equal keys together, in the order of their first ones; those whose key is NaN are left out. */
export function groupRows(keys: Float64Array): RowGroups {
  const numbers = new Map<number, number>();
  const groupOf = new Int32Array(keys.length).fill(NONE);
  const sizes: number[] = [];
  for (let row = 0; row < keys.length; row++) {
    if (Number.isNaN(keys[row])) continue;
    let group = numbers.get(keys[row]);
    if (group === undefined) numbers.set(keys[row], (group = sizes.push(0) - 1));
    groupOf[row] = group;
    sizes[group]++;
  }
  const from = new Uint32Array(sizes.length + 1);
  for (const [group, size] of sizes.entries()) from[group + 1] = from[group] + size;
  const next = from.slice();
  const rows = new Uint32Array(from[sizes.length]);
  for (let row = 0; row < keys.length; row++) if (groupOf[row] !== NONE) rows[next[groupOf[row]]++] = row;
  return { count: sizes.length, from, rows };
}
