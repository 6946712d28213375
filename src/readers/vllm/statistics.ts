/** Statistics as numpy works them out, because vLLM's benchmark writes those down. */

export interface Statistics {
  readonly mean: number;
  /** Of the population. */
  readonly std: number;
  readonly max: number;
  percentile(percent: number): number;
}

/** Of at least one value. Sorts them. */
export function statisticsOf(values: Float64Array): Statistics {
  values.sort();
  const mean = sumOf(values) / values.length;
  const squares = values.map((value) => (value - mean) ** 2);
  return {
    mean,
    std: Math.sqrt(sumOf(squares) / values.length),
    max: values[values.length - 1],
    percentile: (percent) => percentileOf(values, percent),
  };
}

/** Between two values in proportion, from the nearer one, as numpy's `linear` does: equal to its last bit. */
export function percentileOf(ascending: Float64Array, percent: number): number {
  const at = (percent / 100) * (ascending.length - 1);
  const low = Math.floor(at);
  const [a, b] = [ascending[low], ascending[Math.min(low + 1, ascending.length - 1)]];
  const share = at - low;
  return share >= 0.5 ? b - (b - a) * (1 - share) : a + (b - a) * share;
}

/** Pairwise, so that rounding does not add up. */
export function sumOf(values: Float64Array, from = 0, to = values.length): number {
  if (to - from > 128) {
    const middle = (from + to) >> 1;
    return sumOf(values, from, middle) + sumOf(values, middle, to);
  }
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum;
}
