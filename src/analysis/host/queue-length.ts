/**
 * How much a stream has been given that it has not begun: one more when a launch call begins, one less when what it launched
 * begins on the device. What begins before its call, as clocks may say, waits for no time.
 *
 * A queue that is empty while the device idles is the sign of a host that is too slow; one that is not, of a device or of a
 * stream that waits for something else.
 */
import type { DeviceAnalysis } from '../analyse-run.ts';
import { type Intervals, intersection, lengthNs } from '../intervals.ts';
import type { TimeWindow } from '../extent.ts';
import { groupRows } from '../row-groups.ts';
import type { LaunchedTasks } from './launched-tasks.ts';
import { lastOfMoments, type RunningSum, runningSum } from './running-sum.ts';

export interface QueueLength {
  /** Position among the streams of the device; undefined of all of them together. */
  readonly stream: number | undefined;
  readonly launchCount: number;
  readonly series: RunningSum;
  readonly most: number;
  /** Over the window of the device. */
  readonly mean: number;
  readonly emptyNs: number;
  /** Empty while the device neither computes nor communicates. */
  readonly emptyIdleNs: number;
}

type QueuedDevice = Pick<DeviceAnalysis, 'tasks' | 'overlap'>;

/** Of all streams together; undefined where no launch is known. */
export function deviceQueue(device: QueuedDevice, launched: LaunchedTasks): QueueLength | undefined {
  return launched.length === 0
    ? undefined
    : queueOf(device, launched, undefined, Uint32Array.from(launched.task.keys()));
}

/** Of the device as a whole, then of each stream that anything was launched on. */
export function queueLengths(device: QueuedDevice, launched: LaunchedTasks): QueueLength[] {
  const whole = deviceQueue(device, launched);
  if (whole === undefined) return [];
  const { stream } = device.tasks;
  const { task } = launched;
  const { count, from, rows } = groupRows(Float64Array.from(task, (each) => stream[each]));
  const ofStreams = Array.from({ length: count }, (_, group) => {
    const own = rows.subarray(from[group], from[group + 1]);
    return queueOf(device, launched, stream[task[own[0]]], own);
  });
  return [whole, ...ofStreams.sort((a, b) => (a.stream ?? 0) - (b.stream ?? 0))];
}

function queueOf(
  { tasks, overlap }: QueuedDevice,
  { task, callStartNs }: LaunchedTasks,
  stream: number | undefined,
  rows: Uint32Array,
): QueueLength {
  const rises = Float64Array.from(rows, (row) => callStartNs[row]);
  const falls = Float64Array.from(rows, (row) => Math.max(callStartNs[row], tasks.startNs[task[row]]));
  const series = lastOfMoments(runningSum(rises, falls));
  return { stream, launchCount: rows.length, series, ...figuresOf(series, overlap.window, overlap.deviceIdle) };
}

function figuresOf(
  series: RunningSum,
  window: TimeWindow,
  idle: Intervals,
): Pick<QueueLength, 'most' | 'mean' | 'emptyNs' | 'emptyIdleNs'> {
  const { at, value } = series;
  let [most, sum] = [0, 0];
  for (let row = 0; row < at.length; row++) {
    most = Math.max(most, value[row]);
    const fromNs = Math.max(window.startNs, at[row]);
    const toNs = Math.min(window.endNs, row + 1 < at.length ? at[row + 1] : window.endNs);
    if (toNs > fromNs) sum += value[row] * (toNs - fromNs);
  }
  const empty = emptyTimes(series, window);
  const windowNs = window.endNs - window.startNs;
  return {
    most,
    mean: windowNs === 0 ? 0 : sum / windowNs,
    emptyNs: lengthNs(empty),
    emptyIdleNs: lengthNs(intersection(empty, idle)),
  };
}

/** Also before the first launch and behind the last one. */
export function emptyTimes({ at, value }: RunningSum, { startNs, endNs }: TimeWindow): Intervals {
  const empty = new Float64Array(2 * (at.length + 1));
  let length = 0;
  for (let row = -1; row < at.length; row++) {
    if (row >= 0 && value[row] !== 0) continue;
    const fromNs = Math.max(startNs, row < 0 ? Number.NEGATIVE_INFINITY : at[row]);
    const toNs = Math.min(endNs, row + 1 < at.length ? at[row + 1] : endNs);
    if (toNs <= fromNs) continue;
    empty[length++] = fromNs;
    empty[length++] = toNs;
  }
  return empty.subarray(0, length);
}
