import { mergeSorted } from './sorted-merge.ts';

/**
 * Rows of several sorted lists, one behind the other, in the order of (start, longest first); of equal rows those of the
 * earlier list come first. `bounds`: where each list begins, and the end of the last.
 */
export function mergedOrder(bounds: readonly number[], startNs: Float64Array, endNs: Float64Array): Uint32Array {
  const order = new Uint32Array(bounds[bounds.length - 1]);
  let length = 0;
  // Of rows that start together the longer is the one that ends later.
  const lists = bounds.slice(1).map((to, list) => ({ startNs, durNs: endNs, shiftNs: 0, from: bounds[list], to }));
  mergeSorted(lists, (_, from, to) => {
    for (let row = from; row < to; row++) order[length++] = row;
  });
  return order;
}
