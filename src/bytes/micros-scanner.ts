import { addDecimals, type Decimal, microsToNs, parseDecimal } from './decimal-ns.ts';

/** More digits before the point than this and the general way is needed. */
const MOST_DIGITS = 16;
const MOST_DUR_DIGITS = 12;
const FRACTION_TO_NS = [0, 100, 10, 1];
const TEXT = new TextDecoder();

/**
 * Times and durations in microseconds as cells of a table, to whole nanoseconds without loss. Start and end are each
 * rounded half up, as everywhere: a duration belongs to the time scanned before it.
 */
export class MicrosScanner {
  /** Whole microseconds, and the nanoseconds below, 0 to 999. */
  micros = 0;
  nanos = 0;
  durNs = 0;
  /** Whether the time or its end was finer than a nanosecond. */
  rounded = false;
  /** The time as written, where it was finer than a nanosecond. */
  #fine: Decimal | undefined;

  /** False for what is no time. */
  scanTime(b: Uint8Array, from: number, to: number): boolean {
    this.#fine = undefined;
    this.rounded = false;
    const point = wholeEnd(b, from, to);
    const places = point < to ? to - point - 1 : 0;
    if (point === from || point - from > MOST_DIGITS || places > 3 || !areDigits(b, point + 1, to)) {
      return this.#scanAnyTime(b, from, to);
    }
    this.micros = integerOf(b, from, point);
    this.nanos = integerOf(b, point + 1, to) * FRACTION_TO_NS[places];
    return this.micros <= Number.MAX_SAFE_INTEGER;
  }

  /** The same for a time in nanoseconds. */
  scanNanos(b: Uint8Array, from: number, to: number): boolean {
    const nanos = parseDecimal(TEXT.decode(b.subarray(from, to)));
    return nanos !== undefined && this.#takeMicros({ digits: nanos.digits, scale: nanos.scale + 3 });
  }

  #scanAnyTime(b: Uint8Array, from: number, to: number): boolean {
    const micros = parseDecimal(TEXT.decode(b.subarray(from, to)));
    return micros !== undefined && this.#takeMicros(micros);
  }

  #takeMicros(decimal: Decimal): boolean {
    const { ns, rounded } = microsToNs(decimal);
    this.#fine = rounded ? decimal : undefined;
    this.rounded = rounded;
    const below = ((ns % 1000n) + 1000n) % 1000n;
    this.micros = Number((ns - below) / 1000n);
    this.nanos = Number(below);
    return Number.isSafeInteger(this.micros);
  }

  /** False for what is no duration, or a negative one. */
  scanDuration(b: Uint8Array, from: number, to: number): boolean {
    const point = wholeEnd(b, from, to);
    const isPlain = point > from && point - from <= MOST_DUR_DIGITS && areDigits(b, point + 1, to);
    if (!isPlain || this.#fine !== undefined) return this.#scanAnyDuration(b, from, to);
    const places = Math.min(Math.max(to - point - 1, 0), 3);
    this.durNs = integerOf(b, from, point) * 1000;
    this.durNs += integerOf(b, point + 1, point + 1 + places) * FRACTION_TO_NS[places];
    if (to > point + 4) {
      if (b[point + 4] >= 0x35) this.durNs++;
      for (let i = point + 4; i < to; i++) if (b[i] !== 0x30) this.rounded = true;
    }
    return true;
  }

  #scanAnyDuration(b: Uint8Array, from: number, to: number): boolean {
    const duration = parseDecimal(TEXT.decode(b.subarray(from, to)));
    if (duration === undefined || duration.digits < 0n) return false;
    const start = this.#fine ?? { digits: BigInt(this.micros) * 1000n + BigInt(this.nanos), scale: 3 };
    const end = microsToNs(addDecimals(start, duration));
    this.rounded ||= end.rounded;
    this.durNs = Number(end.ns - microsToNs(start).ns);
    return Number.isSafeInteger(this.durNs);
  }
}

/** Where the digits from `from` on end: at the point, or at `to`. */
function wholeEnd(b: Uint8Array, from: number, to: number): number {
  let p = from;
  while (p < to && b[p] >= 0x30 && b[p] <= 0x39) p++;
  return p < to && b[p] !== 0x2e ? from : p;
}

function areDigits(b: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (b[i] < 0x30 || b[i] > 0x39) return false;
  return true;
}

function integerOf(b: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + b[i] - 0x30;
  return value;
}
