import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { IntervalUnion } from '../intervals.ts';
import { CLASS, isOp } from '../op-class.ts';
import type { TextId } from '../run-texts.ts';

/** The ops of one step by type, in columns that the next step takes over. */
export interface OpSums {
  /** Which types of op the step has, as positions in the columns. */
  readonly types: readonly TextId[];
  readonly count: Uint32Array;
  readonly totalNs: Float64Array;
}

/**
 * Shows the ops of each step, in the order of steps. A kernel that communicates while a collective of the device's own row
 * runs is how that one ran, and does not count again.
 */
export function visitOpSums(
  tasks: DeviceTasks,
  stepOf: Int32Array,
  stepCount: number,
  visit: (step: number, sums: OpSums) => void,
): void {
  const { order, range } = countedByStep(tasks, stepOf, stepCount);
  const count = new Uint32Array(tasks.texts.length);
  const totalNs = new Float64Array(tasks.texts.length);
  for (let step = 0; step < stepCount; step++) {
    const types: TextId[] = [];
    for (let i = range[step]; i < range[step + 1]; i++) {
      const task = order[i];
      const type = tasks.type[task];
      if (count[type]++ === 0) types.push(type);
      totalNs[type] += tasks.endNs[task] - tasks.startNs[task];
    }
    visit(step, { types, count, totalNs });
    for (const type of types) count[type] = totalNs[type] = 0;
  }
}

/** The tasks that count, those of step s at [range[s], range[s + 1]) of `order`. */
function countedByStep(
  tasks: DeviceTasks,
  stepOf: Int32Array,
  stepCount: number,
): { order: Uint32Array; range: Uint32Array } {
  const { length, opClass } = tasks;
  const isRepeated = repeatedCollectives(tasks);
  const counts = new Uint8Array(length);
  const range = new Uint32Array(stepCount + 1);
  for (let task = 0; task < length; task++) {
    const step = stepOf[task];
    if (step === NONE || !isOp(opClass[task])) continue;
    if (isRepeated !== undefined && isRepeated[task] === 1) continue;
    counts[task] = 1;
    range[step + 1]++;
  }
  for (let step = 0; step < stepCount; step++) range[step + 1] += range[step];
  const next = range.slice();
  const order = new Uint32Array(range[stepCount]);
  for (let task = 0; task < length; task++) if (counts[task] === 1) order[next[stepOf[task]]++] = task;
  return { order, range };
}

/** 1 for kernels of a stream in whose middle a collective of a row of its own runs; undefined where there are no such rows. */
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
  for (let task = 0; task < length; task++) if (isRow[stream[task]]) rows.add(startNs[task], endNs[task]);
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
