/** Three that stand for many: those with the most, the median and the least of something; what is not known is the least. */
export function mostMedianLeast<T>(all: readonly T[], valueOf: (each: T) => number | null): readonly T[] {
  const sorted = all.toSorted((a, b) => (valueOf(b) ?? -1) - (valueOf(a) ?? -1));
  return [0, Math.floor((sorted.length - 1) / 2), sorted.length - 1].map((at) => sorted[at]);
}
