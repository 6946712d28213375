/** Groups of intervals of one device that overlap or touch: the start of the first and the latest end of each. */
export interface Merged {
  readonly startUs: readonly number[];
  readonly endUs: readonly number[];
}

/** Intervals in the order of starts. An end may lie 1 us before its start; such a group counts with -1 us, as in HTA. */
export function mergedIntervals(
  { length, startUs, endUs }: { readonly length: number; readonly startUs: Float64Array; readonly endUs: Float64Array },
  isChosen: (row: number) => boolean,
): Merged {
  const merged = { startUs: [] as number[], endUs: [] as number[] };
  let reachUs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < length; row++) {
    if (!isChosen(row)) continue;
    const last = merged.startUs.length - 1;
    if (last < 0 || startUs[row] > reachUs) {
      merged.startUs.push(startUs[row]);
      merged.endUs.push(endUs[row]);
    } else merged.endUs[last] = Math.max(merged.endUs[last], endUs[row]);
    reachUs = Math.max(reachUs, endUs[row]);
  }
  return merged;
}

export function totalUs({ startUs, endUs }: Merged): number {
  return startUs.reduce((sum, start, group) => sum + endUs[group] - start, 0);
}

/** How long each combination of several sets runs: by the sum of 1 for the first set, 2 for the second, 4 for the third. */
export function combinedUs(sets: readonly Merged[]): Map<number, number> {
  // Bounds are sorted as numbers: the time, and below it which set begins or ends.
  const CODES = 2 * sets.length;
  const bounds = new Float64Array(2 * sets.reduce((count, { startUs }) => count + startUs.length, 0));
  let filled = 0;
  for (const [set, { startUs, endUs }] of sets.entries()) {
    for (let group = 0; group < startUs.length; group++) {
      bounds[filled++] = startUs[group] * CODES + 2 * set;
      bounds[filled++] = endUs[group] * CODES + 2 * set + 1;
    }
  }
  bounds.sort();
  const times = new Map<number, number>();
  let running = 0;
  for (let at = 0; at + 1 < bounds.length; at++) {
    const us = Math.floor(bounds[at] / CODES);
    const code = bounds[at] - us * CODES;
    running += code % 2 === 0 ? 2 ** (code >> 1) : -(2 ** (code >> 1));
    const lengthUs = Math.floor(bounds[at + 1] / CODES) - us;
    if (running > 0 && lengthUs > 0) times.set(running, (times.get(running) ?? 0) + lengthUs);
  }
  return times;
}
