import { type Diagnostics, MemorySource } from '../base/index.ts';
import { SourceArgs } from './args-store.ts';
import type { TimelineBuilder } from './builder.ts';
import { firstOfEach } from './duplicates.ts';
import type { EventRows } from './event-rows.ts';
import { pairFlows } from './flows.ts';
import { RowOrder } from './gather.ts';
import { assignLanes } from './lanes.ts';
import { type MatchedSlice, matchMarks } from './marks.ts';
import {
  type ArgsColumns,
  type ArgsStore,
  type CounterColumns,
  type FlowColumns,
  type InstantColumns,
  NONE,
  type SliceColumns,
  type Timeline,
} from './model.ts';
import { groupByTrack, groupInOrder, sortByTime } from './order.ts';
import { lanesPerTrack, moveOrigin, timeSpan } from './span.ts';
import { StringTable } from './strings.ts';
import { type SettledTracks, settleTracks, type TrackNaming } from './tracks.ts';

export interface Unfinished {
  readonly builder: TimelineBuilder;
  readonly rows: EventRows;
  readonly naming: TrackNaming;
  readonly diagnostics: Diagnostics;
  readonly args: ArgsStore;
}

/** Turns collected rows into columns: matches begins with ends, sorts, assigns lanes, joins flows, moves t = 0. */
export async function finishTimeline(unfinished: Unfinished): Promise<Timeline> {
  const { builder, rows, naming, diagnostics } = unfinished;
  const args = await addMatchedSlices(unfinished);
  const settled = settleTracks(builder.tracks, naming);
  const { slices, sliceRange, finalRow } = finishSlices(rows, settled, diagnostics);
  const instants = finishInstants(rows, settled, diagnostics);
  const { counters, counterRange } = finishCounters(rows, settled, diagnostics);
  const flows = finishFlows(unfinished, settled, slices, sliceRange, finalRow);
  const { first, last } = timeSpan(slices, instants, counters, flows);
  moveOrigin(first, slices.startNs, instants.timeNs, counters.timeNs, flows.fromNs, flows.toNs);
  const laneCounts = lanesPerTrack(slices, sliceRange);
  return {
    originNs: BigInt(rows.baseMicros) * 1000n + BigInt(first),
    endNs: last - first,
    strings: new StringTable(builder.strings),
    processes: settled.processes,
    tracks: settled.tracks.map((track, index) => ({ ...track, laneCount: laneCounts[index] })),
    slices,
    sliceRange,
    instants,
    counters,
    counterRange,
    flows,
    args,
    metadata: builder.metadata,
    tables: builder.tables,
  };
}

/** Makes slices of begin and end marks. Args that stand on both become one object in memory. */
async function addMatchedSlices(unfinished: Unfinished): Promise<ArgsStore> {
  const { builder, rows, diagnostics } = unfinished;
  if (rows.marks.length === 0) return unfinished.args;
  const matched = matchMarks(rows, lastTime(rows), diagnostics);
  const joined = await joinedArgs(unfinished, matched);
  const memory = new MemorySource('args joined from begin and end', joined.bytes);
  const last = builder.parts.at(-1);
  const base = last === undefined ? 0 : last.base + last.source.sizeBytes;
  matched.sort((a, b) => a.beginMark - b.beginMark);
  for (const slice of matched) addSlice(rows, slice, joined.ranges.get(slice.beginMark), base);
  return new SourceArgs([...builder.parts, { source: memory, base }]);
}

function addSlice(rows: EventRows, slice: MatchedSlice, joined: [number, number] | undefined, base: number): void {
  const { marks, slices } = rows;
  const i = slices.next();
  const columns = slices.columns;
  const mark = slice.beginMark;
  const argsMark = marks.at('argsBytes', mark) === 0 && slice.endMark !== NONE ? slice.endMark : mark;
  columns.track[i] = slice.track;
  columns.startNs[i] = slice.startNs;
  columns.durNs[i] = slice.durNs;
  columns.name[i] = marks.at('name', mark);
  columns.category[i] = marks.at('category', mark);
  columns.argsFrom[i] = joined === undefined ? marks.at('argsFrom', argsMark) : base + joined[0];
  columns.argsBytes[i] = joined === undefined ? marks.at('argsBytes', argsMark) : joined[1];
  columns.argsStrict[i] = joined === undefined ? marks.at('argsStrict', argsMark) : 0;
}

/** `{a}` and `{b}` become `{a,b}`; ranges by begin mark. */
async function joinedArgs(
  { rows: { marks }, args }: Unfinished,
  matched: readonly MatchedSlice[],
): Promise<{ bytes: Uint8Array; ranges: Map<number, [number, number]> }> {
  const both = matched.filter(
    ({ beginMark, endMark }) =>
      endMark !== NONE && marks.at('argsBytes', beginMark) > 2 && marks.at('argsBytes', endMark) > 2,
  );
  const columns: ArgsColumns = {
    argsFrom: marks.column('argsFrom'),
    argsBytes: marks.column('argsBytes'),
    argsStrict: marks.column('argsStrict'),
  };
  const begins = await args.block(
    columns,
    both.map(({ beginMark }) => beginMark),
  );
  const ends = await args.block(
    columns,
    both.map(({ endMark }) => endMark),
  );
  const bytes = new Uint8Array(begins.bytes.length + ends.bytes.length);
  const ranges = new Map<number, [number, number]>();
  let at = 0;
  both.forEach(({ beginMark }, i) => {
    const from = at;
    const head = begins.bytes.subarray(begins.from[i], begins.from[i + 1] - 1);
    const tail = ends.bytes.subarray(ends.from[i] + 1, ends.from[i + 1]);
    bytes.set(head, at);
    bytes[at + head.length] = 0x2c;
    bytes.set(tail, at + head.length + 1);
    at += head.length + 1 + tail.length;
    ranges.set(beginMark, [from, at - from]);
  });
  return { bytes, ranges };
}

function lastTime({ slices, marks, instants, counters, flowEnds }: EventRows): number {
  return Math.max(
    latest(slices.length, (i) => slices.at('startNs', i) + slices.at('durNs', i)),
    latest(marks.length, (i) => marks.at('timeNs', i)),
    latest(instants.length, (i) => instants.at('timeNs', i)),
    latest(counters.length, (i) => counters.at('timeNs', i)),
    latest(flowEnds.length, (i) => flowEnds.at('timeNs', i)),
  );
}

function latest(length: number, timeOf: (row: number) => number): number {
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) last = Math.max(last, timeOf(i));
  return last;
}

interface FinishedSlices {
  readonly slices: SliceColumns;
  readonly sliceRange: Uint32Array;
  /** Final slice by row as added; NONE for rows that were duplicates. */
  readonly finalRow: () => Int32Array;
}

function finishSlices(rows: EventRows, settled: SettledTracks, diagnostics: Diagnostics): FinishedSlices {
  const table = rows.slices;
  const rowCount = table.length;
  const { order, range } = sortedSlices(rows, settled, diagnostics);
  const startNs = table.take('startNs', order);
  const durNs = table.take('durNs', order);
  const { length } = order.rows;
  const lane = new Uint32Array(length);
  const depth = new Uint16Array(length);
  for (let t = 0; t < settled.tracks.length; t++) assignLanes(range[t], range[t + 1], startNs, durNs, lane, depth);
  const slices: SliceColumns = {
    length,
    track: trackColumn(range),
    startNs,
    durNs,
    name: table.take('name', order),
    category: table.take('category', order),
    depth,
    lane,
    fileOrder: order.rows,
    argsFrom: table.take('argsFrom', order),
    argsBytes: table.take('argsBytes', order),
    argsStrict: table.take('argsStrict', order),
    typed: rows.typed.columns(order.rows),
  };
  const finalRow = (): Int32Array => {
    const final = new Int32Array(rowCount).fill(NONE);
    for (let i = 0; i < length; i++) final[order.rows[i]] = i;
    return final;
  };
  return { slices, sliceRange: range, finalRow };
}

interface SortedRows {
  readonly order: RowOrder;
  /** Track t owns the rows [range[t], range[t + 1]) of the order. */
  readonly range: Uint32Array;
}

function sortedSlices({ slices, partStarts }: EventRows, settled: SettledTracks, diagnostics: Diagnostics): SortedRows {
  const parts = partStarts.map((part) => part.slices);
  const durNs = slices.column('durNs');
  const identity = (row: number): string => `${durNs[row]} ${slices.at('name', row)}`;
  const columns = { track: slices.column('track'), timeNs: slices.column('startNs'), durNs };
  const sorted = sortedRows(columns, settled, parts, identity, diagnostics);
  slices.drop('track');
  return sorted;
}

interface SortColumns {
  readonly track: Int32Array;
  readonly timeNs: Float64Array;
  readonly durNs?: Float64Array;
}

/** Rows by track and time, without copies in later parts. */
function sortedRows(
  { track, timeNs, durNs }: SortColumns,
  { trackOf, tracks }: SettledTracks,
  parts: readonly number[],
  identity: (row: number) => string,
  diagnostics: Diagnostics,
): SortedRows {
  const { order, range, isUnsorted } = groupInOrder(track, trackOf, tracks.length, timeNs, durNs);
  for (const t of tracks.keys()) if (isUnsorted[t] === 1) sortByTime(order, range[t], range[t + 1], timeNs, durNs);
  const first = firstOfEach(order, range, timeNs, parts, identity, diagnostics);
  return { order: new RowOrder(first.order), range: first.range };
}

/** The track of every row. */
function trackColumn(range: Uint32Array): Int32Array {
  const track = new Int32Array(range[range.length - 1]);
  for (let t = 0; t + 1 < range.length; t++) track.fill(t, range[t], range[t + 1]);
  return track;
}

function finishInstants(rows: EventRows, settled: SettledTracks, diagnostics: Diagnostics): InstantColumns {
  const table = rows.instants;
  const parts = rows.partStarts.map(({ instants }) => instants);
  const identity = (row: number): string => `${table.at('name', row)}`;
  const columns = { track: table.column('track'), timeNs: table.column('timeNs') };
  const { order, range } = sortedRows(columns, settled, parts, identity, diagnostics);
  return {
    length: order.rows.length,
    track: trackColumn(range),
    timeNs: table.take('timeNs', order),
    name: table.take('name', order),
    category: table.take('category', order),
    argsFrom: table.take('argsFrom', order),
    argsBytes: table.take('argsBytes', order),
    argsStrict: table.take('argsStrict', order),
  };
}

function finishCounters(
  rows: EventRows,
  settled: SettledTracks,
  diagnostics: Diagnostics,
): { counters: CounterColumns; counterRange: Uint32Array } {
  const table = rows.counters;
  const parts = rows.partStarts.map(({ counters }) => counters);
  const identity = (row: number): string => `${table.at('value', row)}`;
  const columns = { track: table.column('track'), timeNs: table.column('timeNs') };
  const { order, range } = sortedRows(columns, settled, parts, identity, diagnostics);
  const counters = {
    length: order.rows.length,
    track: trackColumn(range),
    timeNs: table.take('timeNs', order),
    value: table.take('value', order),
  };
  return { counters, counterRange: range };
}

function finishFlows(
  { builder, rows, diagnostics }: Unfinished,
  settled: SettledTracks,
  slices: SliceColumns,
  sliceRange: Uint32Array,
  finalRow: () => Int32Array,
): FlowColumns {
  const table = rows.flowEnds;
  const kept = keptFlowEnds(rows, builder.flowKeyCount, diagnostics);
  let final: Int32Array | undefined;
  for (let row = 0; row < table.length; row++) {
    table.set('track', row, settled.trackOf[table.at('track', row)]);
    const slice = table.at('slice', row);
    if (slice === NONE) continue;
    final ??= finalRow();
    table.set('slice', row, final[slice]);
  }
  return pairFlows(table, builder.flowKeyCount, kept, slices, sliceRange);
}

/** The ends that are no copies, as they were added. */
function keptFlowEnds(rows: EventRows, keyCount: number, diagnostics: Diagnostics): Uint32Array {
  const table = rows.flowEnds;
  const parts = rows.partStarts.map(({ flowEnds }) => flowEnds);
  if (parts.length < 2) return new Uint32Array(table.length).map((_, row) => row);
  const time = table.column('timeNs');
  const { order, range } = groupByTrack(table.column('key'), keyCount);
  for (let k = 0; k < keyCount; k++) sortByTime(order, range[k], range[k + 1], time);
  const identity = (row: number): string => `${table.at('track', row)} ${table.at('end', row)}`;
  return firstOfEach(order, range, time, parts, identity, diagnostics).order.sort();
}
