import { deviation, mean, quantile } from '../../../base/index.ts';

/** What is said of many numbers. The deviation is that of a sample; quartiles lie between the two nearest numbers. */
export const STATISTICS = ['count', 'mean', 'std', 'min', '25%', '50%', '75%', 'max'] as const;
export type Statistics = Readonly<Record<(typeof STATISTICS)[number], number | undefined>>;

/** A figure is undefined where there are too few numbers for it. */
export function describeNumbers(values: Float64Array): Statistics {
  const sorted = values.slice().sort();
  const known = (figure: number): number | undefined => (Number.isNaN(figure) ? undefined : figure);
  return {
    count: sorted.length,
    mean: known(mean(sorted)),
    std: known(deviation(sorted, 'sample')),
    min: sorted.at(0),
    '25%': known(quantile(sorted, 0.25)),
    '50%': known(quantile(sorted, 0.5)),
    '75%': known(quantile(sorted, 0.75)),
    max: sorted.at(-1),
  };
}

/** "69.44": a share in percent, rounded. undefined where there is no whole. */
export function percent(part: number, whole: number, digits: number): number | undefined {
  const scale = 10 ** digits;
  return whole === 0 ? undefined : Math.round((100 * part * scale) / whole) / scale;
}
