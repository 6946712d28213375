/**
 * What each step was for. The first that says it counts:
 *
 * 1. the name of its mark ("prefill", "decode step 12");
 * 2. its ops: gradients and optimizers make it a step of training (`other`); attention that only one phase has, that phase,
 *    the one with more time where both are there;
 * 3. where there is inference, by its attention or by what 1 and 2 say of other steps: it is a prefill where it works on at
 *    least twice as many rows as is usual, or where shapes are not known, its ops take at least twice as long; else decode;
 * 4. where nothing says that there is inference: the first step is a prefill and the others are decode if the first is so
 *    much longer and there are three others at least that are not.
 *
 * The words and names are in step-names.ts.
 */
import { NONE, type Run } from '../../timeline/index.ts';
import { bySlice } from '../by-slice.ts';
import { byString } from '../by-string.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { isOp } from '../op-class.ts';
import { upperMedian } from '../../base/index.ts';
import type { PlacedSteps } from './place-steps.ts';
import { hintOf, OP_HINTS, type OpHint, PHASE_BY_MARK } from './step-names.ts';
import type { Phase } from './step.ts';

/** How many times the usual rows, or time, a prefill has at least. */
const LONG = 2;
const LEAST_SHORT_STEPS = 3;

/** What the ops of each step say, by its position. */
interface StepOps {
  readonly totalNs: Float64Array;
  readonly hintNs: Readonly<Record<OpHint, Float64Array>>;
  /** The first dimension of the largest matrix that one is multiplied with: tokens at a time. 0 where no shape is known. */
  readonly rows: Float64Array;
}

export function phasesOf(run: Run, tasks: DeviceTasks, { steps, stepOf }: PlacedSteps): Phase[] {
  const ops = opsOfSteps(run, tasks, stepOf, steps.length);
  const told = steps.map(({ mark }, step) => phaseOfName(mark.name) ?? phaseOfOps(ops.hintNs, step));
  const isLong = longSteps(ops);
  const isInference = told.some((phase) => phase === 'decode' || phase === 'prefill');
  const rises = isLong[0] && !isLong.includes(true, 1) && steps.length > LEAST_SHORT_STEPS && !told.includes('other');
  return told.map((phase, step) => {
    if (phase !== undefined) return phase;
    if (isInference || rises || ops.hintNs.inference[step] > 0) return isLong[step] ? 'prefill' : 'decode';
    return 'other';
  });
}

function phaseOfName(name: string): Phase | undefined {
  return PHASE_BY_MARK.find(([pattern]) => pattern.test(name))?.[1];
}

function phaseOfOps({ training, prefill, decode }: StepOps['hintNs'], step: number): Phase | undefined {
  if (training[step] > 0) return 'other';
  if (prefill[step] === 0 && decode[step] === 0) return undefined;
  return prefill[step] > decode[step] ? 'prefill' : 'decode';
}

function longSteps({ rows, totalNs }: StepOps): boolean[] {
  const sizes = rows.every((count) => count > 0) && !rows.every((count) => count === rows[0]) ? rows : totalNs;
  const usual = upperMedian(sizes);
  return Array.from(sizes, (size) => size >= LONG * usual);
}

function opsOfSteps(run: Run, tasks: DeviceTasks, stepOf: Int32Array, count: number): StepOps {
  const { length, startNs, endNs, type, texts } = tasks;
  const column = (): Float64Array => new Float64Array(count);
  const ops = {
    ...{ totalNs: column(), rows: column() },
    hintNs: { training: column(), prefill: column(), decode: column(), inference: column() },
  };
  const rowsOf = rowsOfTasks(run, tasks);
  const hints: readonly (OpHint | undefined)[] = [undefined, ...OP_HINTS];
  const hintOfType = byString(texts.length, (text) => hints.indexOf(hintOf(texts.get(text))));
  for (let task = 0; task < length; task++) {
    const step = stepOf[task];
    if (step === NONE || !isOp(tasks.opClass[task])) continue;
    const durNs = endNs[task] - startNs[task];
    const hint = hints[hintOfType(type[task])];
    ops.totalNs[step] += durNs;
    if (hint !== undefined) ops.hintNs[hint][step] += durNs;
    const rows = rowsOf(task);
    if (rows > ops.rows[step]) ops.rows[step] = rows;
  }
  return ops;
}

const MULTIPLICATION = /MatMul/i;
/** `"112,4096;3072,4096"`: shapes of the inputs, in quotes in some files. */
const FIRST_DIMENSION = /^"*(\d+),/;
const MOST_ROWS = 2 ** 31 - 1;

function rowsOfTasks(run: Run, tasks: DeviceTasks): (task: number) => number {
  const { type, texts } = tasks;
  const isMultiplication = byString(texts.length, (text) => Number(MULTIPLICATION.test(texts.get(text))));
  const rowsOf = bySlice(run, tasks, ({ timeline: { slices, strings } }) => {
    const shapes = slices.typed.get('inputShapes');
    if (shapes?.kind !== 'text') return () => 0;
    const rowsOfShape = byString(strings.size, (shape) => firstDimension(strings.get(shape)));
    return (slice) => {
      const shape = shapes.at(slice);
      return shape === NONE ? 0 : rowsOfShape(shape);
    };
  });
  return (task) => (isMultiplication(type[task]) === 1 ? rowsOf(task) : 0);
}

function firstDimension(shapes: string): number {
  return Math.min(Number(FIRST_DIMENSION.exec(shapes)?.[1] ?? 0), MOST_ROWS);
}
