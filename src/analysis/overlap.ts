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
import { compareText } from '../base/index.ts';
import { NONE, type Run, type Shard } from '../timeline/index.ts';
import {
  difference,
  interval,
  intersection,
  type Intervals,
  IntervalUnion,
  lengthNs,
  union,
  unionOf,
} from './intervals.ts';
import { opClasses } from './op-class.ts';

/**
 * first-to-last: from the start of the first compute or communication op to the end of the last.
 * vendor-2026: widened to all tasks on the device's streams but those of the profiler, so that copies, waits and set-up
 * before the first op and after the last one count as idle time. This is what Ascend's exporter of 2026 does; that of
 * 2025 agrees with first-to-last.
 */
export const WINDOW_RULES = ['first-to-last', 'vendor-2026'] as const;
export type WindowRule = (typeof WINDOW_RULES)[number];

/** Times from the run's origin. */
export interface TimeWindow {
  readonly startNs: number;
  readonly endNs: number;
}

export interface DeviceId {
  /** NONE where unknown. */
  readonly rank: number;
  readonly device: number;
  /** The capture, or where only that is known the machine, of a rank nobody knows: tells devices apart. */
  readonly capture: string | undefined;
}

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
  const exposedCommunication = difference(communication, compute);
  const overlapped = intersection(communication, compute);
  const deviceIdle = difference(interval(window.startNs, window.endNs), union(compute, communication));
  const totals = {
    windowNs: window.endNs - window.startNs,
    computeNs: lengthNs(compute),
    communicationNs: lengthNs(communication),
    exposedCommunicationNs: lengthNs(exposedCommunication),
    overlappedNs: lengthNs(overlapped),
    deviceIdleNs: lengthNs(deviceIdle),
    computeIdleNs: lengthNs(deviceIdle) + lengthNs(exposedCommunication),
  };
  return {
    ...{ rank, device, capture, rule, window, compute, communication },
    ...{ exposedCommunication, overlapped, deviceIdle, totals },
  };
}

/** Ops of all shards by device: several may know of one, as a timeline and the rows that only a table has. */
export function deviceWork(run: Run): DeviceWork[] {
  const devices = new Map<string, WorkOfDevice>();
  for (const shard of run.shards) addShard(shard, devices);
  return [...devices.values()]
    .flatMap((work) => work.finish() ?? [])
    .sort((a, b) => a.rank - b.rank || compareText(a.capture ?? '', b.capture ?? '') || a.device - b.device);
}

/** The device of a process among those of the run. */
export function deviceIdOf(
  { capture, hostName }: Shard,
  { rank, device }: Pick<DeviceId, 'rank' | 'device'>,
): DeviceId {
  return { rank, device, capture: capture ?? (rank === NONE ? hostName : undefined) };
}

export function deviceKey({ rank, device, capture }: DeviceId): string {
  return JSON.stringify([rank, device, capture ?? '']);
}

function addShard(shard: Shard, devices: Map<string, WorkOfDevice>): void {
  const { timeline, shiftNs } = shard;
  const { slices, sliceRange, tracks, processes } = timeline;
  const classOf = opClasses(timeline);
  for (const [track, { process }] of tracks.entries()) {
    const id = deviceIdOf(shard, processes[process]);
    const compute = new IntervalUnion();
    const communication = new IntervalUnion();
    const busy = new Extent();
    const others = new Extent();
    for (let row = sliceRange[track]; row < sliceRange[track + 1]; row++) {
      const opClass = classOf(row);
      if (opClass === undefined || opClass === 'profiling') continue;
      const startNs = slices.startNs[row] + shiftNs;
      const endNs = startNs + slices.durNs[row];
      if (opClass === 'compute') compute.add(startNs, endNs);
      else if (opClass === 'communication') communication.add(startNs, endNs);
      (opClass === 'compute' || opClass === 'communication' ? busy : others).add(startNs, endNs);
    }
    if (busy.isEmpty && others.isEmpty) continue;
    const work = devices.get(deviceKey(id)) ?? new WorkOfDevice(id);
    devices.set(deviceKey(id), work);
    work.add(compute.finish(), communication.finish(), busy, others);
  }
}

class WorkOfDevice {
  readonly #id: DeviceId;
  readonly #compute: Intervals[] = [];
  readonly #communication: Intervals[] = [];
  readonly #busy = new Extent();
  readonly #all = new Extent();

  constructor(id: DeviceId) {
    this.#id = id;
  }

  add(compute: Intervals, communication: Intervals, busy: Extent, others: Extent): void {
    this.#compute.push(compute);
    this.#communication.push(communication);
    this.#busy.add(busy.startNs, busy.endNs);
    this.#all.add(Math.min(busy.startNs, others.startNs), Math.max(busy.endNs, others.endNs));
  }

  /** undefined where the device ran no op. */
  finish(): DeviceWork | undefined {
    if (this.#busy.isEmpty) return undefined;
    return {
      ...this.#id,
      compute: unionOf(this.#compute),
      communication: unionOf(this.#communication),
      windows: { 'first-to-last': this.#busy.window(), 'vendor-2026': this.#all.window() },
    };
  }
}

/** The first start and the last end of anything added, also of what has no length. */
export class Extent {
  startNs = Number.POSITIVE_INFINITY;
  endNs = Number.NEGATIVE_INFINITY;

  add(startNs: number, endNs: number): void {
    if (startNs < this.startNs) this.startNs = startNs;
    if (endNs > this.endNs) this.endNs = endNs;
  }

  get isEmpty(): boolean {
    return this.startNs > this.endNs;
  }

  window(): TimeWindow {
    return { startNs: this.startNs, endNs: this.endNs };
  }
}
