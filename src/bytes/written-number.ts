const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const INFINITE = /^([-+]?)inf(inity)?$/i;

/** A decimal number as programs print it, also `+Inf`, `Infinity` and `NaN` in any case; undefined for what is none. */
export function writtenNumber(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const [, sign] = INFINITE.exec(text) ?? [];
  if (sign !== undefined) return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^[-+]?nan$/i.test(text) ? Number.NaN : undefined;
}
