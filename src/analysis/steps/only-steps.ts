/**
 * What an analysis says of some steps alone: as if the time outside them were not there.
 *
 * - tasks: those of the steps. Busy and idle time: what lies in the time of the steps, so a task that reaches over the end
 *   of a step counts until there. window: the time of the steps together.
 * - bubbles keep their causes, which were told with all tasks at hand; an op outside the steps is the edge. Those that
 *   reach over an end are cut there, and are listed only while they are as long as the threshold.
 */
import { NONE } from '../../timeline/index.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import type { DeviceBubbles } from '../bubbles/bubble.ts';
import { difference, intersection, type Intervals, IntervalUnion, lengthNs, union } from '../intervals.ts';
import { type DeviceOverlap, totalsOf } from '../overlap.ts';
import type { DeviceSteps, Step } from './step.ts';

/** undefined where the device has none of the steps. */
export function onlySteps(device: DeviceAnalysis, isChosen: (step: Step) => boolean): DeviceAnalysis | undefined {
  const newStep = numbered(device.steps.steps.length, (step) => isChosen(device.steps.steps[step]));
  const steps = device.steps.steps.filter((_, step) => newStep[step] !== NONE);
  if (steps.length === 0) return undefined;
  const { stepOf } = device.steps;
  const newTask = numbered(stepOf.length, (task) => stepOf[task] !== NONE && newStep[stepOf[task]] !== NONE);
  const stay = rowsThatStay(newTask);
  const tasks = pickedRows(device.tasks, stay);
  const times = timesOf(steps);
  const overlap = overlapIn(device.overlap, times);
  return {
    tasks,
    overlap,
    steps: {
      ...device.steps,
      steps,
      cut: device.steps.cut?.filter(isChosen),
      stepOf: pick(stepOf, stay).map((step) => newStep[step]),
    },
    bubbles: device.bubbles.map((bubbles) => bubblesIn(bubbles, times, newTask, idleOf(bubbles, overlap))),
  };
}

/** New numbers of what stays, NONE for the others. */
function numbered(count: number, stays: (index: number) => boolean): Int32Array {
  let next = 0;
  return new Int32Array(count).map((_, index) => (stays(index) ? next++ : NONE));
}

type Column = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/** Chosen rows of every column there is. */
function pickedRows<T extends { readonly length: number }>(columns: T, rows: Int32Array): T {
  const picked = Object.entries(columns).map(([name, value]: [string, unknown]) => [
    name,
    isColumn(value) ? pick(value, rows) : value,
  ]);
  // The same columns, only shorter.
  return { ...columns, ...Object.fromEntries(picked), length: rows.length } as T;
}

function isColumn(value: unknown): value is Column {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function pick<T extends Column>(column: T, rows: Int32Array): T {
  const result = column.slice(0, rows.length) as T;
  for (let row = 0; row < rows.length; row++) result[row] = column[rows[row]];
  return result;
}

function rowsThatStay(newNumber: Int32Array): Int32Array {
  return new Int32Array(newNumber.length).map((_, row) => row).filter((row) => newNumber[row] !== NONE);
}

function timesOf(steps: DeviceSteps['steps']): Intervals {
  const times = new IntervalUnion();
  for (const { startNs, endNs } of steps) times.add(startNs, endNs);
  return times.finish();
}

function overlapIn(whole: DeviceOverlap, times: Intervals): DeviceOverlap {
  const compute = intersection(whole.compute, times);
  const communication = intersection(whole.communication, times);
  const exposedCommunication = difference(communication, compute);
  const overlapped = intersection(communication, compute);
  const deviceIdle = difference(times, union(compute, communication));
  const parts = { compute, communication, exposedCommunication, overlapped, deviceIdle };
  return {
    ...whole,
    window: { startNs: times[0], endNs: times[times.length - 1] },
    ...parts,
    totals: totalsOf(lengthNs(times), parts),
  };
}

/** Streams have no window of their own to be cut. */
function idleOf({ kind }: DeviceBubbles, { deviceIdle, exposedCommunication }: DeviceOverlap): Intervals {
  if (kind === 'stream') throw new Error('bubbles of streams cannot be told for some steps alone');
  return kind === 'device' ? deviceIdle : union(deviceIdle, exposedCommunication);
}

function bubblesIn(whole: DeviceBubbles, times: Intervals, newTask: Int32Array, idle: Intervals): DeviceBubbles {
  const rows: number[] = [];
  const startNs: number[] = [];
  const durNs: number[] = [];
  let time = 0;
  for (let row = 0; row < whole.length; row++) {
    const endNs = whole.startNs[row] + whole.durNs[row];
    while (time < times.length && times[time + 1] <= whole.startNs[row]) time += 2;
    for (let at = time; at < times.length && times[at] < endNs; at += 2) {
      const fromNs = Math.max(times[at], whole.startNs[row]);
      const lengthInNs = Math.min(times[at + 1], endNs) - fromNs;
      if (lengthInNs < whole.thresholdNs) continue;
      rows.push(row);
      startNs.push(fromNs);
      durNs.push(lengthInNs);
    }
  }
  const taskOf = (task: number): number => (task === NONE ? NONE : newTask[task]);
  const totalNs = lengthNs(idle);
  const listedNs = durNs.reduce((sum, ns) => sum + ns, 0);
  const picked = pickedRows(whole, Int32Array.from(rows));
  return {
    ...picked,
    startNs: Float64Array.from(startNs),
    durNs: Float64Array.from(durNs),
    before: picked.before.map(taskOf),
    after: picked.after.map(taskOf),
    totalNs,
    belowThresholdNs: totalNs - listedNs,
    belowThresholdCount: Math.max(0, idle.length / 2 - rows.length),
  };
}
