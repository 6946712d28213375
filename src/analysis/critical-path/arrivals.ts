import { NONE } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { type Collectives, collectivesOf } from '../collectives/collectives.ts';
import { firstAbove } from '../sorted.ts';

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
  readonly #isOneClock: boolean;

  constructor(analysis: RunAnalysis) {
    this.#analysis = analysis;
    this.#collectives = collectivesOf(analysis);
    this.#isOneClock = analysis.run.alignment?.method !== 'none';
  }

  /** The task of the rank that came last; undefined where that cannot be followed. */
  lastOf(device: number, task: number): DeviceTask | undefined {
    const { sides, matched, isComplete } = this.#collectives;
    const side = this.#sideOf(device, task);
    const collective = side === NONE ? NONE : matched.of[side];
    if (collective === NONE || !this.#isOneClock || isComplete[collective] === 0) return undefined;
    const members = matched.members.subarray(matched.from[collective], matched.from[collective + 1]);
    if (members.some((each) => sides.task[each] === NONE)) return undefined;
    const last = members.reduce((a, b) => (sides.startNs[b] > sides.startNs[a] ? b : a));
    return { device: sides.participant[last], task: sides.task[last] };
  }

  /** The task's start where nothing tells that it waits. */
  allThereNs(device: number, task: number): number {
    const { devices } = this.#analysis;
    const last = this.lastOf(device, task);
    if (last !== undefined) return devices[last.device].tasks.startNs[last.task];
    const side = this.#sideOf(device, task);
    const waitNs = side === NONE ? 0 : this.#collectives.waitNs[side] || 0;
    return devices[device].tasks.startNs[task] + waitNs;
  }

  /** Sides of a device are in the order of its tasks. */
  #sideOf(device: number, task: number): number {
    const { task: taskOf, sideRange } = this.#collectives.sides;
    const side = firstAbove(taskOf, task, sideRange[device], sideRange[device + 1]) - 1;
    return side >= sideRange[device] && taskOf[side] === task ? side : NONE;
  }
}
