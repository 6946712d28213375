/** How quantities look to people. */

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Decimal units, as disks and networks are sold: 1 MB is 1,000,000 bytes. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < BYTE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

const DURATION_UNITS: readonly (readonly [unit: string, ns: number])[] = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
];

export function formatDuration(ns: number): string {
  const [unit, unitNs] = DURATION_UNITS.find(([, each]) => ns >= each) ?? ['ns', 1];
  return unitNs === 1 ? `${ns} ns` : `${(ns / unitNs).toFixed(3)} ${unit}`;
}

/** 1234567 -> "1,234,567" */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** "31", "426.50", "0.333": two decimals, below 1 three digits. */
export function formatNumber(value: number, fewest = Number.isInteger(value) ? 0 : 2): string {
  const isSmall = value !== 0 && Math.abs(value) < 1;
  return value.toLocaleString(
    'en-US',
    isSmall ? { maximumSignificantDigits: 3 } : { minimumFractionDigits: fewest, maximumFractionDigits: 2 },
  );
}

/** A value of a counter, in the unit that its file gives it: whether its KB are 1,000 or 1,024 bytes, nobody says. */
export function formatAmount(value: number, unit: string): string {
  if (Number.isNaN(value)) return '–';
  if (unit === 'B' || unit === 'bytes') return formatBytes(value);
  return `${formatNumber(value)} ${unit}`.trimEnd();
}

/** "1 slice", "2 slices" */
export function formatCounted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** More parts of a list are only counted. */
const MOST_PARTS = 12;

/** Ascending whole numbers: "0,1", "0-3,8", "0,8,16 and 29 more". */
export function formatNumbers(numbers: readonly number[]): string {
  const parts: string[] = [];
  let at = 0;
  while (at < numbers.length && parts.length < MOST_PARTS) {
    let end = at + 1;
    while (numbers[end] === numbers[end - 1] + 1) end++;
    if (end - at < 3) end = at + 1;
    parts.push(end - at === 1 ? `${numbers[at]}` : `${numbers[at]}-${numbers[end - 1]}`);
    at = end;
  }
  return parts.join(',') + (at < numbers.length ? ` and ${formatCount(numbers.length - at)} more` : '');
}

/** "12s", "3m 04s": for times left, where nobody reads milliseconds. */
export function formatSeconds(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole}s` : `${Math.floor(whole / 60)}m ${String(whole % 60).padStart(2, '0')}s`;
}

/** Nanoseconds of the Unix epoch as UTC, or undefined for clocks that count from something else (boot, zero). */
export function formatEpoch(ns: bigint): string | undefined {
  const year2000Ns = 946_684_800_000_000_000n;
  const year2100Ns = 4_102_444_800_000_000_000n;
  if (ns < year2000Ns || ns >= year2100Ns) return undefined;
  const toTheSecond = new Date(Number(ns / 1_000_000n)).toISOString().slice(0, 19);
  return `${toTheSecond}.${String(ns % 1_000_000_000n).padStart(9, '0')}Z`;
}

/** Three digits are what people compare: "1.20 ms", "45.6 µs", "789 ns", "1,234 s". */
export function formatShortDuration(ns: number): string {
  const sign = ns < 0 ? '-' : '';
  const length = Math.abs(ns);
  const [unit, unitNs] = DURATION_UNITS.find(([, each]) => length >= 0.9995 * each) ?? ['ns', 1];
  return `${sign}${unitNs === 1 ? Math.round(length) : threeDigits(length / unitNs)} ${unit}`;
}

function threeDigits(value: number): string {
  const decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return Number(value.toFixed(decimals)).toLocaleString('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** 0.1234 -> "12.3 %" */
export function formatShare(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** Nanoseconds as microseconds: 1234567 -> "1,234.6" */
export function formatMicros(ns: number): string {
  return (ns / 1000).toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** 0.934 -> "93 %": how sure something is, which nobody knows to a tenth. */
export function formatConfidence(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

/** "10 µs", "1.5 ms": a length that somebody chose, in the unit of another one where it is said. */
export function formatChosenDuration(ns: number, unitOfNs = ns): string {
  const [unit, unitNs] = DURATION_UNITS.find(([, each]) => unitOfNs >= each) ?? ['ns', 1];
  return `${ns / unitNs} ${unit}`;
}
