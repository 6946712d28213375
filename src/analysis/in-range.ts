/**
 * What the whole run says of a part of its time. The part holds the tasks that touch the range; the launches of the first
 * of them may lie before it, so steps and causes are told by the whole run wherever it knows of the same gap.
 */
import type { TimeRange } from '../timeline/cut.ts';
import { NONE } from '../timeline/index.ts';
import type { DeviceBubbles } from './bubbles/bubble.ts';
import type { DeviceTasks } from './device-tasks.ts';
import type { DeviceSteps, Step } from './steps/step.ts';

/** By task of the whole run: its number among those that touch the range; NONE where it does not. They keep their order. */
export function tasksInRange({ length, startNs, endNs }: DeviceTasks, { fromNs, toNs }: TimeRange): Int32Array {
  const newTask = new Int32Array(length).fill(NONE);
  let next = 0;
  for (let task = 0; task < length; task++) {
    if (startNs[task] < toNs && (startNs[task] >= fromNs || endNs[task] > fromNs)) newTask[task] = next++;
  }
  return newTask;
}

/**
 * Steps keep their ids, phases and times. Those that the range holds from beginning to end are the steps of the part; those
 * that it cuts are named, and count nowhere.
 */
export function stepsInRange(steps: DeviceSteps, { fromNs, toNs }: TimeRange, newTask: Int32Array): DeviceSteps {
  const whole: Step[] = [];
  const cut: Step[] = [];
  const newStep = steps.steps.map((step) => {
    if (step.startNs >= fromNs && step.endNs <= toNs) return whole.push(step) - 1;
    if (step.startNs < toNs && step.endNs > fromNs) cut.push(step);
    return NONE;
  });
  const stepOf = steps.stepOf
    .filter((_, task) => newTask[task] !== NONE)
    .map((step) => (step === NONE ? NONE : newStep[step]));
  return { ...steps, steps: whole, cut, stepOf };
}

/** Bubbles of the part that are bubbles of the whole run, between the same ops, have the cause that they have there. */
export function bubblesInRange(part: DeviceBubbles, whole: DeviceBubbles, newTask: Int32Array): DeviceBubbles {
  const judged = {
    cause: part.cause.slice(),
    confidence: part.confidence.slice(),
    during: part.during.slice(),
    frameworkNs: part.frameworkNs.slice(),
    launchNs: part.launchNs.slice(),
  };
  const taskOf = (task: number): number => (task === NONE ? NONE : newTask[task]);
  const isSame = (row: number, known: number): boolean =>
    whole.durNs[known] === part.durNs[row] &&
    taskOf(whole.before[known]) === part.before[row] &&
    taskOf(whole.after[known]) === part.after[row];
  let first = 0;
  for (let row = 0; row < part.length; row++) {
    const startNs = part.startNs[row];
    while (first < whole.length && whole.startNs[first] < startNs) first++;
    let known = first;
    // Those of several streams may begin at one time.
    while (known < whole.length && whole.startNs[known] === startNs && !isSame(row, known)) known++;
    if (known === whole.length || whole.startNs[known] !== startNs) continue;
    judged.cause[row] = whole.cause[known];
    judged.confidence[row] = whole.confidence[known];
    judged.during[row] = taskOf(whole.during[known]);
    judged.frameworkNs[row] = whole.frameworkNs[known];
    judged.launchNs[row] = whole.launchNs[known];
  }
  return { ...part, ...judged, skew: whole.skew };
}
