/** Row numbers grouped by track (0 to trackCount - 1), each group in the order of the rows; and where groups begin. */
export function groupByTrack(track: Int32Array, trackCount: number): { order: Uint32Array; range: Uint32Array } {
  const range = new Uint32Array(trackCount + 1);
  for (let row = 0; row < track.length; row++) range[track[row] + 1]++;
  for (let t = 0; t < trackCount; t++) range[t + 1] += range[t];
  const next = range.slice();
  const order = new Uint32Array(track.length);
  for (let row = 0; row < track.length; row++) order[next[track[row]]++] = row;
  return { order, range };
}

/** Rows grouped by track, and which tracks have to be sorted yet. */
export interface GroupedRows {
  readonly order: Uint32Array;
  readonly range: Uint32Array;
  readonly isUnsorted: Uint8Array;
}

/**
 * As groupByTrack, for tracks that have other numbers in the end: `trackOf` gives these. On the way it is seen which
 * tracks are in order already, by time and then by longer duration, as most are.
 */
export function groupInOrder(
  track: Int32Array,
  trackOf: Int32Array,
  trackCount: number,
  timeNs: Float64Array,
  durNs?: Float64Array,
): GroupedRows {
  const range = new Uint32Array(trackCount + 1);
  const isUnsorted = new Uint8Array(trackCount);
  const lastNs = new Float64Array(trackCount).fill(Number.NEGATIVE_INFINITY);
  const lastDurNs = new Float64Array(trackCount);
  for (let row = 0; row < track.length; row++) {
    const t = trackOf[track[row]];
    const time = timeNs[row];
    const dur = durNs === undefined ? 0 : durNs[row];
    range[t + 1]++;
    if (time < lastNs[t] || (time === lastNs[t] && dur > lastDurNs[t])) isUnsorted[t] = 1;
    lastNs[t] = time;
    lastDurNs[t] = dur;
  }
  for (let t = 0; t < trackCount; t++) range[t + 1] += range[t];
  const next = range.slice();
  const order = new Uint32Array(track.length);
  for (let row = 0; row < track.length; row++) order[next[trackOf[track[row]]]++] = row;
  return { order, range, isUnsorted };
}

/**
 * Sorts order[from, to) by time, then by longer duration, then as they stand. Captures are almost sorted already, so
 * this is a merge sort over the ascending runs it finds.
 */
export function sortByTime(
  order: Uint32Array,
  from: number,
  to: number,
  timeNs: Float64Array,
  durNs?: Float64Array,
): void {
  let sorted = from + 1;
  while (sorted < to && !isAfter(order[sorted - 1], order[sorted], timeNs, durNs)) sorted++;
  if (sorted >= to) return;
  const runs = ascendingRuns(order, from, to, timeNs, durNs);
  const spare = new Uint32Array(to - from);
  let bounds = runs;
  while (bounds.length > 2) {
    const merged = [bounds[0]];
    for (let k = 0; k + 2 < bounds.length; k += 2) {
      mergeRuns(order, bounds[k], bounds[k + 1], bounds[k + 2], spare, timeNs, durNs);
      merged.push(bounds[k + 2]);
    }
    if (bounds.length % 2 === 0) merged.push(bounds[bounds.length - 1]);
    bounds = merged;
  }
}

/** Boundaries of the runs that are in order already: [from, ..., to]. */
function ascendingRuns(
  order: Uint32Array,
  from: number,
  to: number,
  timeNs: Float64Array,
  durNs: Float64Array | undefined,
): number[] {
  const bounds = [from];
  for (let i = from + 1; i < to; i++) {
    if (isAfter(order[i - 1], order[i], timeNs, durNs)) bounds.push(i);
  }
  bounds.push(to);
  return bounds;
}

function isAfter(a: number, b: number, timeNs: Float64Array, durNs: Float64Array | undefined): boolean {
  if (timeNs[a] !== timeNs[b]) return timeNs[a] > timeNs[b];
  return durNs !== undefined && durNs[a] < durNs[b];
}

/** Stable: on a tie the row of the left run goes first. */
function mergeRuns(
  order: Uint32Array,
  left: number,
  middle: number,
  right: number,
  spare: Uint32Array,
  timeNs: Float64Array,
  durNs: Float64Array | undefined,
): void {
  const leftCount = middle - left;
  for (let i = 0; i < leftCount; i++) spare[i] = order[left + i];
  let i = 0;
  let j = middle;
  let at = left;
  while (i < leftCount && j < right) {
    order[at++] = isAfter(spare[i], order[j], timeNs, durNs) ? order[j++] : spare[i++];
  }
  while (i < leftCount) order[at++] = spare[i++];
}
