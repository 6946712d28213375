import { type FlowColumns, NONE, type StringId, type Timeline, type TypedColumn } from '../../timeline/index.ts';
import { NumberedIds } from '../trace-events/numbered-ids.ts';
import { CORRELATION } from './dialect.ts';

/** What Kineto calls arrows from launch calls to device slices, as name and as category. */
export const LAUNCH_ARROW = 'ac2g';
const LAUNCH_CATEGORY = /^(ac2g|async)$/;

/**
 * An arrow from each call on the host to each slice of a device that has its correlation. Kineto's own arrows say the same, but
 * real files lack ends of many, and have starts of calls that launch nothing; so they are left out where calls and slices
 * can be told. Where a call of the runtime and one of the driver in it share a correlation, the outer one launches.
 */
export function withLaunchArrows(timeline: Timeline, name: StringId): Timeline {
  const correlation = timeline.slices.typed.get(CORRELATION);
  if (correlation === undefined) return timeline;
  const launches = launchesOf(timeline, correlation);
  if (launches.to.length === 0) return timeline;
  const { flows, strings } = timeline;
  const isLaunch: (boolean | undefined)[] = [];
  const kept: number[] = [];
  for (let row = 0; row < flows.length; row++) {
    const category = flows.category[row];
    if (category === NONE || !(isLaunch[category] ??= LAUNCH_CATEGORY.test(strings.get(category)))) kept.push(row);
  }
  return { ...timeline, flows: joined(timeline, kept, launches, name) };
}

interface LaunchRows {
  /** Slices, row by row. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

function launchesOf({ processes, tracks, sliceRange, slices }: Timeline, correlation: TypedColumn): LaunchRows {
  const numbers = new NumberedIds();
  const calls: number[] = [];
  for (const [track, { kind }] of tracks.entries()) {
    if (kind !== 'thread') continue;
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      const id = correlation.at(slice);
      if (!isId(id)) continue;
      const number = numbers.find(NONE, NONE, 0, id, calls.length);
      if (number === calls.length) calls.push(slice);
      else if (slices.startNs[slice] < slices.startNs[calls[number]]) calls[number] = slice;
    }
  }
  const from = new Int32Array(slices.length);
  const to = new Int32Array(slices.length);
  let length = 0;
  for (const [track, { process }] of tracks.entries()) {
    if (processes[process].side !== 'device') continue;
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      const id = correlation.at(slice);
      const number = isId(id) ? numbers.find(NONE, NONE, 0, id, NONE) : NONE;
      if (number === NONE) continue;
      from[length] = calls[number];
      to[length++] = slice;
    }
  }
  return { from: from.subarray(0, length), to: to.subarray(0, length) };
}

/** Ids count from 1. */
function isId(value: number): boolean {
  return value > 0;
}

function joined(timeline: Timeline, kept: readonly number[], { from, to }: LaunchRows, name: StringId): FlowColumns {
  const { flows, slices } = timeline;
  const ints = (old: Int32Array, of: (launch: number) => number): Int32Array =>
    Int32Array.from({ length: kept.length + to.length }, (_, row) =>
      row < kept.length ? old[kept[row]] : of(row - kept.length),
    );
  const starts = (old: Float64Array, side: Int32Array): Float64Array =>
    Float64Array.from({ length: kept.length + to.length }, (_, row) =>
      row < kept.length ? old[kept[row]] : slices.startNs[side[row - kept.length]],
    );
  return {
    length: kept.length + to.length,
    name: ints(flows.name, () => name),
    category: ints(flows.category, () => name),
    fromTrack: ints(flows.fromTrack, (launch) => slices.track[from[launch]]),
    fromNs: starts(flows.fromNs, from),
    fromSlice: ints(flows.fromSlice, (launch) => from[launch]),
    toTrack: ints(flows.toTrack, (launch) => slices.track[to[launch]]),
    toNs: starts(flows.toNs, to),
    toSlice: ints(flows.toSlice, (launch) => to[launch]),
  };
}
