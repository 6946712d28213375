import { NONE, type Run } from '../../timeline/index.ts';
import { nearestRanks } from '../../base/index.ts';
import { inputShapes } from './group-keys.ts';
import { type GroupTotals, isSeveral, keepCommon } from './group-totals.ts';
import type { GroupedTasks } from './grouped-tasks.ts';

/**
 * A second look at the ops of those groups that are shown: their durations, those of one group side by side, and, where that
 * is asked for, whether they have one shape.
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

  addDurations({ tasks, groups }: GroupedTasks): void {
    const { length, startNs, endNs } = tasks;
    const [durNs, next] = [this.#durNs, this.#next];
    for (let task = 0; task < length; task++) {
      const group = groups[task];
      if (group === NONE || next[group] === NONE) continue;
      durNs[next[group]++] = endNs[task] - startNs[task];
    }
  }

  addShapes(run: Run, { tasks, groups }: GroupedTasks, { shapes }: GroupTotals): void {
    const shapeOf = inputShapes(run, tasks);
    for (const [task, group] of groups.entries()) {
      if (this.#range.has(group) && !isSeveral(shapes, group)) keepCommon(shapes, group, shapeOf(task));
    }
  }

  percentiles(group: number): { p50Ns: number; p95Ns: number } {
    const [from, to] = this.#range.get(group) ?? [0, 0];
    const [p50Ns, p95Ns] = nearestRanks(this.#durNs.subarray(from, to), [50, 95]);
    return { p50Ns, p95Ns };
  }
}
