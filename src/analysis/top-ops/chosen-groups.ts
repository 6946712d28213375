import { NONE, type Run } from '../../timeline/index.ts';
import { inputShapes } from './group-keys.ts';
import { type GroupTotals, isSeveral, keepCommon } from './group-totals.ts';
import type { GroupedTasks } from './grouped-tasks.ts';
import { nearestRank } from './nearest-rank.ts';

/**
 * A second look at the ops of those groups that are shown, for what takes longer to find out: their durations, those of one
 * group side by side, and whether they have one shape.
 */
export class ChosenGroups {
  readonly #durNs: Float64Array;
  /** By group, where its durations begin and end. */
  readonly #range = new Map<number, readonly [from: number, to: number]>();
  readonly #next: Float64Array;

  constructor(chosen: readonly number[], totals: GroupTotals) {
    this.#next = new Float64Array(totals.count.length).fill(NONE);
    let end = 0;
    for (const group of chosen) {
      this.#next[group] = end;
      this.#range.set(group, [end, (end += totals.count[group])]);
    }
    this.#durNs = new Float64Array(end);
  }

  addTasks(run: Run, { tasks, groups }: GroupedTasks, { shapes }: GroupTotals): void {
    const { length, startNs, endNs } = tasks;
    const [durNs, next] = [this.#durNs, this.#next];
    const shapeOf = inputShapes(run, tasks);
    for (let task = 0; task < length; task++) {
      const group = groups[task];
      if (group === NONE || next[group] === NONE) continue;
      durNs[next[group]++] = endNs[task] - startNs[task];
      if (!isSeveral(shapes, group)) keepCommon(shapes, group, shapeOf(task));
    }
  }

  percentiles(group: number): { p50Ns: number; p95Ns: number } {
    const [from, to] = this.#range.get(group) ?? [0, 0];
    const ofGroup = this.#durNs.subarray(from, to);
    return { p50Ns: nearestRank(ofGroup, 50), p95Ns: nearestRank(ofGroup, 95) };
  }
}
