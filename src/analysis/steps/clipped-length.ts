import type { TimeWindow } from '../extent.ts';
import type { Intervals } from '../intervals.ts';

/** How much of a set lies in each of several windows, which are sorted and do not overlap. One pass over both. */
export function lengthWithin(intervals: Intervals, windows: readonly TimeWindow[]): Float64Array {
  const lengths = new Float64Array(windows.length);
  let first = 0;
  for (const [number, { startNs, endNs }] of windows.entries()) {
    while (first < intervals.length && intervals[first + 1] <= startNs) first += 2;
    for (let i = first; i < intervals.length && intervals[i] < endNs; i += 2) {
      lengths[number] += Math.min(intervals[i + 1], endNs) - Math.max(intervals[i], startNs);
    }
  }
  return lengths;
}
