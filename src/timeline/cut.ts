import { type ArgsColumns, NONE, type Run, type SliceColumns, type Timeline } from './model.ts';

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
  const kept = keepsTrack === undefined ? wholeOf(timeline) : keptTracks(timeline, keepsTrack);
  const { slices, instants, counters } = timeline;
  const sliceRows = rowsWhere(slices.length, (row) => {
    const startNs = slices.startNs[row];
    const reachesIn = startNs < range.toNs && (startNs >= range.fromNs || startNs + slices.durNs[row] > range.fromNs);
    return reachesIn && kept.newTrack[slices.track[row]] !== NONE;
  });
  const instantRows = rowsWhere(
    instants.length,
    (row) => inRange(instants.timeNs[row]) && kept.newTrack[instants.track[row]] !== NONE,
  );
  const counterRows = rowsWhere(
    counters.length,
    (row) => inRange(counters.timeNs[row]) && kept.newTrack[counters.track[row]] !== NONE,
  );
  const cut: Timeline = {
    ...timeline,
    processes: kept.processes,
    tracks: kept.tracks,
    slices: pickSlices(slices, sliceRows, kept.newTrack),
    instants: {
      length: instantRows.length,
      track: renumbered(instants.track, instantRows, kept.newTrack),
      timeNs: picked(instants.timeNs, instantRows),
      name: picked(instants.name, instantRows),
      category: picked(instants.category, instantRows),
      ...pickArgs(instants, instantRows),
    },
    counters: {
      length: counterRows.length,
      track: renumbered(counters.track, counterRows, kept.newTrack),
      timeNs: picked(counters.timeNs, counterRows),
      value: picked(counters.value, counterRows),
    },
    flows: cutFlows(timeline, newNumbers(slices.length, sliceRows), kept.newTrack, inRange),
  };
  return {
    ...cut,
    tracks: withLaneCounts(cut),
    sliceRange: rangesOf(cut.slices.track, cut.tracks.length),
    counterRange: rangesOf(cut.counters.track, cut.tracks.length),
    endNs: lastTime(cut),
  };
}

interface KeptTracks {
  readonly processes: Timeline['processes'];
  readonly tracks: Timeline['tracks'];
  /** By old track number; NONE for a track that goes. */
  readonly newTrack: Int32Array;
}

function wholeOf({ processes, tracks }: Timeline): KeptTracks {
  return { processes, tracks, newTrack: Int32Array.from(tracks.keys()) };
}

function keptTracks({ processes, tracks }: Timeline, keepsTrack: TrackFilter): KeptTracks {
  const trackRows = rowsWhere(tracks.length, (id) => keepsTrack(processes[tracks[id].process].name, tracks[id].name));
  const used = new Set(Array.from(trackRows, (id) => tracks[id].process));
  const processRows = rowsWhere(processes.length, (id) => used.has(id));
  const newProcess = newNumbers(processes.length, processRows);
  return {
    processes: Array.from(processRows, (id) => processes[id]),
    tracks: Array.from(trackRows, (id) => ({ ...tracks[id], process: newProcess[tracks[id].process] })),
    newTrack: newNumbers(tracks.length, trackRows),
  };
}

function cutFlows(
  { flows }: Timeline,
  newSlice: Int32Array,
  newTrack: Int32Array,
  inRange: (ns: number) => boolean,
): Timeline['flows'] {
  const endStays = (track: number, ns: number, slice: number): boolean => {
    if (track === NONE) return true;
    return slice === NONE ? newTrack[track] !== NONE && inRange(ns) : newSlice[slice] !== NONE;
  };
  const rows = rowsWhere(
    flows.length,
    (row) =>
      endStays(flows.fromTrack[row], flows.fromNs[row], flows.fromSlice[row]) &&
      endStays(flows.toTrack[row], flows.toNs[row], flows.toSlice[row]),
  );
  return {
    length: rows.length,
    name: picked(flows.name, rows),
    category: picked(flows.category, rows),
    fromTrack: renumbered(flows.fromTrack, rows, newTrack),
    fromNs: picked(flows.fromNs, rows),
    fromSlice: renumbered(flows.fromSlice, rows, newSlice),
    toTrack: renumbered(flows.toTrack, rows, newTrack),
    toNs: picked(flows.toNs, rows),
    toSlice: renumbered(flows.toSlice, rows, newSlice),
  };
}

function pickSlices(slices: SliceColumns, rows: Uint32Array, newTrack: Int32Array): SliceColumns {
  const fileOrder = picked(slices.fileOrder, rows);
  return {
    length: rows.length,
    track: renumbered(slices.track, rows, newTrack),
    startNs: picked(slices.startNs, rows),
    durNs: picked(slices.durNs, rows),
    name: picked(slices.name, rows),
    category: picked(slices.category, rows),
    depth: picked(slices.depth, rows),
    lane: picked(slices.lane, rows),
    fileOrder,
    typed: new Map(Array.from(slices.typed, ([key, column]) => [key, column.forRows(fileOrder)])),
    ...pickArgs(slices, rows),
  };
}

function pickArgs(columns: ArgsColumns, rows: Uint32Array): ArgsColumns {
  return {
    argsFrom: picked(columns.argsFrom, rows),
    argsBytes: picked(columns.argsBytes, rows),
    argsStrict: picked(columns.argsStrict, rows),
  };
}

type Column = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/** The chosen rows of a column; the column itself where that is all of them. */
function picked<T extends Column>(column: T, rows: Uint32Array): T;
function picked(column: Column, rows: Uint32Array): Column {
  if (rows.length === column.length) return column;
  const chosen = column.slice(0, rows.length);
  for (let i = 0; i < rows.length; i++) chosen[i] = column[rows[i]];
  return chosen;
}

/** As `picked`, for a column of row numbers that have changed. */
function renumbered(column: Int32Array, rows: Uint32Array, newNumber: Int32Array): Int32Array {
  const nothingWent = newNumber.length === 0 || newNumber[newNumber.length - 1] === newNumber.length - 1;
  const chosen = picked(column, rows);
  if (nothingWent) return chosen;
  return chosen.map((old) => (old === NONE ? NONE : newNumber[old]));
}

function rowsWhere(length: number, stays: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) if (stays(row)) rows[count++] = row;
  return rows.slice(0, count);
}

/** From old to new row number, NONE for rows that went. */
function newNumbers(length: number, rows: Uint32Array): Int32Array {
  const numbers = new Int32Array(length).fill(NONE);
  for (let i = 0; i < rows.length; i++) numbers[rows[i]] = i;
  return numbers;
}

function rangesOf(track: Int32Array, trackCount: number): Uint32Array {
  const ranges = new Uint32Array(trackCount + 1);
  for (let row = 0; row < track.length; row++) ranges[track[row] + 1]++;
  for (let id = 0; id < trackCount; id++) ranges[id + 1] += ranges[id];
  return ranges;
}

function withLaneCounts({ tracks, slices }: Timeline): Timeline['tracks'] {
  const laneCounts = new Uint32Array(tracks.length).fill(1);
  for (let row = 0; row < slices.length; row++) {
    const track = slices.track[row];
    laneCounts[track] = Math.max(laneCounts[track], slices.lane[row] + 1);
  }
  if (tracks.every((track, id) => track.laneCount === laneCounts[id])) return tracks;
  return tracks.map((track, id) => ({ ...track, laneCount: laneCounts[id] }));
}

function lastTime({ slices, instants, counters }: Timeline): number {
  let last = 0;
  for (let row = 0; row < slices.length; row++) last = Math.max(last, slices.startNs[row] + slices.durNs[row]);
  for (let row = 0; row < instants.length; row++) last = Math.max(last, instants.timeNs[row]);
  for (let row = 0; row < counters.length; row++) last = Math.max(last, counters.timeNs[row]);
  return last;
}
