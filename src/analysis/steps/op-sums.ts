import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { IntervalUnion } from '../intervals.ts';
import { isOp, CLASS } from '../op-class.ts';
import type { DeviceSteps } from './step.ts';

/** The ops of steps, by step and by type: step s has the rows [from[s], from[s + 1]), in the order in which types come. */
export interface OpSums {
  readonly from: Uint32Array;
  /** A text of the run. */
  readonly type: Uint32Array;
  readonly count: Uint32Array;
  readonly totalNs: Float64Array;
}

/** A kernel that communicates while a collective of the device's own row runs is how that one ran, and does not count again. */
export function opSums(tasks: DeviceTasks, { stepOf, steps }: Pick<DeviceSteps, 'steps' | 'stepOf'>): OpSums {
  const { startNs, endNs, texts } = tasks;
  const { order, range } = countedByStep(tasks, stepOf, steps.length);
  const from = new Uint32Array(steps.length + 1);
  /** A row for each task at most; memory that is not written to costs nothing. */
  const rows = {
    type: new Uint32Array(order.length),
    count: new Uint32Array(order.length),
    totalNs: new Float64Array(order.length),
  };
  const rowOfType = new Uint32Array(texts.length);
  let length = 0;
  for (let step = 0; step < steps.length; step++) {
    const first = length;
    for (let i = range[step]; i < range[step + 1]; i++) {
      const task = order[i];
      const type = tasks.type[task];
      let row = rowOfType[type];
      if (row < first || row >= length || rows.type[row] !== type) {
        rowOfType[type] = row = length++;
        rows.type[row] = type;
      }
      rows.count[row]++;
      rows.totalNs[row] += endNs[task] - startNs[task];
    }
    from[step + 1] = length;
  }
  return { from, ...rows };
}

/** The tasks that count, those of step s at [range[s], range[s + 1]) of `order`. */
function countedByStep(
  tasks: DeviceTasks,
  stepOf: Int32Array,
  stepCount: number,
): { order: Uint32Array; range: Uint32Array } {
  const { length, opClass } = tasks;
  const isRepeated = repeatedCollectives(tasks);
  const range = new Uint32Array(stepCount + 1);
  const counts = (task: number): boolean => stepOf[task] !== NONE && isOp(opClass[task]) && isRepeated?.[task] !== 1;
  for (let task = 0; task < length; task++) if (counts(task)) range[stepOf[task] + 1]++;
  for (let step = 0; step < stepCount; step++) range[step + 1] += range[step];
  const next = range.slice();
  const order = new Uint32Array(range[stepCount]);
  for (let task = 0; task < length; task++) if (counts(task)) order[next[stepOf[task]]++] = task;
  return { order, range };
}

/** 1 for kernels of a stream in whose middle a collective of a row of its own runs; undefined where there are none. */
function repeatedCollectives({
  length,
  startNs,
  endNs,
  opClass,
  stream,
  streams,
}: DeviceTasks): Uint8Array | undefined {
  const isRow = streams.map(({ kind }) => kind === 'communication');
  if (!isRow.includes(true)) return undefined;
  const rows = new IntervalUnion();
  let kernelCount = 0;
  for (let task = 0; task < length; task++) {
    if (isRow[stream[task]]) rows.add(startNs[task], endNs[task]);
    else if (opClass[task] === CLASS.communication) kernelCount++;
  }
  if (kernelCount === 0) return undefined;
  const collectives = rows.finish();
  const isRepeated = new Uint8Array(length);
  let next = 0;
  for (let task = 0; task < length; task++) {
    if (opClass[task] !== CLASS.communication || isRow[stream[task]]) continue;
    while (next < collectives.length && collectives[next + 1] <= startNs[task]) next += 2;
    const middleNs = (startNs[task] + endNs[task]) / 2;
    let at = next;
    while (at < collectives.length && collectives[at + 1] <= middleNs) at += 2;
    if (at < collectives.length && collectives[at] <= middleNs) isRepeated[task] = 1;
  }
  return isRepeated;
}
