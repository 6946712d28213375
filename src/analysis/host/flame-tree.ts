import { NONE, type StringId, StringTable } from '../../timeline/index.ts';

/** So many stacks tell nobody anything; what goes deeper counts in the frame around it. */
const MOST_FRAMES = 2 ** 17;

/** Numbers that are added to, in memory that doubles. */
class Sums {
  #values = new Float64Array(64);

  at(row: number): number {
    return this.#values[row] ?? 0;
  }

  add(row: number, value: number): void {
    if (row >= this.#values.length) {
      const wider = new Float64Array(Math.max(2 * this.#values.length, row + 1));
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[row] += value;
  }

  finish(length: number): Float64Array {
    return this.#values.slice(0, length);
  }
}

/** Stacks with equal names are one path of frames. Columns, by frame; a frame comes behind the one around it. */
export interface Flame {
  readonly length: number;
  /** NONE of frames that nothing is around. */
  readonly parent: Int32Array;
  readonly name: Int32Array;
  readonly names: StringTable;
  /** How many slices it stands for, or pieces of slices. */
  readonly count: Float64Array;
  /** Time on host threads: with all that is nested in it, and without. */
  readonly hostNs: Float64Array;
  readonly hostSelfNs: Float64Array;
  /** Time of the ops and copies that were launched in it. */
  readonly deviceNs: Float64Array;
  readonly deviceSelfNs: Float64Array;
  readonly launchCount: Float64Array;
  /** The longest slice of the frame: its shard in the run, and its row there. */
  readonly longestShard: Int32Array;
  readonly longestSlice: Int32Array;
  /** How many slices are counted in a frame around theirs, as there are too many frames or they cross too many others. */
  readonly foldedCount: number;
}

/** Puts stacks together, slice by slice: what is nested has to come behind what it is nested in. */
export class FlameTree {
  readonly names = new StringTable();
  foldedCount = 0;
  readonly #parents: number[] = [];
  readonly #frameNames: number[] = [];
  /** By parent and name. */
  readonly #children = new Map<number, number>();
  readonly #count = new Sums();
  readonly #hostSelfNs = new Sums();
  readonly #deviceSelfNs = new Sums();
  readonly #launchCount = new Sums();
  readonly #longestNs: number[] = [];
  readonly #longestShard: number[] = [];
  readonly #longestSlice: number[] = [];

  /** The frame of a name in another, or in none; the other one where there are too many. */
  frame(parent: number, name: StringId): number {
    // Fewer than 2^17 frames by 2^31 strings are told apart exactly.
    const key = (parent + 1) * 2 ** 31 + name;
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    if (this.#parents.length === MOST_FRAMES) return parent;
    const frame = this.#parents.push(parent) - 1;
    this.#frameNames.push(name);
    this.#longestNs.push(NONE);
    this.#longestShard.push(NONE);
    this.#longestSlice.push(NONE);
    this.#children.set(key, frame);
    return frame;
  }

  addSlice(frame: number, durNs: number, shard: number, slice: number): void {
    this.#count.add(frame, 1);
    if (durNs <= this.#longestNs[frame]) return;
    this.#longestNs[frame] = durNs;
    this.#longestShard[frame] = shard;
    this.#longestSlice[frame] = slice;
  }

  addHost(frame: number, selfNs: number): void {
    this.#hostSelfNs.add(frame, selfNs);
  }

  addLaunch(frame: number, durNs: number): void {
    this.#deviceSelfNs.add(frame, durNs);
    this.#launchCount.add(frame, 1);
  }

  finish(): Flame {
    const { length } = this.#parents;
    const [hostSelfNs, deviceSelfNs] = [this.#hostSelfNs.finish(length), this.#deviceSelfNs.finish(length)];
    const launchCount = this.#launchCount.finish(length);
    const [hostNs, deviceNs] = [hostSelfNs.slice(), deviceSelfNs.slice()];
    for (let frame = length - 1; frame >= 0; frame--) {
      const parent = this.#parents[frame];
      if (parent === NONE) continue;
      hostNs[parent] += hostNs[frame];
      deviceNs[parent] += deviceNs[frame];
      launchCount[parent] += launchCount[frame];
    }
    return {
      ...{ length, names: this.names, foldedCount: this.foldedCount },
      ...{ hostNs, hostSelfNs, deviceNs, deviceSelfNs, launchCount },
      parent: Int32Array.from(this.#parents),
      name: Int32Array.from(this.#frameNames),
      count: this.#count.finish(length),
      longestShard: Int32Array.from(this.#longestShard),
      longestSlice: Int32Array.from(this.#longestSlice),
    };
  }
}
