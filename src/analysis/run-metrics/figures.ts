import { deviation, grouped, mean, sumOf } from '../../base/index.ts';
import {
  type Better,
  type Labels,
  labelsText,
  type Metric,
  metricFamily,
  metricsOf,
  type MetricUnit,
  type Table,
} from '../../timeline/index.ts';
import { type Distribution, distributionKey, quantileError, quantileOf } from './distributions.ts';

/** A number of a run. Times in ns, rates per second. */
export interface MetricFigure {
  readonly id: string;
  readonly unit: MetricUnit;
  readonly better: Better;
  readonly labels: Labels;
  /** The mean of its repeats; where only a least value is known, that. */
  readonly value: number;
  /** Where only bounds are known; `high` may be infinite. */
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The standard error that repeats, bounds or the values behind it give it; 0 where nothing tells. */
  readonly error: number;
  readonly repeats: number;
  /** From how many values; undefined where nobody says. */
  readonly count: number | undefined;
}

/** What is worked out where a file gives values or buckets and no statistic of them. */
const STATISTICS_OF_VALUES = ['mean', 'p50', 'p90', 'p99'] as const;

export function figuresOf(
  tables: readonly Table[],
  distributions: readonly Distribution[],
): { readonly figures: MetricFigure[]; readonly notNumbers: number } {
  const all = tables.flatMap(metricsOf);
  const usable = all.flatMap((metric) => readable(metric) ?? []);
  // What two files give in different units is no repeat of one another.
  const alike = grouped(usable, ({ id, unit, labels }) => JSON.stringify([id, unit, labelsText(labels)]));
  const behind = new Map(distributions.map((each) => [distributionKey(each), each]));
  const keyOf = ({ id, labels }: Pick<Metric, 'id' | 'labels'>): string =>
    distributionKey({ family: metricFamily(id), labels });
  const told = alike.map((repeats) => meanOf(repeats, behind.get(keyOf(repeats[0]))));
  const families = new Set(told.map(keyOf));
  const derived = distributions.filter((each) => !families.has(distributionKey(each))).flatMap(statisticsOf);
  return { figures: [...told, ...derived], notNumbers: all.length - usable.length };
}

/** A quantile above the last bound of a histogram is that bound or more. undefined where it is no number at all. */
function readable(metric: Metric): Metric | undefined {
  const { value, low, high } = metric;
  if (Number.isFinite(value)) return metric;
  const isOpen = value === Number.POSITIVE_INFINITY || high === Number.POSITIVE_INFINITY;
  if (low === undefined || !Number.isFinite(low) || !isOpen) return undefined;
  return { ...metric, value: low, high: Number.POSITIVE_INFINITY };
}

function meanOf(repeats: readonly Metric[], own: Distribution | undefined): MetricFigure {
  const [{ id, unit, better, labels }] = repeats;
  const value = mean(repeats.map((each) => each.value));
  const isBounded = repeats.some(({ low, high }) => low !== undefined || high !== undefined);
  const low = isBounded ? mean(repeats.map((each) => each.low ?? each.value)) : undefined;
  const high = isBounded ? mean(repeats.map((each) => each.high ?? each.value)) : undefined;
  const counts = repeats.flatMap(({ count }) => count ?? []);
  const count = counts.length === 0 ? undefined : sumOf(counts);
  const ofRepeats = errorOfMean(repeats.map((each) => each.value));
  const error = ofRepeats > 0 ? ofRepeats : Math.max(errorOfBounds(low, high), errorOfValues(id, own));
  return { id, unit, better, labels, value, low, high, error, repeats: repeats.length, count };
}

function statisticsOf(distribution: Distribution): MetricFigure[] {
  const { family, unit, better, labels, values, count } = distribution;
  return STATISTICS_OF_VALUES.flatMap((statistic): MetricFigure[] => {
    const id = `${family}.${statistic}`;
    const share = Number(statistic.slice(1)) / 100;
    const found = statistic !== 'mean' ? quantileOf(distribution, share) : values && { value: mean(values) };
    if (found === undefined || Number.isNaN(found.value)) return [];
    const { value, low, high } = { low: undefined, high: undefined, ...found };
    const error = Math.max(errorOfBounds(low, high), errorOfValues(id, distribution));
    return [{ id, unit, better, labels, value, low, high, error, repeats: 1, count }];
  });
}

/** Nobody knows where between the bounds it is: a standard deviation of evenly spread values. */
function errorOfBounds(low: number | undefined, high: number | undefined): number {
  return low === undefined || high === undefined || !Number.isFinite(high) ? 0 : (high - low) / Math.sqrt(12);
}

/** Of a mean or a quantile of so many values; 0 where the values are not known. */
function errorOfValues(id: string, distribution: Distribution | undefined): number {
  const values = distribution?.values;
  if (values === undefined || values.length < 2) return 0;
  const statistic = id.slice(id.indexOf('.') + 1);
  if (statistic === 'mean') return errorOfMean(values);
  const percent = /^p(\d+(?:\.\d+)?)$/.exec(statistic)?.[1];
  return percent === undefined ? 0 : quantileError(values, Number(percent) / 100);
}

/** 0 where one value tells nothing. */
function errorOfMean(values: ArrayLike<number>): number {
  return values.length < 2 ? 0 : deviation(values, 'sample') / Math.sqrt(values.length);
}
