import type { Diagnostics } from '../base/index.ts';

/**
 * Drops rows that stand in an earlier file of the same capture as well: the tool that split it wrote them twice.
 * Rows of one file are never dropped, however alike. `order` is grouped by `range` and sorted by time within groups;
 * `parts` are the first rows of each file.
 */
export function firstOfEach(
  order: Uint32Array,
  range: Uint32Array,
  timeNs: Float64Array,
  parts: readonly number[],
  isSame: (a: number, b: number) => boolean,
  diagnostics: Diagnostics,
): { order: Uint32Array; range: Uint32Array } {
  if (parts.filter((start) => start > 0).length === 0) return { order, range };
  const partOf = (row: number): number => parts.findLastIndex((start) => start <= row);
  const kept = new Uint32Array(order.length);
  const keptRange = new Uint32Array(range.length);
  let count = 0;
  for (let group = 0; group + 1 < range.length; group++) {
    for (let i = range[group]; i < range[group + 1]; i++) {
      if (standsInEarlierPart(i, range[group])) diagnostics.add('duplicate_event');
      else kept[count++] = order[i];
    }
    keptRange[group + 1] = count;
  }
  return { order: kept.slice(0, count), range: keptRange };

  /** Looks back over the rows of the same time only; a copy is always among them. */
  function standsInEarlierPart(i: number, from: number): boolean {
    const row = order[i];
    for (let k = i - 1; k >= from && timeNs[order[k]] === timeNs[row]; k--) {
      if (isSame(order[k], row) && partOf(order[k]) < partOf(row)) return true;
    }
    return false;
  }
}
