/** Whether the smallest of a few numbers, or one of many, stands apart from the others. */
import { quantile } from '../../base/index.ts';

/** Critical values of Dixon's Q at 99.5 %, two-sided 99 %, for 3 to 7 numbers (Rorabacher 1991). */
const DIXON_Q = [0.994, 0.926, 0.821, 0.74, 0.68];
const DIXON_FROM = 3;

/** With two numbers no rule can tell which is usual; a tenth apart is more than the jitter of one. */
const FAR_APART_OF_TWO = 0.1;

/** What a standard deviation is in median absolute deviations, where errors are normal. */
const SIGMA_OF_MAD = 1.4826;
const SIGMAS = 3;

/**
 * Two: at least a tenth below the other. Three to seven: Dixon's Q. More: three sigma below the median, sigma from the
 * median absolute deviation. `floorNs`: what is closer to the next is no outlier whatever the rule says.
 */
export function isLowOutlier(ascending: ArrayLike<number>, floorNs: number): boolean {
  const count = ascending.length;
  const gap = ascending[1] - ascending[0];
  if (count < 2 || gap <= floorNs) return false;
  if (count === 2) return gap >= FAR_APART_OF_TWO * ascending[1];
  const critical = DIXON_Q[count - DIXON_FROM] as number | undefined;
  if (critical !== undefined) return gap / (ascending[count - 1] - ascending[0]) > critical;
  return new RobustScale(ascending).isOutlier(ascending[0]);
}

/** The middle of a sorted list and how far most of it is from there, whatever a few outliers are. */
export class RobustScale {
  readonly middle: number;
  readonly #sigma: number;

  constructor(ascending: ArrayLike<number>) {
    const middle = quantile(ascending, 0.5);
    this.middle = middle;
    this.#sigma = SIGMA_OF_MAD * quantile(Float64Array.from(ascending, (each) => Math.abs(each - middle)).sort(), 0.5);
  }

  /** More than three sigmas from the middle; anything else than the middle where most are alike. */
  isOutlier(value: number): boolean {
    return Math.abs(value - this.middle) > SIGMAS * this.#sigma;
  }
}

/** How likely it is that of independent events with these chances at least so many happen. */
export function chanceOfAtLeast(count: number, chances: ReadonlyMap<number, number>): number {
  let total = 0;
  let mean = 0;
  let variance = 0;
  for (const [chance, times] of chances) {
    total += times;
    mean += chance * times;
    variance += chance * (1 - chance) * times;
  }
  if (count <= 0) return 1;
  if (total > MANY) return 1 - normal((count - 0.5 - mean) / Math.sqrt(variance));
  const exactly = new Float64Array(total + 1);
  exactly[0] = 1;
  let seen = 0;
  for (const [chance, times] of chances) {
    for (let event = 0; event < times; event++) {
      seen++;
      for (let k = seen; k > 0; k--) exactly[k] = exactly[k] * (1 - chance) + exactly[k - 1] * chance;
      exactly[0] *= 1 - chance;
    }
  }
  return Math.min(
    1,
    exactly.subarray(count).reduce((sum, each) => sum + each, 0),
  );
}

/** More events than this follow the normal distribution closely enough. */
const MANY = 500;

/** The share of a normal distribution below a number of sigmas (Abramowitz and Stegun 26.2.17, error below 1e-7). */
function normal(z: number): number {
  if (Number.isNaN(z)) return 0.5;
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const tail = (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series.reduce((sum, c) => sum * t + c, 0) * t;
  return z >= 0 ? 1 - tail : tail;
}
