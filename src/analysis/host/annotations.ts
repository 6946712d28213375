/**
 * Ranges that users and frameworks marked, and what ran for them. On the host: ops and copies whose launch call begins in the
 * range, on whatever thread, because a backward pass launches from another one. On streams, where Kineto draws the same
 * ranges around kernels: what begins on the stream in the range. Ranges may nest, and each counts for itself.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import { Coverage } from '../coverage.ts';
import type { DeviceId } from '../device-id.ts';
import { firstAbove } from '../sorted.ts';
import { frameKinds, frameName } from './frame-names.ts';
import { isWork, type LaunchedTasks } from './launched-tasks.ts';

export interface Annotation extends DeviceId {
  /** Steps without their numbers. */
  readonly name: string;
  readonly side: 'host' | 'device';
  /** How many ranges have this name, and how long they are together. */
  readonly count: number;
  readonly totalNs: number;
  readonly kernelCount: number;
  readonly deviceNs: number;
  /** Of the time of all ops and copies of the device. */
  readonly share: number;
  /** Within the ranges, and within the window of the device: when it neither computed nor communicated. */
  readonly idleNs: number;
}

interface Sums {
  count: number;
  totalNs: number;
  kernelCount: number;
  deviceNs: number;
  idleNs: number;
}

/** Those with the longest ranges first. */
export function annotations(run: Run, device: DeviceAnalysis, launched: LaunchedTasks): Annotation[] {
  const { tasks, overlap } = device;
  const idle = new Coverage(overlap.deviceIdle);
  const host = new Map<string, Sums>();
  const streams = new Map<string, Sums>();
  const shards = new Set(tasks.streams.map(({ shard }) => shard));
  for (const number of shards) {
    const { timeline, shiftNs } = run.shards[number];
    const { tracks, processes, slices, sliceRange, strings } = timeline;
    const { isAnnotation, isStep } = frameKinds(timeline);
    const names: string[] = [];
    let calls: Work | undefined;
    for (const [track, { kind, process }] of tracks.entries()) {
      const isHost = kind === 'thread' && processes[process].side !== 'device';
      const stream = tasks.streams.findIndex((each) => each.shard === number && each.track === track);
      if (!isHost && stream === NONE) continue;
      let ofStream: Work | undefined;
      for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
        const id = slices.name[slice];
        const isMarked = isAnnotation(slices.category[slice]) || (isHost && isStep(id));
        if (!isMarked) continue;
        const name = (names[id] ??= frameName(strings.get(id)));
        const startNs = slices.startNs[slice] + shiftNs;
        const work = isHost
          ? (calls ??= launchedFrom(device, launched, number))
          : (ofStream ??= startedOn(device, stream));
        add(isHost ? host : streams, name, work, [startNs, startNs + slices.durNs[slice]], idle);
      }
    }
  }
  const { rank, device: id, capture } = tasks;
  const listed = (side: Annotation['side'], found: Map<string, Sums>): Annotation[] =>
    [...found]
      .map(([name, sums]) => ({ rank, device: id, capture, name, side, ...sums, share: shareOf(sums, launched) }))
      .sort((a, b) => b.totalNs - a.totalNs);
  return [...listed('host', host), ...listed('device', streams)];
}

function shareOf({ deviceNs }: Sums, { workNs }: LaunchedTasks): number {
  return workNs === 0 ? 0 : deviceNs / workNs;
}

function add(
  found: Map<string, Sums>,
  name: string,
  { at, beforeNs }: Work,
  [startNs, endNs]: readonly [number, number],
  idle: Coverage,
): void {
  const sums = found.get(name) ?? { count: 0, totalNs: 0, kernelCount: 0, deviceNs: 0, idleNs: 0 };
  found.set(name, sums);
  // Times are whole: what begins before the end begins at the last ns at the latest.
  const [from, to] = [firstAbove(at, startNs - 1), firstAbove(at, endNs - 1)];
  sums.count++;
  sums.totalNs += endNs - startNs;
  sums.kernelCount += Math.max(0, to - from);
  sums.deviceNs += Math.max(0, beforeNs[to] - beforeNs[from]);
  sums.idleNs += idle.withinNs(startNs, endNs);
}

/** Ascending moments of work, and how long all before each of them takes on the device. */
interface Work {
  readonly at: Float64Array;
  readonly beforeNs: Float64Array;
}

function launchedFrom({ tasks }: DeviceAnalysis, { task, callStartNs }: LaunchedTasks, shard: number): Work {
  const rows = Uint32Array.from(task.keys()).filter((row) => tasks.streams[tasks.stream[task[row]]].shard === shard);
  rows.sort((a, b) => callStartNs[a] - callStartNs[b]);
  return workOf(
    Float64Array.from(rows, (row) => callStartNs[row]),
    Float64Array.from(rows, (row) => tasks.endNs[task[row]] - tasks.startNs[task[row]]),
  );
}

function startedOn({ tasks }: DeviceAnalysis, stream: number): Work {
  const all = Uint32Array.from(tasks.startNs.keys());
  const own = all.filter((task) => tasks.stream[task] === stream && isWork(tasks.opClass[task]));
  return workOf(
    Float64Array.from(own, (task) => tasks.startNs[task]),
    Float64Array.from(own, (task) => tasks.endNs[task] - tasks.startNs[task]),
  );
}

function workOf(at: Float64Array, durNs: Float64Array): Work {
  const beforeNs = new Float64Array(at.length + 1);
  for (let row = 0; row < at.length; row++) beforeNs[row + 1] = beforeNs[row] + durNs[row];
  return { at, beforeNs };
}
