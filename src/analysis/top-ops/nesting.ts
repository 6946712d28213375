import { NONE, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';

/**
 * Finds the op that another is nested in: the innermost that has not ended on the same lane of the same stream, where slices
 * only nest or follow (docs/architecture.md). Ops have to come in the order of their starts.
 */
export class Nesting {
  readonly #tasks: DeviceTasks;
  /** By stream. */
  readonly #lanes: readonly { readonly first: number; readonly lane: Uint32Array; readonly depth: Uint16Array }[];
  /** By stream: whether anything is nested on it, which is rare. */
  readonly #isNested: Uint8Array;
  /** The last op on each lane. */
  readonly #last: Int32Array;
  /** The op that each is nested in, plus one: most are in none, and memory that is not written to costs nothing. */
  readonly #outer: Uint32Array;

  constructor({ shards }: Run, tasks: DeviceTasks) {
    this.#tasks = tasks;
    let laneCount = 0;
    this.#lanes = tasks.streams.map(({ shard, track }) => {
      const { tracks, slices } = shards[shard].timeline;
      const first = laneCount;
      laneCount += tracks[track].laneCount;
      return { first, lane: slices.lane, depth: slices.depth };
    });
    this.#isNested = Uint8Array.from(tasks.streams, ({ shard, track }) => {
      const { sliceRange, slices } = shards[shard].timeline;
      let slice = sliceRange[track];
      while (slice < sliceRange[track + 1] && slices.depth[slice] === 0) slice++;
      return Number(slice < sliceRange[track + 1]);
    });
    this.#last = new Int32Array(laneCount).fill(NONE);
    this.#outer = new Uint32Array(tasks.length);
  }

  /** NONE where it is nested in none. */
  enter(task: number): number {
    const { startNs, endNs, stream, slice } = this.#tasks;
    if (this.#isNested[stream[task]] === 0) return NONE;
    const { first, lane, depth } = this.#lanes[stream[task]];
    const at = first + lane[slice[task]];
    let outer = depth[slice[task]] === 0 ? NONE : this.#last[at];
    while (outer !== NONE && endNs[outer] <= startNs[task]) outer = this.#outer[outer] - 1;
    if (outer !== NONE) this.#outer[task] = outer + 1;
    this.#last[at] = task;
    return outer;
  }
}
