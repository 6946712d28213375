/**
 * When steps were on the device. A step lasts from the start of its first op (compute or communication) to that of the next
 * step: what the device waits for before it belongs to the step that it was in, and durations are the time from token to
 * token. The last step, and one after which ops of no step run, ends with the end of its last op.
 */
import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { isOp } from '../op-class.ts';
import { type Claims, UNTOLD } from './claim-tasks.ts';
import type { StepMark } from './step-mark.ts';
import type { StepSource } from './step.ts';

/** What one source says of the steps of a device. */
export interface ClaimedSteps {
  readonly source: StepSource;
  readonly confidence: number;
  readonly marks: readonly StepMark[];
  readonly claims: Claims;
}

export interface PlacedStep {
  readonly mark: StepMark;
  readonly startNs: number;
  readonly endNs: number;
}

export interface PlacedSteps {
  readonly steps: readonly PlacedStep[];
  /** The step of each task by its position in `steps`; NONE where it belongs to none. */
  readonly stepOf: Int32Array;
}

/** Marks of which the device knows no op are no steps of it. */
export function placeSteps(tasks: DeviceTasks, { marks, claims }: ClaimedSteps): PlacedSteps {
  const { firstNs, lastStartNs, lastEndNs } = extents(tasks, claims, marks.length);
  const order = Array.from(marks.keys()).filter((mark) => Number.isFinite(firstNs[mark]));
  order.sort((a, b) => firstNs[a] - firstNs[b]);
  const nextNs = order.map((_, i) => (i + 1 < order.length ? firstNs[order[i + 1]] : Number.POSITIVE_INFINITY));
  const isFollowed = foreignOps(tasks, claims, order, { firstNs, lastStartNs });
  const steps = order.map((mark, i): PlacedStep => {
    const ownEndNs = Math.min(lastEndNs[mark], nextNs[i]);
    const endNs = isFollowed[i] === 1 || nextNs[i] === Number.POSITIVE_INFINITY ? ownEndNs : nextNs[i];
    return { mark: marks[mark], startNs: firstNs[mark], endNs };
  });
  return { steps, stepOf: stepOfTasks(tasks, claims, steps, order) };
}

function extents(
  tasks: DeviceTasks,
  claims: Claims,
  count: number,
): Record<'firstNs' | 'lastStartNs' | 'lastEndNs', Float64Array> {
  const firstNs = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const lastStartNs = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const lastEndNs = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  for (let task = 0; task < tasks.length; task++) {
    const mark = claims[task];
    if (mark < 0 || !isOp(tasks.opClass[task])) continue;
    const startNs = tasks.startNs[task];
    const endNs = tasks.endNs[task];
    if (startNs < firstNs[mark]) firstNs[mark] = startNs;
    if (startNs > lastStartNs[mark]) lastStartNs[mark] = startNs;
    if (endNs > lastEndNs[mark]) lastEndNs[mark] = endNs;
  }
  return { firstNs, lastStartNs, lastEndNs };
}

/** For each step: whether an op of no step starts after its last one and before the next step. */
function foreignOps(
  tasks: DeviceTasks,
  claims: Claims,
  order: readonly number[],
  { firstNs, lastStartNs }: Record<'firstNs' | 'lastStartNs', Float64Array>,
): Uint8Array {
  const isFollowed = new Uint8Array(order.length);
  let step = NONE;
  for (let task = 0; task < tasks.length; task++) {
    const startNs = tasks.startNs[task];
    while (step + 1 < order.length && firstNs[order[step + 1]] <= startNs) step++;
    if (step === NONE || claims[task] !== NONE || !isOp(tasks.opClass[task])) continue;
    if (startNs > lastStartNs[order[step]]) isFollowed[step] = 1;
  }
  return isFollowed;
}

/** Of tasks that nothing tells the step of, the time does. */
function stepOfTasks(
  { length, startNs }: DeviceTasks,
  claims: Claims,
  steps: readonly PlacedStep[],
  order: readonly number[],
): Int32Array {
  const stepOfMark: number[] = [];
  for (const [step, mark] of order.entries()) stepOfMark[mark] = step;
  const stepOf = new Int32Array(length);
  let step = 0;
  for (let task = 0; task < length; task++) {
    while (step < steps.length && steps[step].endNs <= startNs[task]) step++;
    const isWithin = step < steps.length && steps[step].startNs <= startNs[task];
    if (claims[task] === UNTOLD) stepOf[task] = isWithin ? step : NONE;
    else stepOf[task] = claims[task] === NONE ? NONE : (stepOfMark[claims[task]] ?? NONE);
  }
  return stepOf;
}
