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
  const { length, startNs, endNs, type, name, kind } = tasks;
  const { stepOf } = steps;
  const nesting = new Nesting(run, tasks);
  const { count, totalNs, nestedNs, maxNs, inStepsNs, types, names, kindNs, someKind } = totals;
  for (let task = 0; task < length; task++) {
    const group = groups[task];
    if (group === NONE) continue;
    const durNs = endNs[task] - startNs[task];
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
  }
  addBusy({ tasks, steps, groups }, totals);
}

/** How long ops of each group, and of all groups, kept the device busy: tasks come in the order of their starts. */
function addBusy({ tasks, groups }: GroupedTasks, totals: GroupTotals): void {
  const { length, startNs, endNs, opClass } = tasks;
  const { busyNs } = totals;
  const busyToNs = new Float64Array(busyNs.length).fill(Number.NEGATIVE_INFINITY);
  let allBusyToNs = Number.NEGATIVE_INFINITY;
  for (let task = 0; task < length; task++) {
    const group = groups[task];
    if (group === NONE || opClass[task] === CLASS.copy) continue;
    const from = startNs[task];
    const to = endNs[task];
    if (to > busyToNs[group]) {
      busyNs[group] += to - Math.max(from, busyToNs[group]);
      busyToNs[group] = to;
    }
    if (to > allBusyToNs) {
      totals.allBusyNs += to - Math.max(from, allBusyToNs);
      allBusyToNs = to;
    }
  }
}
