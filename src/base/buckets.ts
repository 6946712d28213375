/** What a histogram knows of values: how many were at most as large as each of its bounds. */
export interface Buckets {
  /** Rising; the last one may be infinite. */
  readonly bounds: readonly number[];
  /** By bound, with all that smaller ones count. */
  readonly cumulative: readonly number[];
  /** Of all values, where it is known. */
  readonly sum?: number;
}

/** A number of which only bounds may be known; `high` may be infinite. */
export interface Bounded {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Sums of many values are off in their last digits. */
const ROUNDING = 1e-6;

export function countOf({ cumulative }: Buckets): number {
  return cumulative.at(-1) ?? 0;
}

/** What each bucket counts that no smaller one does. */
export function ownCount({ cumulative }: Buckets, bucket: number): number {
  return cumulative[bucket] - (bucket === 0 ? 0 : cumulative[bucket - 1]);
}

/**
 * The quantile as Prometheus' `histogram_quantile` has it: linear within the bucket of the rank share * count, from 0 in a
 * first bucket whose bound is above 0, and the last finite bound where the rank lies above it. `low` and `high` are the
 * bounds of the buckets of both values between which the true one lies (`quantile`), which may be neighbours; what is never
 * below 0 is not above its sum divided by how many values are as large (Markov's inequality), either. undefined where nothing
 * was counted, or only in one bucket without a bound.
 */
export function bucketQuantile(buckets: Buckets, share: number): Bounded | undefined {
  const { bounds, cumulative } = buckets;
  const count = countOf(buckets);
  if (!(count > 0) || bounds[0] === Number.POSITIVE_INFINITY) return undefined;
  const bucketOf = (rank: number): number => cumulative.findIndex((sum) => sum > 0 && sum >= rank);
  const low = lowerBound(bounds, bucketOf(Math.floor((count - 1) * share) + 1));
  const highRank = Math.min(count, Math.ceil((count - 1) * share) + 1);
  const high = Math.max(low, Math.min(bounds[bucketOf(highRank)], mostBySum(buckets, count - highRank + 1)));
  const rank = Math.min(count, count * share);
  return { value: Math.min(high, Math.max(low, within(buckets, bucketOf(rank), rank))), low, high };
}

/** What so many values can be at least at most: all others may be 0. */
function mostBySum({ bounds, sum }: Buckets, values: number): number {
  const isTold = sum !== undefined && sum >= 0 && bounds[0] > 0;
  return isTold ? (sum / values) * (1 + ROUNDING) : Number.POSITIVE_INFINITY;
}

function within(buckets: Buckets, bucket: number, rank: number): number {
  const { bounds, cumulative } = buckets;
  const [from, to] = [lowerBound(bounds, bucket), bounds[bucket]];
  if (to === Number.POSITIVE_INFINITY) return from;
  if (from === Number.NEGATIVE_INFINITY) return to;
  const own = ownCount(buckets, bucket);
  return from + ((to - from) * (rank - (cumulative[bucket] - own))) / own;
}

/** Times and counts are never below 0. */
function lowerBound(bounds: readonly number[], bucket: number): number {
  if (bucket > 0) return bounds[bucket - 1];
  return bounds[0] > 0 ? 0 : Number.NEGATIVE_INFINITY;
}
