// Times and durations in microseconds as cells of a table, as in micros-scanner.ts: start and end rounded half up to the ns.
import { integerAt, nonDigits } from './number';
import { DOT } from './text';

const MOST_MICROS: i64 = 9007199254740991;
const MOST_TIME_DIGITS: u32 = 16;
const MOST_DURATION_DIGITS: u32 = 12;

/** Of the time scanned last: whole microseconds, and the nanoseconds below. */
export let micros: i64 = 0;
export let nanos: i64 = 0;
/** Of the duration scanned last, and whether it was finer than a nanosecond. */
export let durNs: i64 = 0;
export let isFine: u32 = 0;

/** False for what is no time in whole nanoseconds. */
export function scanTime(from: usize, to: usize): bool {
  const digits = min(ctz(nonDigits(from)), <u32>(to - from));
  if (digits == 0 || digits > MOST_TIME_DIGITS) return false;
  micros = integerAt(from, digits);
  nanos = 0;
  const point = from + digits;
  return micros <= MOST_MICROS && (point == to || takeNanos(point, to));
}

@inline
function takeNanos(point: usize, to: usize): bool {
  const places = <u32>(to - point) - 1;
  if (<u32>load<u8>(point) != DOT || places - 1 > 2 || ctz(nonDigits(point + 1)) < places) return false;
  nanos = nanosAt(point + 1, places);
  return true;
}

/** Of 1 to 3 decimals. */
@inline
function nanosAt(p: usize, places: u32): i64 {
  return integerAt(p, places) * (places == 3 ? 1 : places == 2 ? 10 : 100);
}

/** False for what is no duration. */
export function scanDuration(from: usize, to: usize): bool {
  const digits = min(ctz(nonDigits(from)), <u32>(to - from));
  if (digits == 0 || digits > MOST_DURATION_DIGITS) return false;
  durNs = integerAt(from, digits) * 1000;
  isFine = 0;
  const point = from + digits;
  return point == to || takeDecimals(point, to);
}

@inline
function takeDecimals(point: usize, to: usize): bool {
  const p = point + 1;
  if (<u32>load<u8>(point) != DOT || p == to) return false;
  const places = <u32>(to - p);
  if (places > 16 || ctz(nonDigits(p)) < places) return false;
  durNs += nanosAt(p, min(places, 3));
  if (places <= 3) return true;
  if (load<u8>(p, 3) >= 0x35) durNs++;
  for (let at = p + 3; at < to; at++) isFine |= <u32>(load<u8>(at) != 0x30);
  return true;
}
