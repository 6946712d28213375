import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS, isOp } from '../op-class.ts';
import { OP_KINDS } from '../op-kind.ts';
import type { DeviceSteps, Phase } from '../steps/step.ts';
import type { GroupOf } from './group-keys.ts';
import { type GroupTotals, keepCommon } from './group-totals.ts';
import type { OpGrouping } from './grouping.ts';
import { Nesting } from './nesting.ts';

export interface TasksInSteps {
  readonly tasks: DeviceTasks;
  readonly steps: DeviceSteps;
}

/** The tasks of a device, and the group of each; NONE for those that do not count. */
export interface GroupedTasks extends TasksInSteps {
  readonly groups: Int32Array;
}

export function groupsThatCount(
  { tasks, steps }: TasksInSteps,
  groupOf: GroupOf,
  { by, phase }: { readonly by: OpGrouping; readonly phase?: Phase | undefined },
): Int32Array {
  const { length, opClass } = tasks;
  const { stepOf } = steps;
  const isOfPhase = steps.steps.map((step) => step.phase === phase);
  const groups = new Int32Array(length);
  for (let task = 0; task < length; task++) {
    const code = opClass[task];
    const isGrouped = isOp(code) || (code === CLASS.copy && by === 'class');
    const counts = isGrouped && (phase === undefined || (stepOf[task] !== NONE && isOfPhase[stepOf[task]]));
    groups[task] = counts ? groupOf(task) : NONE;
  }
  return groups;
}

/** Columns stand in locals: this is done for each of many millions of tasks. */
export function addTasks(run: Run, { tasks, steps, groups }: GroupedTasks, totals: GroupTotals): void {
  const { length, startNs, endNs, opClass, type, name, kind } = tasks;
  const { stepOf } = steps;
  const nesting = new Nesting(run, tasks);
  const { count, totalNs, nestedNs, maxNs, inStepsNs, busyNs, types, names, kindNs, someKind } = totals;
  /** Until when ops of each group, and in the last row of any group, kept the device busy; and how long those of any did. */
  const any = busyNs.length;
  const busyToNs = new Float64Array(any + 1).fill(Number.NEGATIVE_INFINITY);
  const anyBusyNs = new Float64Array(1);
  for (let task = 0; task < length; task++) {
    const group = groups[task];
    if (group === NONE) continue;
    const fromNs = startNs[task];
    const toNs = endNs[task];
    const durNs = toNs - fromNs;
    count[group]++;
    totalNs[group] += durNs;
    if (durNs > maxNs[group]) maxNs[group] = durNs;
    if (stepOf[task] !== NONE) inStepsNs[group] += durNs;
    const outer = nesting.enter(task);
    if (outer !== NONE) nestedNs[groups[outer]] += durNs;
    keepCommon(types, group, type[task]);
    keepCommon(names, group, name[task]);
    kindNs[group * OP_KINDS.length + kind[task]] += durNs;
    someKind[group] = kind[task];
    if (opClass[task] === CLASS.copy) continue;
    if (toNs > busyToNs[group]) {
      busyNs[group] += toNs - Math.max(fromNs, busyToNs[group]);
      busyToNs[group] = toNs;
    }
    if (toNs > busyToNs[any]) {
      anyBusyNs[0] += toNs - Math.max(fromNs, busyToNs[any]);
      busyToNs[any] = toNs;
    }
  }
  totals.allBusyNs += anyBusyNs[0];
}
