/** Sums, means and deviations of numbers. */

/** In pairs of halves, as numpy adds, so that rounding does not add up. */
export function sumOf(values: ArrayLike<number>, from = 0, to = values.length): number {
  if (to - from > 128) {
    const middle = (from + to) >> 1;
    return sumOf(values, from, middle) + sumOf(values, middle, to);
  }
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum;
}

/** NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  return sumOf(values) / values.length;
}

/**
 * How far values lie from their mean: the root of the mean square. Of all there are it is divided by their number, as in
 * numpy's `std` (ddof 0); of a sample that stands for more by one less, as in pandas' (ddof 1). NaN where that is nothing.
 */
export function deviation(values: ArrayLike<number>, of: 'all' | 'sample'): number {
  const centre = mean(values);
  const squares = Float64Array.from(values, (value) => (value - centre) ** 2);
  return Math.sqrt(sumOf(squares) / (of === 'all' ? values.length : values.length - 1));
}
