/**
 * Is a difference more than what two recordings of the same thing differ by?
 *
 * Runs are the units: a run as a whole is often some percent off (clock, temperature, neighbours), and more steps of the same
 * run cannot tell that from a change. Few runs do not show well how much they scatter either, so what they show is mixed with
 * what is known beforehand (`priorScatter`, as if from PRIOR_RUNS more runs), and the difference is held against Student's t.
 * What scatters much more than is known is judged by what it shows alone: the clock of the memory is not that of the cores.
 * With one run a side only the prior remains: the floor rises. Drawing again among three runs (a bootstrap over runs) knows
 * ten outcomes and promises far too much; within a run, where steps are many, blocks of steps are drawn (figure.ts).
 */
import { mean } from '../../base/index.ts';
import type { Figure } from './figure.ts';
import { upperQuantile, upperTail, upperTailOfF } from './student.ts';

export const PRIOR_RUNS = 8;
/** The share of false alarms accepted among rows that did not change, over all of a family of tests. */
export const ALPHA = 0.002;
const CI_TAIL = 0.025;
/** If runs scatter so much that what is known beforehand makes it rarer than this, only what they show counts. */
export const DOUBT = 0.0005;

export interface Effect {
  /** Of the runs of a side. */
  readonly base: number;
  readonly head: number;
  /** head / base - 1, without what `drift` explains; undefined where the base is 0. */
  readonly ratio: number | undefined;
  /** Of the ratio, with 95 %; undefined as above. */
  readonly interval: readonly [low: number, high: number] | undefined;
  /** The probability of such a difference where nothing changed. */
  readonly chance: number;
}

/** `drift` is what divides each run's values: 1.02 for a run that is slower by 2 % as a whole. */
export interface RunFigure extends Figure {
  readonly drift?: number;
}

export function effectOf(
  base: readonly RunFigure[],
  head: readonly RunFigure[],
  priorScatter: number,
  { priorRuns = PRIOR_RUNS, doubt = DOUBT } = {},
): Effect {
  const sides = [base, head].map((runs) => mean(runs.map(({ value }) => value)));
  const [baseMean, headMean] = sides;
  if (baseMean === 0 || headMean === 0) return edgeEffect(base, head, priorScatter);
  const adjusted = [base, head].map((runs) => runs.map(({ value, drift = 1 }) => value / drift));
  const means = adjusted.map(mean);
  const ratio = means[1] / means[0] - 1;
  const squares = adjusted.map(
    (values, side) => mean(values.map((value) => (value / means[side] - 1) ** 2)) * values.length,
  );
  const within = mean([...base, ...head].map(({ value, error }) => (value === 0 ? 0 : (error / value) ** 2)));
  const own = { squares: squares[0] + squares[1], degrees: base.length + head.length - 2 };
  const prior = { variance: priorScatter ** 2 + within, degrees: priorRuns };
  const { variance, degrees } = surprise(own, prior) < doubt ? alone(own) : mixed(own, prior);
  const error = Math.sqrt(variance * (1 / base.length + 1 / head.length));
  const reach = upperQuantile(CI_TAIL, degrees) * error * (1 + ratio);
  return {
    ...{ base: baseMean, head: headMean, ratio },
    interval: [ratio - reach, ratio + reach],
    // On the scale of logarithms, where being slower by half and faster by half are equally far.
    // Across zero there is no such scale, and no telling.
    chance:
      ratio <= -1
        ? 1
        : 2 * upperTail(error === 0 ? Number.POSITIVE_INFINITY : Math.abs(Math.log1p(ratio)) / error, degrees),
  };
}

interface Scatter {
  readonly variance: number;
  readonly degrees: number;
}

interface Shown {
  readonly squares: number;
  readonly degrees: number;
}

/** The probability that runs scatter so much where what is known beforehand holds. */
export function surprise({ squares, degrees }: Shown, prior: Scatter): number {
  return degrees === 0 ? 1 : upperTailOfF(squares / degrees / prior.variance, degrees, prior.degrees);
}

function alone({ squares, degrees }: Shown): Scatter {
  return { variance: squares / degrees, degrees };
}

function mixed({ squares, degrees }: Shown, prior: Scatter): Scatter {
  const all = prior.degrees + degrees;
  return { variance: (prior.degrees * prior.variance + squares) / all, degrees: all };
}

/** Something from nothing, or nothing from something: how surely is the side that has some not 0? */
function edgeEffect(base: readonly RunFigure[], head: readonly RunFigure[], priorScatter: number): Effect {
  const sides = [base, head].map((runs) => mean(runs.map(({ value }) => value)));
  const common = { base: sides[0], head: sides[1], interval: undefined };
  if (sides[0] === sides[1]) return { ...common, ratio: 0, chance: 1 };
  const [some, average] = sides[0] === 0 ? [head, sides[1]] : [base, sides[0]];
  const squares = some.reduce((sum, { value }) => sum + (value / average - 1) ** 2, 0);
  const within = mean(some.map(({ error }) => (error / average) ** 2));
  const degrees = PRIOR_RUNS + some.length - 1;
  const error = Math.sqrt((PRIOR_RUNS * (priorScatter ** 2 + within) + squares) / degrees / some.length);
  return { ...common, ratio: sides[0] === 0 ? undefined : -1, chance: 2 * upperTail(1 / error, degrees) };
}

/** Holm's correction: each chance as if it were the only one asked for, so that one alarm in `ALPHA` of families is false. */
export function holm(chances: readonly number[]): number[] {
  const order = chances.map((_, i) => i).sort((a, b) => chances[a] - chances[b]);
  const corrected = new Array<number>(chances.length);
  let largest = 0;
  for (const [rank, i] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (chances.length - rank) * chances[i]));
    corrected[i] = largest;
  }
  return corrected;
}
