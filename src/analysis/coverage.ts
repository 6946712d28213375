import type { Intervals } from './intervals.ts';

/** How much of any stretch of time a set of intervals covers, each answer in log n. */
export class Coverage {
  readonly #intervals: Intervals;
  /** The length of all intervals before each. */
  readonly #before: Float64Array;

  constructor(intervals: Intervals) {
    this.#intervals = intervals;
    this.#before = new Float64Array(intervals.length / 2 + 1);
    for (let i = 0; i < intervals.length; i += 2) {
      this.#before[i / 2 + 1] = this.#before[i / 2] + intervals[i + 1] - intervals[i];
    }
  }

  withinNs(fromNs: number, toNs: number): number {
    return toNs <= fromNs ? 0 : this.#untilNs(toNs) - this.#untilNs(fromNs);
  }

  /** The end of the last interval that began before a moment, cut there; undefined where none did. */
  lastBefore(atNs: number): number | undefined {
    const at = this.#beganBefore(atNs);
    return at === 0 ? undefined : Math.min(atNs, this.#intervals[2 * at - 1]);
  }

  #untilNs(atNs: number): number {
    const at = this.#beganBefore(atNs);
    if (at === 0) return 0;
    return this.#before[at] - Math.max(0, this.#intervals[2 * at - 1] - atNs);
  }

  #beganBefore(atNs: number): number {
    let low = 0;
    let high = this.#intervals.length / 2;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#intervals[2 * middle] < atNs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
