/**
 * Decimal microseconds to nanoseconds with nothing but bigint arithmetic, written apart from the project's own so that
 * the two can be held against each other. A decimal is the fraction numerator / denominator.
 */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function fractionOf(text: string): Fraction {
  const [mantissa, exponent = '0'] = text.trim().toLowerCase().split('e');
  const [whole, decimals = ''] = mantissa.split('.');
  const digits = BigInt(`${whole.replace(/^[-+]/, '')}${decimals}`);
  const numerator = whole.startsWith('-') ? -digits : digits;
  const places = decimals.length - Number(exponent);
  return places >= 0
    ? { numerator, denominator: 10n ** BigInt(places) }
    : { numerator: numerator * 10n ** BigInt(-places), denominator: 1n };
}

export function sumOf(a: Fraction, b: Fraction): Fraction {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

/** Whole nanoseconds of a fraction of microseconds, half up: floor(x + 1/2). */
export function roundedNs({ numerator, denominator }: Fraction): bigint {
  return floorDivided(2000n * numerator + denominator, 2n * denominator);
}

/** The design's rule: start and end are each rounded, the duration is what lies between. */
export function exactTimes(ts: string, dur: string): { startNs: bigint; endNs: bigint } {
  const start = fractionOf(ts);
  return { startNs: roundedNs(start), endNs: roundedNs(sumOf(start, fractionOf(dur))) };
}

function floorDivided(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}
