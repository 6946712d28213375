import type { CounterColumns, FlowColumns, InstantColumns, SliceColumns } from './model.ts';

/** The first start and the last end of all rows; 0 and 0 where there are none. */
export function timeSpan(
  slices: SliceColumns,
  instants: InstantColumns,
  counters: CounterColumns,
  flows: FlowColumns,
): { first: number; last: number } {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < slices.length; i++) {
    const end = slices.startNs[i] + slices.durNs[i];
    if (slices.startNs[i] < first) first = slices.startNs[i];
    if (end > last) last = end;
  }
  for (const times of [instants.timeNs, counters.timeNs, flows.fromNs, flows.toNs]) {
    for (let i = 0; i < times.length; i++) {
      if (times[i] < first) first = times[i];
      if (times[i] > last) last = times[i];
    }
  }
  return first > last ? { first: 0, last: 0 } : { first, last };
}

/** Makes `first` the new zero of every column. */
export function moveOrigin(first: number, ...columns: Float64Array[]): void {
  for (const column of columns) for (let i = 0; i < column.length; i++) column[i] -= first;
}

/** How many lanes each track uses. */
export function lanesPerTrack(slices: SliceColumns, sliceRange: Uint32Array): number[] {
  return Array.from({ length: sliceRange.length - 1 }, (_, track) => {
    let highest = 0;
    for (let i = sliceRange[track]; i < sliceRange[track + 1]; i++) highest = Math.max(highest, slices.lane[i]);
    return highest + 1;
  });
}
