import { UsageError } from '../base/index.ts';
import { type TimeRange, WHOLE_RANGE } from '../timeline/cut.ts';

const UNIT_DECIMALS: Record<string, number> = { ns: 0, us: 3, µs: 3, μs: 3, ms: 6, s: 9 };

/** `1.2s..1.5s`, `1.2s..`, `..300us`: times from the start of the run. */
export function parseTimeRange(text: string): TimeRange {
  const [from, to, ...rest] = text.split('..');
  if (to === undefined || rest.length > 0 || (from === '' && to === '')) throw badRange(text, 'no FROM..TO');
  const range: TimeRange = {
    fromNs: from === '' ? WHOLE_RANGE.fromNs : exactNs(from, (why) => badRange(text, why)),
    toNs: to === '' ? WHOLE_RANGE.toNs : exactNs(to, (why) => badRange(text, why)),
  };
  if (range.fromNs >= range.toNs) throw badRange(text, 'it ends before it begins');
  return range;
}

/** `10us`, `1.5ms` */
export function parseDuration(flag: string, text: string): number {
  return exactNs(
    text,
    (why) => new UsageError('bad_duration', `${flag} ${text}: ${why}`, 'write it like 10us (units ns, us, ms, s)'),
  );
}

/** Exact: the digits are shifted, not multiplied. */
function exactNs(time: string, bad: (why: string) => UsageError): number {
  const [, whole, fraction = '', unit] = /^(\d+)(?:\.(\d+))?\s*([a-zµμ]+)$/.exec(time.trim()) ?? [];
  const decimals = UNIT_DECIMALS[unit ?? ''];
  if (whole === undefined || decimals === undefined) throw bad(`${time} is no time with a unit`);
  if (/[1-9]/.test(fraction.slice(decimals))) throw bad(`${time} is finer than a nanosecond`);
  const ns = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (!Number.isSafeInteger(ns)) throw bad(`${time} is longer than any run`);
  return ns;
}

function badRange(text: string, why: string): UsageError {
  return new UsageError(
    'bad_range',
    `--range ${text}: ${why}`,
    'write it like 1.2s..1.5s (units ns, us, ms, s), an open end like 1.2s..',
  );
}
