import { NONE, type SliceId, type Timeline } from '../timeline/index.ts';
import { byString } from './by-string.ts';

/** The category of a framework's operators, now and in captures of 2021. */
const OPERATOR = /^(cpu_op|Operator)$/;

/** What names of calls begin with that a framework makes to Ascend's runtime, which itself goes on as Node@ and Hccl@. */
const RUNTIME_CALL = /^AscendCL@/;

/** What is around the slices of host threads. */
export class HostNesting {
  readonly #slices: Timeline['slices'];
  /** By slice: the one that it is nested in, plus one. */
  readonly #parents: Uint32Array;
  readonly #isOperator: (category: number) => number;
  readonly #isCall: (name: number) => number;

  constructor(timeline: Timeline) {
    const { slices, strings } = timeline;
    this.#slices = slices;
    this.#parents = parentsOnThreads(timeline);
    this.#isOperator = byString(strings.size, (text) => Number(OPERATOR.test(strings.get(text))));
    this.#isCall = byString(strings.size, (text) => Number(RUNTIME_CALL.test(strings.get(text))));
  }

  /** The innermost operator of the framework around a slice; NONE where there is none. */
  operatorAround(slice: SliceId): SliceId {
    const { category } = this.#slices;
    let parent = this.#parents[slice] - 1;
    while (parent !== NONE && (category[parent] === NONE || this.#isOperator(category[parent]) === 0)) {
      parent = this.#parents[parent] - 1;
    }
    return parent;
  }

  /** The outermost call of the runtime around a slice; NONE where there is none. */
  callAround(slice: SliceId): SliceId {
    const { name } = this.#slices;
    let outermost = NONE;
    for (let parent = this.#parents[slice] - 1; parent !== NONE; parent = this.#parents[parent] - 1) {
      if (this.#isCall(name[parent]) === 1) outermost = parent;
    }
    return outermost;
  }
}

/** By slice: the one that it is nested in on its thread, plus one; 0 for what is in none. */
export function parentsOnThreads({ slices, sliceRange, tracks }: Timeline): Uint32Array {
  const { depth, lane } = slices;
  const parents = new Uint32Array(slices.length);
  for (const [track, { kind, laneCount }] of tracks.entries()) {
    if (kind !== 'thread') continue;
    /** By lane and depth: the slice that is open there, plus one. */
    const open = Array.from({ length: laneCount }, (): number[] => []);
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      const ofLane = open[lane[slice]];
      const own = depth[slice];
      ofLane[own] = slice + 1;
      if (own > 0) parents[slice] = ofLane[own - 1];
    }
  }
  return parents;
}
