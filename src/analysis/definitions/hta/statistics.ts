import { quantile } from '../../quantiles.ts';

/** What is said of many numbers. The deviation is that of a sample; quartiles lie between the two nearest numbers. */
export const STATISTICS = ['count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max'] as const;
export type Statistics = Readonly<Record<(typeof STATISTICS)[number], number | undefined>>;

export function describeNumbers(values: Float64Array): Statistics {
  const sorted = values.slice().sort();
  const mean = sumOf(sorted) / sorted.length;
  const quartile = (share: number): number | undefined => (sorted.length === 0 ? undefined : quantile(sorted, share));
  return {
    count: sorted.length,
    mean: sorted.length === 0 ? undefined : mean,
    std: deviation(sorted, mean),
    min: sorted.at(0),
    '25%': quartile(0.25),
    '50%': quartile(0.5),
    '75%': quartile(0.75),
    max: sorted.at(-1),
  };
}

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** undefined for fewer than two. */
export function deviation(values: Float64Array, mean: number): number | undefined {
  if (values.length < 2) return undefined;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** "69.44": a share in percent, rounded. undefined where there is no whole. */
export function percent(part: number, whole: number, digits: number): number | undefined {
  const scale = 10 ** digits;
  return whole === 0 ? undefined : Math.round((100 * part * scale) / whole) / scale;
}
