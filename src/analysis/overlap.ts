/**
 * What each device did of the time: computing, communicating, neither.
 *
 * - compute: the union of all compute ops. communication: the union of all communication ops, each counted once, from its
 *   start to its end with the waiting in it. Which slices these are: op-class.ts.
 * - exposed communication: communication without compute. overlapped: both at once.
 * - device idle: the window without compute and communication; copies and waits are idle time.
 *   compute idle: the window without compute.
 *
 * So compute + exposed communication + device idle = window, and compute idle = device idle + exposed communication.
 */
import type { Run } from '../timeline/index.ts';
import type { DeviceId } from './device-id.ts';
import { type DeviceTasks, deviceTasks } from './device-tasks.ts';
import { Extent, type TimeWindow } from './extent.ts';
import { type Intervals, IntervalUnion, lengthNs, partition } from './intervals.ts';
import { CLASS, isOp } from './op-class.ts';

/**
 * first-to-last: from the start of the first compute or communication op to the end of the last.
 * vendor-2026: widened to all tasks on the device's streams but those of the profiler, so that copies, waits and set-up
 * before the first op and after the last one count as idle time. This is what Ascend's exporter of 2026 does; that of
 * 2025 agrees with first-to-last.
 */
export const WINDOW_RULES = ['first-to-last', 'vendor-2026'] as const;
export type WindowRule = (typeof WINDOW_RULES)[number];

/** The work of a device from all shards that know of it, in times from the run's origin. */
export interface DeviceWork extends DeviceId {
  readonly compute: Intervals;
  readonly communication: Intervals;
  readonly windows: Readonly<Record<WindowRule, TimeWindow>>;
}

export interface DeviceOverlap extends DeviceId {
  readonly rule: WindowRule;
  readonly window: TimeWindow;
  readonly compute: Intervals;
  readonly communication: Intervals;
  readonly exposedCommunication: Intervals;
  readonly overlapped: Intervals;
  readonly deviceIdle: Intervals;
  readonly totals: OverlapTotals;
}

type OverlapPart = 'compute' | 'communication' | 'exposedCommunication' | 'overlapped' | 'deviceIdle';

export interface OverlapTotals {
  readonly windowNs: number;
  readonly computeNs: number;
  readonly communicationNs: number;
  readonly exposedCommunicationNs: number;
  readonly overlappedNs: number;
  readonly deviceIdleNs: number;
  readonly computeIdleNs: number;
}

/** One entry for each device that ran an op, by rank and device. */
export function deviceOverlaps(run: Run, rule: WindowRule = 'first-to-last'): DeviceOverlap[] {
  return deviceWork(run).map((work) => overlapOf(work, rule));
}

export function overlapOf(work: DeviceWork, rule: WindowRule): DeviceOverlap {
  const { rank, device, capture, compute, communication } = work;
  const window = work.windows[rule];
  const cut = partition(communication, compute, window.startNs, window.endNs);
  const { onlyFirst: exposedCommunication, both: overlapped, neither: deviceIdle } = cut;
  const parts = { compute, communication, exposedCommunication, overlapped, deviceIdle };
  return { rank, device, capture, rule, window, ...parts, totals: totalsOf(window.endNs - window.startNs, parts) };
}

/** What a window consists of, added up. */
export function totalsOf(windowNs: number, parts: Pick<DeviceOverlap, OverlapPart>): OverlapTotals {
  const [exposedCommunicationNs, deviceIdleNs] = [lengthNs(parts.exposedCommunication), lengthNs(parts.deviceIdle)];
  return {
    windowNs,
    computeNs: lengthNs(parts.compute),
    communicationNs: lengthNs(parts.communication),
    exposedCommunicationNs,
    overlappedNs: lengthNs(parts.overlapped),
    deviceIdleNs,
    computeIdleNs: deviceIdleNs + exposedCommunicationNs,
  };
}

/** Ops of all shards by device: several may know of one, as a timeline and the rows that only a table has. */
export function deviceWork(run: Run): DeviceWork[] {
  return deviceTasks(run).flatMap((tasks) => workOf(tasks) ?? []);
}

/** undefined where the device ran no op. */
export function workOf(tasks: DeviceTasks): DeviceWork | undefined {
  const { rank, device, capture, length, startNs, endNs, opClass } = tasks;
  const compute = new IntervalUnion(length);
  const communication = new IntervalUnion(length);
  const busy = new Extent();
  const all = new Extent();
  for (let task = 0; task < length; task++) {
    const code = opClass[task];
    if (code === CLASS.profiling) continue;
    const from = startNs[task];
    const to = endNs[task];
    all.add(from, to);
    if (!isOp(code)) continue;
    busy.add(from, to);
    (code === CLASS.compute ? compute : communication).add(from, to);
  }
  if (busy.isEmpty) return undefined;
  return {
    ...{ rank, device, capture },
    compute: compute.finish(),
    communication: communication.finish(),
    windows: { 'first-to-last': busy.window(), 'vendor-2026': all.window() },
  };
}
