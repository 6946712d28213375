/**
 * Percentiles by nearest rank, asked for in ascending order: the smallest value that at least so many percent of the values do
 * not exceed. They are values that occur. The values are moved about, so that no more than what is asked for gets its place.
 */
export function nearestRanks(values: Float64Array, percents: readonly number[]): number[] {
  let from = 0;
  return percents.map((percent) => {
    const rank = Math.max(0, Math.ceil((percent * values.length) / 100) - 1);
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
