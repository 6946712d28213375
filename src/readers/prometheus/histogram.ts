import { type Buckets, ownCount } from '../../base/index.ts';

/** What a histogram of a page says: the last bound is infinite. */
export interface Observed extends Buckets {
  readonly sum: number;
}

/** What was counted since: each bucket alone, so that one that has fewer than before says that counting began anew. */
export function hasFewer(now: Observed, before: Observed): boolean {
  if (now.bounds.length !== before.bounds.length) return true;
  if (now.sum < before.sum) return true;
  return now.bounds.some((bound, i) => bound !== before.bounds[i] || ownCount(now, i) < ownCount(before, i));
}

/** Of equal bounds. */
export function difference(now: Observed, before: Observed): Observed {
  return {
    bounds: now.bounds,
    cumulative: now.cumulative.map((count, i) => count - before.cumulative[i]),
    sum: now.sum - before.sum,
  };
}

/** By the bounds that both have: between others nobody knows how many there are. */
export function together(a: Observed, b: Observed): Observed {
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
