import type { DeviceTasks } from '../device-tasks.ts';
import type { TimeWindow } from '../extent.ts';
import { difference, type Intervals, IntervalUnion, lengthNs } from '../intervals.ts';
import { CLASS } from '../op-class.ts';
import { NameTimes } from './name-times.ts';

/** Compute ops of one kind. */
export interface OpsAlone {
  readonly count: number;
  readonly names: NameTimes;
  /** How long nothing but them computed: without them the device computes that much less. */
  readonly stakeNs: number;
  readonly window: TimeWindow | undefined;
  readonly computeNs: number;
}

/** Ops of one kind against all other compute ops of a device, in one pass. */
export function opsAlone(tasks: DeviceTasks, isOfKind: (task: number) => boolean): OpsAlone {
  const { length, opClass, startNs, endNs, type } = tasks;
  const kind = new IntervalUnion();
  const others = new IntervalUnion();
  const names = new NameTimes();
  let count = 0;
  for (let task = 0; task < length; task++) {
    if (opClass[task] !== CLASS.compute) continue;
    const isMember = isOfKind(task);
    (isMember ? kind : others).add(startNs[task], endNs[task]);
    if (!isMember) continue;
    count++;
    names.add(type[task], endNs[task] - startNs[task]);
  }
  const other = others.finish();
  const alone = difference(kind.finish(), other);
  const stakeNs = lengthNs(alone);
  return { count, names, stakeNs, window: longest(alone), computeNs: stakeNs + lengthNs(other) };
}

/** undefined where there is none. */
export function longest(intervals: Intervals): TimeWindow | undefined {
  let best: TimeWindow | undefined;
  for (let i = 0; i < intervals.length; i += 2) {
    const [startNs, endNs] = [intervals[i], intervals[i + 1]];
    if (best === undefined || endNs - startNs > best.endNs - best.startNs) best = { startNs, endNs };
  }
  return best;
}
