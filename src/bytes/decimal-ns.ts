/**
 * Decimal text to integer nanoseconds, exactly. Epoch microseconds with decimals do not survive a JavaScript number
 * (1683456789012345.678 comes back 72 ns off), so digits are counted, never multiplied as floats.
 */

/** A decimal number as it was written: digits * 10^-scale. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const DECIMAL = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?\s*$/;
/** Beyond this many places neither a time nor a duration makes sense; it bounds the work on hostile exponents. */
const MOST_PLACES = 400;

/** undefined when the text is no decimal number or absurdly long. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text);
  if (match === null) return undefined;
  const [, sign, whole, fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const scale = fraction.length - Number(exponent);
  if (Math.abs(scale) > MOST_PLACES || whole.length + fraction.length > MOST_PLACES) return undefined;
  const magnitude = BigInt(whole + fraction);
  const digits = sign === '-' ? -magnitude : magnitude;
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: scaledTo(a, scale) + scaledTo(b, scale), scale };
}

export interface RoundedNs {
  readonly ns: bigint;
  readonly rounded: boolean;
}

/** Microseconds to nanoseconds, rounded half up (towards later) when the text is finer than that. */
export function microsToNs(micros: Decimal): RoundedNs {
  if (micros.scale <= 3) return { ns: scaledTo(micros, 3), rounded: false };
  const unit = 10n ** BigInt(micros.scale - 3);
  const shifted = micros.digits + unit / 2n;
  const ns = shifted >= 0n ? shifted / unit : -((-shifted + unit - 1n) / unit);
  return { ns, rounded: micros.digits % unit !== 0n };
}

function scaledTo(decimal: Decimal, scale: number): bigint {
  return decimal.digits * 10n ** BigInt(scale - decimal.scale);
}
