/** How measured numbers look: latencies in ms, so that columns of them can be compared; bounds where no more is known. */
import type { ReportMetricWords } from '../locale/report-metrics.ts';
import { METRIC_FAMILIES, metricFamily } from '../timeline/index.ts';
import type { ReportMetric } from './document/report-document.ts';
import { formatBytes, formatShare, formatShortDuration } from './format.ts';

type Measured = Pick<ReportMetric, 'id' | 'unit' | 'value' | 'low' | 'high' | 'error' | 'repeats'>;

/** `12.34 ms`, `≥ 10,000.00 ms`, `7.50 ms (5.00 … 10.00)`, `12.34 ms ± 0.05`. */
export function metricText(metric: Measured, words: ReportMetricWords): string {
  const { value, low, high, error, repeats } = metric;
  const text = (number: number): string => quantityText(number, metric, words);
  if (low !== null && high === null) return `≥ ${text(low)}`;
  if (low !== null && high !== null && low < high) return `${text(value)} (${text(low)} … ${text(high)})`;
  return repeats > 1 && error > 0 ? `${text(value)} ± ${text(error)}` : text(value);
}

export function quantityText(
  value: number,
  { id, unit }: Pick<Measured, 'id' | 'unit'>,
  words: ReportMetricWords,
): string {
  switch (unit) {
    case 'ns':
      return isOneOfMany(id) ? `${decimals(value / 1e6, 2)} ms` : formatShortDuration(value);
    case '1/s':
      return `${decimals(value, 2)} ${id.includes('tok_s') ? words.tokens : id.includes('req_s') ? words.requests : '/s'}`;
    case 'ratio':
      return formatShare(value);
    case 'bytes':
      return formatBytes(value);
    default:
      return decimals(value, Number.isInteger(value) ? 0 : 2);
  }
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

function decimals(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
