/** How numbers of a comparison look. */
import type { CompareTexts } from '../../locale/compare.ts';
import { formatShare } from '../format.ts';
import { metricText } from '../metric-text.ts';

const STEPS: Readonly<Record<string, readonly (readonly [unit: string, size: number])[]>> = {
  ns: [
    ['s', 1e9],
    ['ms', 1e6],
    ['µs', 1e3],
    ['ns', 1],
  ],
  bytes: [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
    ['B', 1],
  ],
};

/** Of a trace, to a tenth of a percent and finer: `12.345 ms`, `1.234 GB`, `31.5`; empty where nothing is known. */
export function quantity(value: number | null, unit: string): string {
  if (value === null) return '';
  const steps = STEPS[unit];
  if (steps === undefined) return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
  const [name, size] = steps.find(([, each]) => Math.abs(value) >= each) ?? steps[steps.length - 1];
  return size === 1 ? `${value} ${name}` : `${(value / size).toFixed(3)} ${name}`;
}

/** What is compared: a figure of a trace, or what was measured beside it. */
export interface Compared {
  readonly metric: string;
  readonly unit: string | null;
  readonly isMeasured: boolean;
}

/** What was measured looks as it does in reports, with its bounds where no more is known. */
export function comparedQuantity(
  value: number | null,
  { metric, unit, isMeasured }: Compared,
  { measured }: CompareTexts,
  range?: readonly [low: number, high: number | null] | null,
): string {
  if (value === null || !isMeasured) return quantity(value, unit ?? '');
  const [low, high] = range ?? [null, null];
  return metricText({ id: metric, unit: unit ?? '', value, low, high, error: 0, repeats: 1 }, measured);
}

/** `+4.9 %`; empty where there is no share of the base. */
export function percentChange(ratio: number | null): string {
  if (ratio === null) return '';
  const text = (100 * ratio).toFixed(1);
  return `${ratio > 0 && Number(text) !== 0 ? '+' : ''}${Number(text) === 0 ? '0.0' : text} %`;
}

export function percent(share: number | null): string {
  return share === null ? '-' : formatShare(share);
}
