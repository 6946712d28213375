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

/** One pass over the bounds of both sets: an even number of them behind us means that we are outside. */
function combine(a: Intervals, b: Intervals, kept: number): Intervals {
  const result = new Float64Array(a.length + b.length);
  let length = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const bound = j === b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
    if (i < a.length && a[i] === bound) i++;
    if (j < b.length && b[j] === bound) j++;
    const where = (i & 1) | ((j & 1) << 1);
    if (((kept >> where) & 1) !== (length & 1)) result[length++] = bound;
  }
  return result.slice(0, length);
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

/** Those intervals, whole, that start at or after `fromNs` and before `toNs`. */
export function startingIn(intervals: Intervals, fromNs: number, toNs: number): Intervals {
  let first = 0;
  while (first < intervals.length && intervals[first] < fromNs) first += 2;
  let end = first;
  while (end < intervals.length && intervals[end] < toNs) end += 2;
  return intervals.subarray(first, end);
}

const EMPTY: Intervals = new Float64Array(0);

/** The union of intervals that come in the order of their starts, as the slices of a track do. */
export class IntervalUnion {
  #bounds = new Float64Array(64);
  #length = 0;

  add(startNs: number, endNs: number): void {
    if (endNs <= startNs) return;
    const last = this.#length - 1;
    if (last > 0 && startNs <= this.#bounds[last]) {
      this.#bounds[last] = Math.max(this.#bounds[last], endNs);
      return;
    }
    if (this.#length === this.#bounds.length) {
      const wider = new Float64Array(2 * this.#length);
      wider.set(this.#bounds);
      this.#bounds = wider;
    }
    this.#bounds[this.#length++] = startNs;
    this.#bounds[this.#length++] = endNs;
  }

  finish(): Intervals {
    return this.#bounds.slice(0, this.#length);
  }
}
