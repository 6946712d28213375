import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS } from '../op-class.ts';
import type { Gap } from './gap.ts';

/**
 * The op that ended last before a gap and the first that starts at its end or later, for gaps that come in the order of
 * time. Ops without length neither end a gap nor begin one.
 */
export class Neighbours {
  readonly #tasks: DeviceTasks;
  readonly #computeOnly: boolean;
  #next = 0;
  #lastEndNs = Number.NEGATIVE_INFINITY;
  #before = NONE;

  /** ops: those that compute or communicate. */
  constructor(tasks: DeviceTasks, of: 'ops' | 'compute') {
    this.#tasks = tasks;
    this.#computeOnly = of === 'compute';
  }

  /** Says which ops stand around a gap; NONE at the edges. */
  findFor(gap: Gap): void {
    const { endNs } = gap;
    const { length, startNs: starts, endNs: ends } = this.#tasks;
    for (; this.#next < length && starts[this.#next] < endNs; this.#next++) {
      const task = this.#next;
      if (!this.#counts(task) || ends[task] < this.#lastEndNs) continue;
      this.#lastEndNs = ends[task];
      this.#before = task;
    }
    while (this.#next < length && !this.#counts(this.#next)) this.#next++;
    gap.before = this.#before;
    gap.after = this.#next < length ? this.#next : NONE;
  }

  #counts(task: number): boolean {
    return delimitsGaps(this.#tasks, task) && !(this.#computeOnly && this.#tasks.opClass[task] !== CLASS.compute);
  }
}

/** Whether a task is an op that idle time lies between. */
export function delimitsGaps({ opClass, startNs, endNs }: DeviceTasks, task: number): boolean {
  const code = opClass[task];
  return (code === CLASS.compute || code === CLASS.communication) && endNs[task] > startNs[task];
}
