import { FLOW_END, type FLOW_END_SCHEMA } from './columns.ts';
import { RowOrder } from './gather.ts';
import { type FlowColumns, NONE, type SliceColumns } from './model.ts';
import { groupByTrack, sortByTime } from './order.ts';
import type { Rows } from './rows.ts';

/** The loose ends of all arrows, as columns. */
interface Ends {
  readonly length: number;
  readonly key: Int32Array;
  readonly track: Int32Array;
  readonly timeNs: Float64Array;
  readonly end: Uint8Array;
  readonly name: Int32Array;
  readonly category: Int32Array;
  readonly slice: Int32Array;
}

/**
 * Joins flow ends of one key into arrows. Each step or finish gets its arrow from the latest start or step of the key
 * that is not later than it, or, where clocks disagree, from the first one; so one start may serve several finishes
 * and a key may be used again. Ends without a partner become rows with one side missing.
 */
export function pairFlows(
  rows: Rows<typeof FLOW_END_SCHEMA>,
  keyCount: number,
  kept: Uint32Array,
  slices: SliceColumns,
  sliceRange: Uint32Array,
): FlowColumns {
  const addedOrder = new RowOrder(kept);
  const ends: Ends = {
    length: kept.length,
    key: rows.take('key', addedOrder),
    track: rows.take('track', addedOrder),
    timeNs: rows.take('timeNs', addedOrder),
    end: rows.take('end', addedOrder),
    name: rows.take('name', addedOrder),
    category: rows.take('category', addedOrder),
    slice: rows.take('slice', addedOrder),
  };
  bindEnds(ends, slices, sliceRange);
  const { order, range } = groupByTrack(ends.key, keyCount);
  const from = new Int32Array(ends.length);
  const to = new Int32Array(ends.length);
  let count = 0;
  const used = new Uint8Array(ends.length);
  const emit = (source: number, target: number): void => {
    if (source !== NONE) used[source] = 1;
    from[count] = source;
    to[count++] = target;
  };
  for (let key = 0; key < keyCount; key++) {
    if (range[key + 1] - range[key] === 2 && isPlainArrow(ends, order[range[key]], order[range[key] + 1])) {
      emit(order[range[key]], order[range[key] + 1]);
      continue;
    }
    sortByTime(order, range[key], range[key + 1], ends.timeNs);
    pairKey(order, range[key], range[key + 1], ends, used, emit);
  }
  return arrowColumns(ends, from.subarray(0, count), to.subarray(0, count));
}

/** As most are: one start, and one finish that is not earlier. */
function isPlainArrow({ end, timeNs }: Ends, first: number, second: number): boolean {
  return end[first] === FLOW_END.start && end[second] >= FLOW_END.finish && timeNs[first] <= timeNs[second];
}

function pairKey(
  order: Uint32Array,
  from: number,
  to: number,
  ends: Ends,
  used: Uint8Array,
  emit: (source: number, target: number) => void,
): void {
  let first = NONE;
  for (let i = from; i < to && first === NONE; i++) if (canStart(ends.end[order[i]])) first = order[i];
  let latest = NONE;
  for (let i = from; i < to; i++) {
    const end = order[i];
    const kind = ends.end[end];
    if (kind !== FLOW_END.start) {
      const source = latest !== NONE ? latest : first;
      const isItself = source === end;
      emit(isItself ? NONE : source, end);
    }
    if (canStart(kind)) latest = end;
  }
  for (let i = from; i < to; i++) {
    const end = order[i];
    if (ends.end[end] === FLOW_END.start && used[end] === 0) emit(end, NONE);
  }
}

function canStart(kind: number): boolean {
  return kind === FLOW_END.start || kind === FLOW_END.step;
}

function arrowColumns(ends: Ends, from: Int32Array, to: Int32Array): FlowColumns {
  const length = from.length;
  const pick = (column: Int32Array, side: Int32Array): Int32Array => {
    const result = new Int32Array(length);
    for (let i = 0; i < length; i++) result[i] = side[i] === NONE ? NONE : column[side[i]];
    return result;
  };
  const time = (side: Int32Array): Float64Array => {
    const result = new Float64Array(length);
    for (let i = 0; i < length; i++) result[i] = side[i] === NONE ? Number.NaN : ends.timeNs[side[i]];
    return result;
  };
  const named = (column: Int32Array): Int32Array => {
    const result = new Int32Array(length);
    for (let i = 0; i < length; i++) result[i] = column[from[i] === NONE ? to[i] : from[i]];
    return result;
  };
  return {
    length,
    name: named(ends.name),
    category: named(ends.category),
    fromTrack: pick(ends.track, from),
    fromNs: time(from),
    fromSlice: pick(ends.slice, from),
    toTrack: pick(ends.track, to),
    toNs: time(to),
    toSlice: pick(ends.slice, to),
  };
}

/** Finds the slice under each end that does not name one: one sweep over each track. */
function bindEnds(ends: Ends, slices: SliceColumns, sliceRange: Uint32Array): void {
  const trackCount = sliceRange.length - 1;
  const { order, range } = groupByTrack(ends.track, trackCount);
  for (let track = 0; track < trackCount; track++) {
    if (range[track] === range[track + 1]) continue;
    sortByTime(order, range[track], range[track + 1], ends.timeNs);
    bindTrack(order.subarray(range[track], range[track + 1]), ends, slices, sliceRange[track], sliceRange[track + 1]);
  }
}

/** What is open in a lane: the first `depth` entries, outermost first. */
interface OpenSlices {
  readonly slices: number[];
  depth: number;
}

function bindTrack(order: Uint32Array, ends: Ends, slices: SliceColumns, from: number, to: number): void {
  const open: OpenSlices[] = [];
  let next = from;
  for (const end of order) {
    const time = ends.timeNs[end];
    for (; next < to && slices.startNs[next] <= time; next++) {
      const lane = slices.lane[next];
      while (open.length <= lane) open.push({ slices: [], depth: 0 });
      open[lane].slices[slices.depth[next]] = next;
      open[lane].depth = slices.depth[next] + 1;
    }
    if (ends.slice[end] !== NONE) continue;
    ends.slice[end] =
      ends.end[end] === FLOW_END.finishAtNextSlice
        ? followingSlice(open, slices, time, next, to)
        : innermost(open, slices, time);
  }
}

/** The slice that starts at `time` or next after it. */
function followingSlice(
  open: readonly OpenSlices[],
  slices: SliceColumns,
  time: number,
  next: number,
  to: number,
): number {
  const enclosing = innermost(open, slices, time);
  if (enclosing !== NONE && slices.startNs[enclosing] === time) return enclosing;
  return next < to ? next : NONE;
}

/** The slice with the latest start that covers `time`, its end included; in the first lane on a tie. */
function innermost(open: readonly OpenSlices[], slices: SliceColumns, time: number): number {
  let best = NONE;
  for (const lane of open) {
    for (let k = lane.depth - 1; k >= 0; k--) {
      const slice = lane.slices[k];
      if (slices.startNs[slice] + slices.durNs[slice] < time) continue;
      if (best === NONE || slices.startNs[slice] > slices.startNs[best]) best = slice;
      break;
    }
  }
  return best;
}
