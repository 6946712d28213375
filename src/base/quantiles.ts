/**
 * What a part of a list does not exceed, in the two ways there are.
 *
 * - nearest rank: the smallest value that at least so many percent do not exceed. It is a value that occurs, so it is what
 *   p50 and p95 of durations mean.
 * - quantile: between two values in proportion. It moves little when a value comes or goes, so comparisons rest on it, and it
 *   is what numpy, pandas and with them vLLM's benchmarks and HTA write down.
 */

/** NaN of nothing. */
export function nearestRank(ascending: Float64Array, percent: number): number {
  return ascending[rankOf(percent, ascending.length)] ?? Number.NaN;
}

/**
 * At a share from 0 to 1; NaN of nothing. The method `linear` of numpy's `quantile` and `percentile` (type 7 of Hyndman and
 * Fan), from the nearer of the two values as numpy does it, so that the last digits are the same.
 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  if (ascending.length === 0) return Number.NaN;
  const at = share * (ascending.length - 1);
  const low = Math.floor(at);
  const [a, b] = [ascending[low], ascending[Math.min(low + 1, ascending.length - 1)]];
  const rest = at - low;
  return rest >= 0.5 ? b - (b - a) * (1 - rest) : a + (b - a) * rest;
}

/** The upper one of the two in the middle; NaN of nothing. */
export function upperMedian(values: ArrayLike<number>): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? Number.NaN;
}

/** Whole percents, because 0.55 * 100 is more than 55. */
function rankOf(percent: number, length: number): number {
  return Math.max(0, Math.ceil((percent * length) / 100) - 1);
}

/**
 * Nearest ranks of a list that is not sorted, asked for in ascending order. The values are moved about, so that no more than
 * what is asked for gets its place.
 */
export function nearestRanks(values: Float64Array, percents: readonly number[]): number[] {
  let from = 0;
  return percents.map((percent) => {
    const rank = rankOf(percent, values.length);
    putInPlace(values, rank, from);
    // All that follow are larger, so the next one is among them.
    from = rank;
    return values[rank];
  });
}

function putInPlace(values: Float64Array, rank: number, first: number): void {
  let from = first;
  let to = values.length - 1;
  // Halving on average; where that does not work out, sorting bounds the time.
  for (let left = 2 * Math.log2(values.length + 1); from < to; left--) {
    if (left < 0) {
      values.subarray(from, to + 1).sort();
      return;
    }
    const [lower, upper] = partition(values, from, to);
    if (rank <= lower) to = lower;
    else if (rank >= upper) from = upper;
    else return;
  }
}

/** Afterwards all up to the first place are at most, and all from the second on at least, as large as what lies between. */
function partition(values: Float64Array, from: number, to: number): readonly [number, number] {
  const pivot = medianOf(values[from], values[(from + to) >> 1], values[to]);
  let low = from;
  let high = to;
  while (low <= high) {
    while (values[low] < pivot) low++;
    while (values[high] > pivot) high--;
    if (low > high) break;
    const value = values[low];
    values[low++] = values[high];
    values[high--] = value;
  }
  return [high, low];
}

function medianOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
