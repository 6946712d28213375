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

/** Marks of which the device knows no op are no steps of it. The claims become the steps of the tasks. */
export function placeSteps(tasks: DeviceTasks, { marks, claims }: ClaimedSteps): PlacedSteps {
  const { firstNs, lastStartNs, lastEndNs, hasForeignOps } = extents(tasks, claims, marks.length);
  const order = Array.from(marks.keys()).filter((mark) => Number.isFinite(firstNs[mark]));
  order.sort((a, b) => firstNs[a] - firstNs[b]);
  const nextNs = order.map((_, i) => (i + 1 < order.length ? firstNs[order[i + 1]] : Number.POSITIVE_INFINITY));
  const isFollowed = new Uint8Array(order.length);
  if (hasForeignOps) findFollowed(isFollowed, tasks, claims, order, { firstNs, lastStartNs });
  const steps = order.map((mark, i): PlacedStep => {
    const ownEndNs = Math.min(lastEndNs[mark], nextNs[i]);
    const endNs = isFollowed[i] === 1 || nextNs[i] === Number.POSITIVE_INFINITY ? ownEndNs : nextNs[i];
    return { mark: marks[mark], startNs: firstNs[mark], endNs };
  });
  const stepOfMark = new Int32Array(marks.length).fill(NONE);
  for (const [step, mark] of order.entries()) stepOfMark[mark] = step;
  toSteps(claims, tasks, steps, stepOfMark);
  return { steps, stepOf: claims };
}

function extents(
  tasks: DeviceTasks,
  claims: Claims,
  count: number,
): Record<'firstNs' | 'lastStartNs' | 'lastEndNs', Float64Array> & { readonly hasForeignOps: boolean } {
  const firstNs = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const lastStartNs = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const lastEndNs = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const { length, opClass, startNs, endNs } = tasks;
  let hasForeignOps = false;
  for (let task = 0; task < length; task++) {
    const mark = claims[task];
    if (!isOp(opClass[task])) continue;
    if (mark < 0) {
      hasForeignOps ||= mark === NONE;
      continue;
    }
    // Tasks come in the order of their starts.
    if (startNs[task] < firstNs[mark]) firstNs[mark] = startNs[task];
    lastStartNs[mark] = startNs[task];
    if (endNs[task] > lastEndNs[mark]) lastEndNs[mark] = endNs[task];
  }
  return { firstNs, lastStartNs, lastEndNs, hasForeignOps };
}

/** Marks each step with an op of no step after its last one and before the next step. */
function findFollowed(
  isFollowed: Uint8Array,
  { length, startNs, opClass }: DeviceTasks,
  claims: Claims,
  order: readonly number[],
  { firstNs, lastStartNs }: Record<'firstNs' | 'lastStartNs', Float64Array>,
): void {
  let step = NONE;
  for (let task = 0; task < length; task++) {
    while (step + 1 < order.length && firstNs[order[step + 1]] <= startNs[task]) step++;
    if (step === NONE || claims[task] !== NONE || !isOp(opClass[task])) continue;
    if (startNs[task] > lastStartNs[order[step]]) isFollowed[step] = 1;
  }
}

/** Of tasks that nothing tells the step of, the time does. */
function toSteps(
  claims: Claims,
  { length, startNs }: DeviceTasks,
  steps: readonly PlacedStep[],
  stepOfMark: Int32Array,
): void {
  let step = 0;
  for (let task = 0; task < length; task++) {
    const mark = claims[task];
    if (mark >= 0) claims[task] = stepOfMark[mark];
    if (mark !== UNTOLD) continue;
    while (step < steps.length && steps[step].endNs <= startNs[task]) step++;
    claims[task] = step < steps.length && steps[step].startNs <= startNs[task] ? step : NONE;
  }
}
