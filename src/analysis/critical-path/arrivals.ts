import { NONE } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { type Collectives, collectivesOf } from '../collectives/collectives.ts';

/** A task of a device, by their numbers. */
export interface DeviceTask {
  readonly device: number;
  readonly task: number;
}

/**
 * When all ranks of a communication op were there: asked once for all steps and devices.
 *
 * Where all ranks of a collective have tasks and their clocks are one, that is the start on the last of them, which can be
 * followed there. Else it is the start plus how long this rank waited, for something outside.
 */
export class Arrivals {
  readonly #analysis: RunAnalysis;
  readonly #collectives: Collectives;
  /** By device and task: the side. */
  readonly #sideOf: readonly Map<number, number>[];
  /** By collective: the side of the last rank; NONE where it cannot be followed. */
  readonly #last: Int32Array;

  constructor(analysis: RunAnalysis, collectives: Collectives = collectivesOf(analysis)) {
    const { sides, matched, isComplete } = collectives;
    this.#analysis = analysis;
    this.#collectives = collectives;
    this.#sideOf = analysis.devices.map(() => new Map<number, number>());
    for (let side = 0; side < sides.length; side++) {
      if (sides.task[side] !== NONE) this.#sideOf[sides.participant[side]].set(sides.task[side], side);
    }
    const isOneClock = analysis.run.alignment?.method !== 'none';
    this.#last = Int32Array.from({ length: matched.count }, (_, collective) => {
      const members = matched.members.subarray(matched.from[collective], matched.from[collective + 1]);
      const canFollow =
        isOneClock && isComplete[collective] === 1 && members.every((side) => sides.task[side] !== NONE);
      return canFollow
        ? members.reduce((last, side) => (sides.startNs[side] > sides.startNs[last] ? side : last))
        : NONE;
    });
  }

  /** The side of the rank that came last; undefined where that cannot be followed. */
  lastOf(device: number, task: number): DeviceTask | undefined {
    const side = this.#sideOf[device].get(task) ?? NONE;
    const collective = side === NONE ? NONE : this.#collectives.matched.of[side];
    const last = collective === NONE ? NONE : this.#last[collective];
    if (last === NONE) return undefined;
    const { participant, task: taskOf } = this.#collectives.sides;
    return { device: participant[last], task: taskOf[last] };
  }

  /** The task's start where nothing tells that it waits. */
  allThereNs(device: number, task: number): number {
    const { devices } = this.#analysis;
    const last = this.lastOf(device, task);
    if (last !== undefined) return devices[last.device].tasks.startNs[last.task];
    const side = this.#sideOf[device].get(task) ?? NONE;
    const waitNs = side === NONE ? 0 : this.#collectives.waitNs[side] || 0;
    return devices[device].tasks.startNs[task] + waitNs;
  }
}
