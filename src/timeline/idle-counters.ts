import type { Timeline } from './model.ts';
import { onlyTracks } from './pick.ts';

/** Without counters that are 0 throughout: profilers list every component there is, used or not. */
export function withoutIdleCounters(timeline: Timeline): Timeline {
  const { counters, counterRange } = timeline;
  return onlyTracks(timeline, (track) => {
    const values = counters.value.subarray(counterRange[track], counterRange[track + 1]);
    return values.length === 0 || values.some((value) => value !== 0);
  });
}
