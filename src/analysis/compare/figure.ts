/**
 * A series of one value per step, reduced to one number and its standard error.
 *
 * - typical: the mean of the middle half of the steps, so that a few slow ones do not move it; the plain mean where more
 *   than a quarter of the steps has nothing (an op of every tenth step, a rare bubble).
 * - error: from a moving-block bootstrap. Blocks of neighbouring steps are drawn, because a slow step is rarely alone:
 *   drawing single steps would promise too much. Of long series every k-th step is used, which overstates the error. Of
 *   fewer than four steps nothing can be drawn: each is taken to be off by 3 %.
 */
import { deviation, mean, quantile } from '../../base/index.ts';
import { Random } from './random.ts';

/** A number of one run. Times are whole ns. */
export interface Figure {
  readonly value: number;
  /** The standard error that the scatter of its steps gives it. */
  readonly error: number;
}

export type Statistic = (series: Float64Array) => number;

const DRAWS = 100;
const MOST_STEPS = 128;
const FEWEST_STEPS = 4;
const FEW_STEPS_SCATTER = 0.03;
const SEED = 20240229;

export function typical(series: Float64Array): number {
  const sorted = series.slice().sort();
  const { length } = sorted;
  const from = Math.floor(length / 4);
  if (length === 0) return 0;
  if (sorted[from] <= 0) return mean(sorted);
  return mean(sorted.subarray(from, length - from));
}

export function quantileAt(share: number): Statistic {
  return (series) => quantile(series.slice().sort(), share);
}

export function figureOf(series: Float64Array, statistic: Statistic): Figure {
  return { value: Math.round(statistic(series)), error: Math.ceil(blockBootstrapError(series, statistic)) };
}

export function blockBootstrapError(series: Float64Array, statistic: Statistic): number {
  const steps = thinned(series);
  const { length } = steps;
  if (length < FEWEST_STEPS) return (FEW_STEPS_SCATTER * Math.abs(statistic(steps))) / Math.sqrt(length);
  const blockLength = Math.ceil(1.5 * Math.cbrt(length));
  const random = new Random(SEED);
  const drawn = new Float64Array(length);
  const results = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let filled = 0; filled < length; filled += blockLength) {
      const from = random.below(length - blockLength + 1);
      drawn.set(steps.subarray(from, from + Math.min(blockLength, length - filled)), filled);
    }
    results[draw] = statistic(drawn);
  }
  return deviation(results, 'all');
}

function thinned(series: Float64Array): Float64Array {
  const every = Math.ceil(series.length / MOST_STEPS);
  return every <= 1 ? series : series.filter((_, step) => step % every === 0);
}
