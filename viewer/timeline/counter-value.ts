import { formatBytes } from '../../src/report/format.ts';

/** "12,345.6 MB/s": six digits at most. */
export function formatCounterValue(value: number, unit: string): string {
  if (Number.isNaN(value)) return '–';
  if (unit === 'B' || unit === 'bytes') return formatBytes(value);
  const text = Number(value.toPrecision(6)).toLocaleString('en-US', { maximumFractionDigits: 6 });
  return unit === '' ? text : `${text} ${unit}`;
}
