import type { Diagnostics } from '../base/index.ts';

/**
 * Drops rows that stand in an earlier file of the same capture as well: the tool that split it wrote them twice.
 * Rows of one file are never dropped, however alike. `order` is grouped by `range` and sorted by time within groups;
 * `parts` are the first rows of each file; `identityOf` tells rows of one group and time apart.
 */
export function firstOfEach(
  order: Uint32Array,
  range: Uint32Array,
  timeNs: Float64Array,
  parts: readonly number[],
  identityOf: (row: number) => string,
  diagnostics: Diagnostics,
): { order: Uint32Array; range: Uint32Array } {
  if (parts.filter((start) => start > 0).length === 0) return { order, range };
  const partOf = (row: number): number => parts.findLastIndex((start) => start <= row);
  const kept = new Uint32Array(order.length);
  const keptRange = new Uint32Array(range.length);
  let count = 0;
  for (let group = 0; group + 1 < range.length; group++) {
    for (let from = range[group]; from < range[group + 1];) {
      let to = from + 1;
      while (to < range[group + 1] && timeNs[order[to]] === timeNs[order[from]]) to++;
      if (to === from + 1) kept[count++] = order[from];
      else keepFirsts(from, to);
      from = to;
    }
    keptRange[group + 1] = count;
  }
  return { order: kept.slice(0, count), range: keptRange };

  /** Rows of one time: a copy is always among them. */
  function keepFirsts(from: number, to: number): void {
    const firstPart = new Map<string, number>();
    for (let i = from; i < to; i++) {
      const part = partOf(order[i]);
      const identity = identityOf(order[i]);
      const first = firstPart.get(identity) ?? part;
      firstPart.set(identity, Math.min(first, part));
      if (first < part) diagnostics.add('duplicate_event');
      else kept[count++] = order[i];
    }
  }
}
