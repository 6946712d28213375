/** How many values were at most as large as each bound. */
export interface Buckets {
  /** Rising; the last one is infinite. */
  readonly bounds: readonly number[];
  readonly cumulative: readonly number[];
  readonly sum: number;
}

export interface Quantile {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export function countOf({ cumulative }: Buckets): number {
  return cumulative.at(-1) ?? 0;
}

/**
 * The quantile as Prometheus works it out, linear within its bucket, and the bounds between which the true one lies: also where
 * that is taken between two neighbouring values, which may stand in different buckets. In the last bucket `high` is infinite and
 * the value is the last bound. Undefined where nothing was counted, or only in one bucket without bounds.
 */
export function quantileOf(buckets: Buckets, share: number): Quantile | undefined {
  const { bounds, cumulative } = buckets;
  const count = countOf(buckets);
  if (count <= 0 || bounds.length < 2) return undefined;
  const bucketOf = (place: number): number => cumulative.findIndex((sum) => sum >= place);
  const low = lowerBound(bounds, bucketOf(Math.floor((count - 1) * share) + 1));
  const high = bounds[bucketOf(Math.min(count, Math.ceil((count - 1) * share) + 1))];
  const bucket = bucketOf(count * share);
  const value = Math.min(high, Math.max(low, within(buckets, bucket, count * share)));
  return { value, low, high };
}

function within({ bounds, cumulative }: Buckets, bucket: number, rank: number): number {
  const [from, to] = [lowerBound(bounds, bucket), bounds[bucket]];
  if (to === Number.POSITIVE_INFINITY) return from;
  if (from === Number.NEGATIVE_INFINITY) return to;
  const below = bucket === 0 ? 0 : cumulative[bucket - 1];
  return from + ((to - from) * (rank - below)) / (cumulative[bucket] - below);
}

/** Times and counts are never below 0. */
function lowerBound(bounds: readonly number[], bucket: number): number {
  if (bucket > 0) return bounds[bucket - 1];
  return bounds[0] > 0 ? 0 : Number.NEGATIVE_INFINITY;
}

/** What was counted since: each bucket alone, so that one that has fewer than before says that counting began anew. */
export function hasFewer(now: Buckets, before: Buckets): boolean {
  if (now.bounds.length !== before.bounds.length) return true;
  return now.bounds.some(
    (bound, i) =>
      bound !== before.bounds[i] || own(now.cumulative, i) < own(before.cumulative, i) || now.sum < before.sum,
  );
}

function own(cumulative: readonly number[], bucket: number): number {
  return cumulative[bucket] - (bucket === 0 ? 0 : cumulative[bucket - 1]);
}

/** Of equal bounds. */
export function difference(now: Buckets, before: Buckets): Buckets {
  return {
    bounds: now.bounds,
    cumulative: now.cumulative.map((count, i) => count - before.cumulative[i]),
    sum: now.sum - before.sum,
  };
}

/** By the bounds that both have: between others nobody knows how many there are. */
export function together(a: Buckets, b: Buckets): Buckets {
  const [bounds, cumulative]: number[][] = [[], []];
  for (let i = 0, j = 0; i < a.bounds.length && j < b.bounds.length;) {
    if (a.bounds[i] === b.bounds[j]) {
      bounds.push(a.bounds[i]);
      cumulative.push(a.cumulative[i++] + b.cumulative[j++]);
    } else if (a.bounds[i] < b.bounds[j]) i++;
    else j++;
  }
  return { bounds, cumulative, sum: a.sum + b.sum };
}
