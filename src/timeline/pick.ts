import { assignLanes } from './lanes.ts';
import { type ArgsColumns, NONE, type SliceColumns, type Timeline } from './model.ts';

/** Rows of a timeline, in ascending order. */
export interface PickedRows {
  /** undefined: all, and processes without tracks as well. */
  readonly tracks: Uint32Array | undefined;
  /** Of these tracks only. */
  readonly slices: Uint32Array;
  readonly instants: Uint32Array;
  readonly counters: Uint32Array;
  /** Of ends of arrows that have no slice. */
  flowTimeStays(timeNs: number): boolean;
}

/** A timeline of some rows of another. An arrow stays when every end it has stays. Arrays of which nothing went are shared. */
export function pickRows(timeline: Timeline, rows: PickedRows): Timeline {
  const kept = rows.tracks === undefined ? wholeOf(timeline) : keptTracks(timeline, rows.tracks);
  const { slices, instants, counters } = timeline;
  const picked: Timeline = {
    ...timeline,
    processes: kept.processes,
    tracks: kept.tracks,
    slices: pickSlices(slices, rows.slices, kept.newTrack),
    instants: {
      length: rows.instants.length,
      track: renumbered(instants.track, rows.instants, kept.newTrack),
      timeNs: pickedColumn(instants.timeNs, rows.instants),
      name: pickedColumn(instants.name, rows.instants),
      category: pickedColumn(instants.category, rows.instants),
      ...pickArgs(instants, rows.instants),
    },
    counters: {
      length: rows.counters.length,
      track: renumbered(counters.track, rows.counters, kept.newTrack),
      timeNs: pickedColumn(counters.timeNs, rows.counters),
      value: pickedColumn(counters.value, rows.counters),
    },
    flows: pickFlows(timeline, newNumbers(slices.length, rows.slices), kept.newTrack, rows.flowTimeStays),
  };
  return {
    ...picked,
    tracks: withLaneCounts(picked),
    sliceRange: rangesOf(picked.slices.track, picked.tracks.length),
    counterRange: rangesOf(picked.counters.track, picked.tracks.length),
    endNs: lastTime(picked),
  };
}

/** A timeline without the other tracks and what stands on them. */
export function onlyTracks(timeline: Timeline, isKept: (track: number) => boolean): Timeline {
  const { tracks, slices, instants, counters } = timeline;
  const kept = rowsWhere(tracks.length, isKept);
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

/** A timeline of some slices only, and of their tracks only. What lay around them may be gone, so they get new lanes. */
export function pickSlicesOnly(timeline: Timeline, slices: Uint32Array): Timeline {
  const used = new Set(Array.from(slices, (slice) => timeline.slices.track[slice]));
  const nothing = new Uint32Array(0);
  const tracks = rowsWhere(timeline.tracks.length, (id) => used.has(id));
  const rows = { tracks, slices, instants: nothing, counters: nothing, flowTimeStays: () => false };
  const picked = pickRows(timeline, rows);
  const lane = new Uint32Array(slices.length);
  const depth = new Uint16Array(slices.length);
  const { startNs, durNs } = picked.slices;
  const { sliceRange } = picked;
  for (const t of picked.tracks.keys()) assignLanes(sliceRange[t], sliceRange[t + 1], startNs, durNs, lane, depth);
  const placed = { ...picked, slices: { ...picked.slices, lane, depth } };
  return { ...placed, tracks: withLaneCounts(placed) };
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

function keptTracks({ processes, tracks }: Timeline, trackRows: Uint32Array): KeptTracks {
  const used = new Set(Array.from(trackRows, (id) => tracks[id].process));
  const processRows = rowsWhere(processes.length, (id) => used.has(id));
  const newProcess = newNumbers(processes.length, processRows);
  return {
    processes: Array.from(processRows, (id) => processes[id]),
    tracks: Array.from(trackRows, (id) => ({ ...tracks[id], process: newProcess[tracks[id].process] })),
    newTrack: newNumbers(tracks.length, trackRows),
  };
}

function pickFlows(
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
    name: pickedColumn(flows.name, rows),
    category: pickedColumn(flows.category, rows),
    fromTrack: renumbered(flows.fromTrack, rows, newTrack),
    fromNs: pickedColumn(flows.fromNs, rows),
    fromSlice: renumbered(flows.fromSlice, rows, newSlice),
    toTrack: renumbered(flows.toTrack, rows, newTrack),
    toNs: pickedColumn(flows.toNs, rows),
    toSlice: renumbered(flows.toSlice, rows, newSlice),
  };
}

function pickSlices(slices: SliceColumns, rows: Uint32Array, newTrack: Int32Array): SliceColumns {
  const rowsOf = new Map<Uint32Array, Uint32Array>();
  const pickedRowOf = (rowOf: Uint32Array): Uint32Array => {
    const known = rowsOf.get(rowOf) ?? pickedColumn(rowOf, rows);
    rowsOf.set(rowOf, known);
    return known;
  };
  return {
    length: rows.length,
    track: renumbered(slices.track, rows, newTrack),
    startNs: pickedColumn(slices.startNs, rows),
    durNs: pickedColumn(slices.durNs, rows),
    name: pickedColumn(slices.name, rows),
    category: pickedColumn(slices.category, rows),
    depth: pickedColumn(slices.depth, rows),
    lane: pickedColumn(slices.lane, rows),
    fileOrder: pickedRowOf(slices.fileOrder),
    typed: new Map(Array.from(slices.typed, ([key, column]) => [key, column.withRows(pickedRowOf)])),
    ...pickArgs(slices, rows),
  };
}

function pickArgs(columns: ArgsColumns, rows: Uint32Array): ArgsColumns {
  return {
    argsFrom: pickedColumn(columns.argsFrom, rows),
    argsBytes: pickedColumn(columns.argsBytes, rows),
    argsStrict: pickedColumn(columns.argsStrict, rows),
  };
}

type Column = Float64Array | Uint32Array | Int32Array | Uint16Array | Uint8Array;

/** The chosen rows of a column; the column itself where that is all of them. */
function pickedColumn<T extends Column>(column: T, rows: Uint32Array): T;
function pickedColumn(column: Column, rows: Uint32Array): Column {
  if (rows.length === column.length) return column;
  const chosen = column.slice(0, rows.length);
  for (let i = 0; i < rows.length; i++) chosen[i] = column[rows[i]];
  return chosen;
}

/** As `pickedColumn`, for a column of row numbers that have changed. */
function renumbered(column: Int32Array, rows: Uint32Array, newNumber: Int32Array): Int32Array {
  const nothingWent = newNumber.length === 0 || newNumber[newNumber.length - 1] === newNumber.length - 1;
  const chosen = pickedColumn(column, rows);
  if (nothingWent) return chosen;
  return chosen.map((old) => (old === NONE ? NONE : newNumber[old]));
}

/** The rows, in ascending order, that stay. */
export function rowsWhere(length: number, stays: (row: number) => boolean): Uint32Array {
  const rows = new Uint32Array(length);
  let count = 0;
  for (let row = 0; row < length; row++) if (stays(row)) rows[count++] = row;
  return rows.slice(0, count);
}

/** From old to new row number, NONE for rows that went. */
export function newNumbers(length: number, rows: Uint32Array): Int32Array {
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
