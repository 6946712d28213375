import type { TimeWindow } from './extent.ts';

/**
 * Sets of intervals of time: start, end, start, end ... in integer ns, strictly ascending. So they are sorted, none is
 * empty and none overlaps or touches the next.
 */
export type Intervals = Float64Array;

/** In which of two sets a moment lies: bit 0 neither, 1 only the first, 2 only the second, 3 both. */
const [ONLY_FIRST, ONLY_SECOND, BOTH] = [0b0010, 0b0100, 0b1000];

export function union(a: Intervals, b: Intervals): Intervals {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  return combine(a, b, ONLY_FIRST | ONLY_SECOND | BOTH);
}

export function intersection(a: Intervals, b: Intervals): Intervals {
  return combine(a, b, BOTH);
}

/** What of the first the second does not cover. */
export function difference(a: Intervals, b: Intervals): Intervals {
  return combine(a, b, ONLY_FIRST);
}

/** One pass over the bounds of both sets; `where` says in which of them the time behind the bound lies. */
function combine(a: Intervals, b: Intervals, kept: number): Intervals {
  const result = new Float64Array(a.length + b.length);
  let length = 0;
  let i = 0;
  let j = 0;
  let where = 0;
  let nextOfA = a.length > 0 ? a[0] : Number.POSITIVE_INFINITY;
  let nextOfB = b.length > 0 ? b[0] : Number.POSITIVE_INFINITY;
  while (i < a.length || j < b.length) {
    const bound = nextOfA <= nextOfB ? nextOfA : nextOfB;
    if (nextOfA === bound) {
      nextOfA = ++i < a.length ? a[i] : Number.POSITIVE_INFINITY;
      where ^= 1;
    }
    if (nextOfB === bound) {
      nextOfB = ++j < b.length ? b[j] : Number.POSITIVE_INFINITY;
      where ^= 2;
    }
    if (((kept >> where) & 1) !== (length & 1)) result[length++] = bound;
  }
  return result.subarray(0, length);
}

/** What of a window lies in which of two sets, which are in it as a whole. */
export interface Partition {
  readonly onlyFirst: Intervals;
  readonly both: Intervals;
  readonly neither: Intervals;
}

/** The same as difference, intersection and the gaps of the union, but quicker. */
export function partition(first: Intervals, second: Intervals, startNs: number, endNs: number): Partition {
  return { ...cutBy(first, second), neither: gaps(first, second, startNs, endNs) };
}

/** Each interval of the first set is gone through for itself, and so are those of the second that overlap it. */
function cutBy(first: Intervals, second: Intervals): Pick<Partition, 'onlyFirst' | 'both'> {
  const most = first.length + second.length;
  const onlyFirst = new Float64Array(most);
  const both = new Float64Array(most);
  let [onlyLength, bothLength, at] = [0, 0, 0];
  for (let i = 0; i < first.length; i += 2) {
    const toNs = first[i + 1];
    let fromNs = first[i];
    while (at < second.length && second[at + 1] <= fromNs) at += 2;
    for (let k = at; k < second.length && second[k] < toNs; k += 2) {
      if (fromNs < second[k]) {
        onlyFirst[onlyLength++] = fromNs;
        onlyFirst[onlyLength++] = fromNs = second[k];
      }
      both[bothLength++] = fromNs;
      both[bothLength++] = fromNs = Math.min(second[k + 1], toNs);
    }
    if (fromNs === toNs) continue;
    onlyFirst[onlyLength++] = fromNs;
    onlyFirst[onlyLength++] = toNs;
  }
  return { onlyFirst: onlyFirst.subarray(0, onlyLength), both: both.subarray(0, bothLength) };
}

/** Where neither set is. */
function gaps(a: Intervals, b: Intervals, startNs: number, endNs: number): Intervals {
  const result = new Float64Array(a.length + b.length + 2);
  let length = 0;
  let coveredNs = startNs;
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const isOfA = j === b.length || a[i] < b[j];
    const set = isOfA ? a : b;
    const at = isOfA ? i : j;
    if (isOfA) i += 2;
    else j += 2;
    if (set[at] > coveredNs) {
      result[length++] = coveredNs;
      result[length++] = set[at];
    }
    if (set[at + 1] > coveredNs) coveredNs = set[at + 1];
  }
  if (endNs > coveredNs) {
    result[length++] = coveredNs;
    result[length++] = endNs;
  }
  return result.subarray(0, length);
}

/** The union of many sets: pairs of them, then pairs of those, so that no bound is visited more than log n times. */
export function unionOf(sets: readonly Intervals[]): Intervals {
  let rest = sets;
  while (rest.length > 1) {
    rest = Array.from({ length: Math.ceil(rest.length / 2) }, (_, pair) =>
      union(rest[2 * pair], rest[2 * pair + 1] ?? EMPTY),
    );
  }
  return rest[0] ?? EMPTY;
}

/** The window from start to end; nothing where it has no length. */
export function interval(startNs: number, endNs: number): Intervals {
  return startNs < endNs ? Float64Array.of(startNs, endNs) : EMPTY;
}

export function lengthNs(intervals: Intervals): number {
  let sum = 0;
  for (let i = 0; i < intervals.length; i += 2) sum += intervals[i + 1] - intervals[i];
  return sum;
}

/** How long both sets last at once; quick where one of them has far fewer intervals than the other. */
export function sharedNs(many: Intervals, few: Intervals): number {
  let sum = 0;
  let at = 0;
  for (let i = 0; i < few.length; i += 2) {
    while (at < many.length && many[at + 1] <= few[i]) at += 2;
    for (let k = at; k < many.length && many[k] < few[i + 1]; k += 2) {
      sum += Math.min(many[k + 1], few[i + 1]) - Math.max(many[k], few[i]);
    }
  }
  return sum;
}

/** The longest interval of a set, the first of several; nothing of nothing. */
export function longest(intervals: Intervals): Intervals {
  let best = 0;
  let mostNs = 0;
  for (let i = 0; i < intervals.length; i += 2) {
    const ns = intervals[i + 1] - intervals[i];
    if (ns > mostNs) [best, mostNs] = [i, ns];
  }
  return intervals.subarray(best, best + 2);
}

/** From the first start to the last end; undefined of nothing. */
export function windowOf(intervals: Intervals): TimeWindow | undefined {
  return intervals.length === 0 ? undefined : { startNs: intervals[0], endNs: intervals[intervals.length - 1] };
}

/** How much of a set lies in each of several windows, which are sorted and do not overlap. One pass over both. */
export function lengthsWithin(intervals: Intervals, windows: readonly TimeWindow[]): Float64Array {
  const lengths = new Float64Array(windows.length);
  let first = 0;
  for (const [number, { startNs, endNs }] of windows.entries()) {
    while (first < intervals.length && intervals[first + 1] <= startNs) first += 2;
    let at = first;
    let sum = at < intervals.length ? Math.min(0, intervals[at] - startNs) : 0;
    for (; at < intervals.length && intervals[at] < endNs; at += 2) sum += intervals[at + 1] - intervals[at];
    if (at > first) lengths[number] = sum - Math.max(0, intervals[at - 1] - endNs);
  }
  return lengths;
}

/** Those intervals, whole, that start at or after `fromNs` and before `toNs`. */
export function startingIn(intervals: Intervals, fromNs: number, toNs: number): Intervals {
  return intervals.subarray(firstFrom(intervals, fromNs), firstFrom(intervals, toNs));
}

/** Where the first interval stands that starts at a moment or later. */
function firstFrom(intervals: Intervals, atNs: number): number {
  let low = 0;
  let high = intervals.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (intervals[2 * middle] < atNs) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

const EMPTY: Intervals = new Float64Array(0);

/** The union of intervals that come in the order of their starts, as the slices of a track do. */
export class IntervalUnion {
  #bounds: Float64Array;
  #length = 0;
  /** The last one, which what comes may make longer; nothing yet where it has no length. */
  #startNs = Number.NEGATIVE_INFINITY;
  #endNs = Number.NEGATIVE_INFINITY;

  /** Where it is known how many intervals may come, room for them is made at once: what is not written to costs nothing. */
  constructor(capacity = 32) {
    this.#bounds = new Float64Array(2 * capacity);
  }

  add(startNs: number, endNs: number): void {
    if (startNs <= this.#endNs) {
      if (endNs > this.#endNs) this.#endNs = endNs;
    } else if (endNs > startNs) {
      this.#close();
      this.#startNs = startNs;
      this.#endNs = endNs;
    }
  }

  finish(): Intervals {
    this.#close();
    this.#startNs = this.#endNs;
    return this.#bounds.subarray(0, this.#length);
  }

  #close(): void {
    if (this.#startNs === this.#endNs) return;
    if (this.#length === this.#bounds.length) this.#widen();
    this.#bounds[this.#length++] = this.#startNs;
    this.#bounds[this.#length++] = this.#endNs;
  }

  #widen(): void {
    const wider = new Float64Array(Math.max(64, 2 * this.#length));
    wider.set(this.#bounds);
    this.#bounds = wider;
  }
}
