import { NONE, type Run, type Timeline } from './model.ts';
import { newNumbers, pickRows, rowsWhere } from './pick.ts';

/** [fromNs, toNs): from the run's origin in cutRun, from the timeline's own in cutTimeline. */
export interface TimeRange {
  readonly fromNs: number;
  readonly toNs: number;
}

export const WHOLE_RANGE: TimeRange = { fromNs: Number.NEGATIVE_INFINITY, toNs: Number.POSITIVE_INFINITY };

/** Says of a process and a track on it whether the track stays. */
export type TrackFilter = (processName: string, trackName: string) => boolean;

export function cutRun(run: Run, range: TimeRange, keepsTrack?: TrackFilter): Run {
  const shards = run.shards.map((shard) => {
    const own = { fromNs: range.fromNs - shard.shiftNs, toNs: range.toNs - shard.shiftNs };
    return { ...shard, timeline: cutTimeline(shard.timeline, own, keepsTrack) };
  });
  return { ...run, shards, endNs: Math.max(0, ...shards.map(({ timeline, shiftNs }) => shiftNs + timeline.endNs)) };
}

/**
 * What of a timeline lies in a range and on the chosen tracks. Slices that reach into the range stay whole. An arrow
 * stays when every end it has stays. Times still count from the same origin, and arrays of which nothing went are shared.
 */
export function cutTimeline(timeline: Timeline, range: TimeRange, keepsTrack?: TrackFilter): Timeline {
  const inRange = (ns: number): boolean => ns >= range.fromNs && ns < range.toNs;
  const { processes, tracks, slices, instants, counters } = timeline;
  const trackRows = rowsWhere(
    tracks.length,
    (id) => keepsTrack === undefined || keepsTrack(processes[tracks[id].process].name, tracks[id].name),
  );
  const stays = newNumbers(tracks.length, trackRows);
  const sliceRows = rowsWhere(slices.length, (row) => {
    const startNs = slices.startNs[row];
    const reachesIn = startNs < range.toNs && (startNs >= range.fromNs || startNs + slices.durNs[row] > range.fromNs);
    return reachesIn && stays[slices.track[row]] !== NONE;
  });
  const instantRows = rowsWhere(
    instants.length,
    (row) => inRange(instants.timeNs[row]) && stays[instants.track[row]] !== NONE,
  );
  const counterRows = rowsWhere(
    counters.length,
    (row) => inRange(counters.timeNs[row]) && stays[counters.track[row]] !== NONE,
  );
  return pickRows(timeline, {
    // Processes without tracks stay unless tracks were chosen.
    tracks: keepsTrack === undefined ? undefined : trackRows,
    slices: sliceRows,
    instants: instantRows,
    counters: counterRows,
    flowTimeStays: inRange,
  });
}
