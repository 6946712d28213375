/**
 * Which ops take the time of the devices, in groups.
 *
 * - What counts: compute and communication. Copies count where ops are grouped by class, and only there. A collective counts
 *   as the row of its group (device-tasks.ts); planes, waits, the profiler and what a tool derived from others never do.
 * - class: that of the ops of the group with the most time; ops of one type may be of several, as AI_CORE in one capture is
 *   cube in another.
 * - total: the sum of durations. self: that without what ops nested in them cover, on the same lane of the same stream, so
 *   self times of one lane never count a moment twice. mean = total / count. p50, p95: nearest rank, exact.
 * - share of busy: how long ops of the group kept their devices busy (union) / how long all ops did. From 0 to 1; shares add
 *   up to more than 1 where groups run at once. Copies keep no device busy: 0.
 * - per step: total of the ops that belong to a step / number of steps, on all devices taken together, or on those of the
 *   rank where ops are grouped by rank. Of a group that is in no step nothing is told. With a phase all figures are those of ops in steps of that phase.
 */
import { compareText } from '../../base/index.ts';
import { NONE } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import type { Phase } from '../steps/step.ts';
import { ChosenGroups } from './chosen-groups.ts';
import { GroupKeys, groupsOf } from './group-keys.ts';
import { GroupTotals } from './group-totals.ts';
import { addTasks, type GroupedTasks, groupsThatCount } from './grouped-tasks.ts';
import type { OpGrouping } from './grouping.ts';
import { OP_KINDS, type OpKind } from '../op-kind.ts';

/** Times are ns; all but the mean and the time per step are whole. */
export interface OpGroup {
  /** What the ops have in common, in words. */
  readonly key: string;
  /** undefined where nobody tells, or where ops of the group differ. */
  readonly type: string | undefined;
  readonly name: string | undefined;
  /** Looked up only for groups by shape and by name: other groups rarely have one. */
  readonly shape: string | undefined;
  /** That takes most of the time. */
  readonly opClass: OpKind;
  readonly count: number;
  readonly totalNs: number;
  readonly selfNs: number;
  readonly meanNs: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly maxNs: number;
  /** From 0 to 1. */
  readonly shareOfBusy: number;
  /** undefined where there are no steps, or no op of the group is in one. */
  readonly perStepNs: number | undefined;
}

export interface TopOpsOptions {
  readonly by: OpGrouping;
  /** All groups where nothing is said. */
  readonly limit?: number | undefined;
  readonly phase?: Phase | undefined;
}

/** The groups with the most time first. */
export async function topOps(analysis: RunAnalysis, options: TopOpsOptions): Promise<OpGroup[]> {
  const keys = new GroupKeys();
  const groupsOfDevice = groupsOf(analysis, options.by, keys);
  const totals = new GroupTotals();
  const grouped: GroupedTasks[] = [];
  for (const { tasks, steps } of analysis.devices) {
    const groups = groupsThatCount({ tasks, steps }, await groupsOfDevice(tasks), options);
    totals.reserve(keys.size);
    addTasks(analysis.run, { tasks, steps, groups }, totals);
    grouped.push({ tasks, steps, groups });
  }
  const chosen = totals
    .groups()
    .sort((a, b) => totals.totalNs[b] - totals.totalNs[a] || compareText(keys.key(a), keys.key(b)))
    .slice(0, options.limit);
  const details = new ChosenGroups(chosen, totals);
  for (const each of grouped) {
    details.addDurations(each);
    if (options.by === 'shape' || options.by === 'name') details.addShapes(analysis.run, each, totals);
  }
  const stepCountOf = stepCounts(grouped, options);
  const texts = analysis.devices[0]?.tasks.texts;
  const textOf = (id: number): string | undefined => (id < 0 ? undefined : texts?.get(id));
  return chosen.map((group): OpGroup => {
    const [count, totalNs, inStepsNs] = [totals.count[group], totals.totalNs[group], totals.inStepsNs[group]];
    return {
      key: keys.key(group),
      type: textOf(totals.types[group]),
      name: textOf(totals.names[group]),
      shape: textOf(totals.shapes[group]),
      opClass: OP_KINDS[totals.mainKind(group)],
      ...{ count, totalNs, selfNs: totalNs - totals.nestedNs[group], meanNs: totalNs / count },
      ...details.percentiles(group),
      maxNs: totals.maxNs[group],
      shareOfBusy: totals.allBusyNs === 0 ? 0 : totals.busyNs[group] / totals.allBusyNs,
      perStepNs: inStepsNs === 0 ? undefined : inStepsNs / stepCountOf(group),
    };
  });
}

/** How many steps the ops of a group could have been in. */
function stepCounts(grouped: readonly GroupedTasks[], { by, phase }: TopOpsOptions): (group: number) => number {
  const counts = grouped.map(({ steps }) => steps.steps.filter((step) => (phase ?? step.phase) === step.phase).length);
  if (by !== 'rank') {
    const all = counts.reduce((sum, count) => sum + count, 0);
    return () => all;
  }
  const ofGroup = new Map<number, number>();
  for (const [device, { groups }] of grouped.entries()) {
    const group = groups.find((each) => each !== NONE) ?? NONE;
    ofGroup.set(group, (ofGroup.get(group) ?? 0) + counts[device]);
  }
  return (group) => ofGroup.get(group) ?? 0;
}
