/**
 * Where a time axis has ticks and what they say. Far from 0 a full time is long, so ticks say how far they are from one
 * round time, which stands beside the axis: at any zoom neighbours read differently and no digit is lost.
 */
import { lengthOf, type TimeWindow } from './time-window.ts';

export interface Tick {
  readonly timeNs: number;
  readonly label: string;
}

export interface TimeAxis {
  /** What ticks count from, and how it reads; '' where they count from 0. */
  readonly baseNs: number;
  readonly baseLabel: string;
  readonly stepNs: number;
  readonly ticks: readonly Tick[];
}

const UNITS: readonly (readonly [unit: string, ns: number])[] = [
  ['s', 1e9],
  ['ms', 1e6],
  ['µs', 1e3],
  ['ns', 1],
];
/** Ticks are at least that far apart. */
const TICK_PX = 90;

export function timeAxis(window: TimeWindow, widthPx: number): TimeAxis {
  const lengthNs = lengthOf(window);
  const stepNs = niceStep((lengthNs * TICK_PX) / Math.max(widthPx, TICK_PX));
  const [unit, unitNs] = UNITS.find(([, ns]) => stepNs >= ns) ?? UNITS[3];
  const roundNs = 10 ** Math.ceil(Math.log10(lengthNs));
  const startNs = Math.max(0, window.startNs);
  const isFar = startNs / unitNs >= 10_000;
  const baseNs = isFar ? Math.floor(startNs / roundNs) * roundNs : 0;
  const ticks: Tick[] = [];
  for (let timeNs = Math.ceil(startNs / stepNs) * stepNs; timeNs <= window.endNs; timeNs += stepNs) {
    const label = `${grouped((timeNs - baseNs) / unitNs, decimalsOf(stepNs / unitNs))} ${unit}`;
    ticks.push({ timeNs, label: baseNs === 0 ? label : `+${label}` });
  }
  return { baseNs, baseLabel: baseNs === 0 ? '' : exactTime(baseNs), stepNs, ticks };
}

/** 1, 2 or 5 times a power of ten, a whole number of ns, not below `least`. */
function niceStep(leastNs: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(leastNs, 1)));
  return Math.max(1, Math.round(([1, 2, 5].find((times) => times * power >= leastNs) ?? 10) * power));
}

const decimalsOf = (step: number): number => (step >= 1 || step <= 0 ? 0 : Math.ceil(-Math.log10(step) - 1e-9));

/** By the number of decimals: making one takes as long as writing hundreds of numbers. */
const FORMATS: Intl.NumberFormat[] = [];

function grouped(value: number, decimals: number): string {
  FORMATS[decimals] ??= new Intl.NumberFormat('en-US', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  return FORMATS[decimals].format(value);
}

/** A time with all its digits, in groups of three: 12345678901 -> "12.345 678 901 s". */
export function exactTime(timeNs: number): string {
  const whole = Math.round(timeNs);
  const digits = String(Math.abs(whole));
  const sign = whole < 0 ? '-' : '';
  const [unit, power] =
    digits.length > 9 ? ['s', 9] : digits.length > 6 ? ['ms', 6] : digits.length > 3 ? ['µs', 3] : ['ns', 0];
  if (power === 0) return `${sign}${digits} ns`;
  const front = grouped(Number(digits.slice(0, -power)), 0);
  const back = (digits.slice(-power).match(/\d{3}/g) ?? []).join(' ').replace(/( 000)+$/, '');
  return `${sign}${front}${back === '000' ? '' : `.${back}`} ${unit}`;
}
