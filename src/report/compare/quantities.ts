/** How numbers of a comparison look. */

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

/** `12.345 ms`, `1.2 GB`, `31.5`; empty where nothing is known. */
export function quantity(value: number | null, unit: string): string {
  if (value === null) return '';
  const steps = STEPS[unit];
  if (unit === 'ratio') return percent(value);
  if (unit === '1/s') return `${plain(value)} /s`;
  if (steps === undefined) return unit === 'count' || unit === '' ? plain(value) : `${plain(value)} ${unit}`;
  const [name, size] = steps.find(([, each]) => Math.abs(value) >= each) ?? steps[steps.length - 1];
  return size === 1 ? `${value} ${name}` : `${(value / size).toFixed(3)} ${name}`;
}

/** `≥ 10.000 s` and `7.500 ms (5.000 ms … 10.000 ms)`: no more is known than the bounds. */
export function boundedQuantity(
  value: number | null,
  unit: string,
  range: readonly [low: number, high: number | null] | null | undefined,
): string {
  if (range === null || range === undefined || value === null) return quantity(value, unit);
  const [low, high] = range;
  if (high === null) return `≥ ${quantity(low, unit)}`;
  return low === high
    ? quantity(value, unit)
    : `${quantity(value, unit)} (${quantity(low, unit)} … ${quantity(high, unit)})`;
}

function plain(value: number): string {
  return `${Math.round(value * 1000) / 1000}`;
}

/** `+4.9 %`; empty where there is no share of the base. */
export function percentChange(ratio: number | null): string {
  if (ratio === null) return '';
  const text = (100 * ratio).toFixed(1);
  return `${ratio > 0 && Number(text) !== 0 ? '+' : ''}${Number(text) === 0 ? '0.0' : text} %`;
}

export function percent(share: number | null): string {
  return share === null ? '-' : `${(100 * share).toFixed(1)} %`;
}
