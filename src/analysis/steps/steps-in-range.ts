/**
 * The steps of a run of which only a range of time is looked at: they are told by the whole run, and keep its ids, phases
 * and times. Those that the range holds from beginning to end are the steps of the part; those that it cuts are named, and
 * count nowhere.
 */
import { NONE } from '../../timeline/index.ts';
import type { TimeRange } from '../../timeline/cut.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { DeviceSteps, Step } from './step.ts';

/** `part`: the tasks that touch the range, in the order that they have in `tasks`. */
export function stepsInRange(
  { tasks, steps }: { readonly tasks: DeviceTasks; readonly steps: DeviceSteps },
  { fromNs, toNs }: TimeRange,
  part: DeviceTasks,
): DeviceSteps {
  const whole: Step[] = [];
  const cut: Step[] = [];
  const newStep = steps.steps.map((step) => {
    if (step.startNs >= fromNs && step.endNs <= toNs) return whole.push(step) - 1;
    if (step.startNs < toNs && step.endNs > fromNs) cut.push(step);
    return NONE;
  });
  const stepOf = new Int32Array(part.length);
  let next = 0;
  for (let task = 0; task < tasks.length; task++) {
    const startNs = tasks.startNs[task];
    if (startNs >= toNs || (startNs < fromNs && tasks.endNs[task] <= fromNs)) continue;
    const step = steps.stepOf[task];
    stepOf[next++] = step === NONE ? NONE : newStep[step];
  }
  if (next !== part.length) throw new Error(`${part.length} tasks touch a range that ${next} were found in`);
  return { ...steps, steps: whole, cut, stepOf };
}
