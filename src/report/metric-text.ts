/**
 * How measured numbers look: latencies in ms, so that columns of them can be compared, and in s from 10 s on; bounds where no more
 * is known.
 */
import type { ReportMetricWords } from '../locale/report-metrics.ts';
import { METRIC_FAMILIES, metricFamily } from '../timeline/index.ts';
import type { ReportMetric } from './document/report-metrics.ts';
import { formatBytes, formatChosenDuration, formatNumber, formatShare, formatShortDuration } from './format.ts';
import type { ValueTick } from './value-axis.ts';

type Measured = Pick<ReportMetric, 'id' | 'unit' | 'value' | 'low' | 'high' | 'error' | 'repeats'>;

/** `12.34 ms`, `≥ 10.00 s`, `7.50 ms (5 … 10)`, `12.34 ms ± 0.05`: bounds and errors are in the unit of the value. */
export function metricText(metric: Measured, words: ReportMetricWords): string {
  const { value, low, high, error, repeats } = metric;
  if (low !== null && high === null) return `≥ ${quantityText(low, metric, words)}`;
  const text = quantityText(value, metric, words);
  const beside = (number: number, fewest?: number): string => besideText(number, metric, words, fewest);
  // Bounds are borders of buckets, which are round numbers.
  if (low !== null && high !== null && low < high) return `${text} (${beside(low, 0)} … ${beside(high, 0)})`;
  return repeats > 1 && error > 0 ? `${text} ± ${beside(error)}` : text;
}

export function quantityText(
  value: number,
  { id, unit }: Pick<Measured, 'id' | 'unit'>,
  words: ReportMetricWords,
): string {
  switch (unit) {
    case 'ns':
      if (!isOneOfMany(id)) return formatShortDuration(value);
      return isLong(value) ? `${decimals(value / 1e9, 2)} s` : `${decimals(value / 1e6, 2)} ms`;
    case '1/s':
      return `${formatNumber(value, 2)} ${id.includes('tok_s') ? words.tokens : id.includes('req_s') ? words.requests : '/s'}`;
    case 'ratio':
      return formatShare(value);
    case 'bytes':
      return formatBytes(value);
    default:
      return formatNumber(value);
  }
}

/** A round number on an axis: `400 ms`, `10 s`; nothing needs no unit. */
export function tickText(
  { value, unitOf }: ValueTick,
  metric: Pick<Measured, 'id' | 'unit'>,
  words: ReportMetricWords,
): string {
  if (value === 0) return '0';
  if (metric.unit === 'ns') return formatChosenDuration(value, unitOf);
  return metric.unit === 'count' ? value.toLocaleString('en-US') : quantityText(value, metric, words);
}

/** A number beside the value, without the unit where both have the same. */
function besideText(number: number, metric: Measured, words: ReportMetricWords, fewest = 2): string {
  const { id, unit, value } = metric;
  if (unit === 'ns' && isOneOfMany(id)) return decimals(number / (isLong(value) ? 1e9 : 1e6), 2, fewest);
  return unit === '1/s' ? decimals(number, 2, fewest) : quantityText(number, metric, words);
}

/** From 10 s on nobody counts milliseconds. */
function isLong(ns: number): boolean {
  return Math.abs(ns) >= 10e9;
}

/** What people call it; ids that nobody knows are names of a file. */
export function metricName(id: string, words: ReportMetricWords): string | undefined {
  const family = metricFamily(id);
  return Object.hasOwn(words.names, family) ? words.names[family] : undefined;
}

/** Whether it is a statistic, or the family itself, of many values: these stand under one another. */
function isOneOfMany(id: string): boolean {
  const family = metricFamily(id);
  return Object.hasOwn(METRIC_FAMILIES, family) && METRIC_FAMILIES[family].isSpread;
}

function decimals(value: number, digits: number, fewest = digits): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: fewest, maximumFractionDigits: digits });
}
