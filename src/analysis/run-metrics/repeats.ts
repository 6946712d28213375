/** How far repeats of one workload scatter, as a share of their mean, at most. */
const MOST_SCATTER = 0.2;

/**
 * Whether measurements that nothing tells apart are hardly repeats of one another: `scatter` is their standard deviation. Tails
 * scatter by themselves; means, medians and rates of one workload do not.
 */
export function areUnlikeRepeats(
  { id, unit }: { readonly id: string; readonly unit: string },
  mean: number,
  scatter: number,
): boolean {
  const isSteady = unit === '1/s' || (unit === 'ns' && /\.(mean|p50)$/.test(id));
  return isSteady && scatter > MOST_SCATTER * Math.abs(mean);
}
