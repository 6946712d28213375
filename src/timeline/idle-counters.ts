import { NONE, type Timeline } from './model.ts';
import { newNumbers, pickRows, rowsWhere } from './pick.ts';

/** Without counters that are 0 throughout: profilers list every component there is, used or not. */
export function withoutIdleCounters(timeline: Timeline): Timeline {
  const { tracks, slices, instants, counters, counterRange } = timeline;
  const kept = rowsWhere(tracks.length, (track) => {
    const values = counters.value.subarray(counterRange[track], counterRange[track + 1]);
    return values.length === 0 || values.some((value) => value !== 0);
  });
  if (kept.length === tracks.length) return timeline;
  const stays = newNumbers(tracks.length, kept);
  return pickRows(timeline, {
    tracks: kept,
    slices: rowsWhere(slices.length, (row) => stays[slices.track[row]] !== NONE),
    instants: rowsWhere(instants.length, (row) => stays[instants.track[row]] !== NONE),
    counters: rowsWhere(counters.length, (row) => stays[counters.track[row]] !== NONE),
    flowTimeStays: () => true,
  });
}
