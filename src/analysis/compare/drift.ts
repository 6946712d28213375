/**
 * What a run is slower or faster by as a whole, and what its ops scatter by besides.
 *
 * A run in which every op takes 2 % longer was recorded on a warmer chip; no op of it is a regression. So ops are looked at
 * after the median change of all ops of their phase is taken out, as long as that change is no larger than runs of the same
 * thing are apart. If it is larger, something slows everything, and nothing is taken out.
 */
import { type Figure, mean, quantileAt } from './figure.ts';
import { type Measure, RUN_SCATTER } from './measure.ts';
import { DOUBT, effectOf, PRIOR_RUNS, surprise } from './significance.ts';

export interface Drift {
  /** head / base - 1 of the median op; undefined where there are too few ops to tell. */
  readonly ratio: number | undefined;
  /** Whether it was taken out of the ops' changes. */
  readonly isTakenOut: boolean;
  /** What to divide the times of each run by. */
  readonly base: readonly number[];
  readonly head: readonly number[];
  /** By how much ops are off in a run beside that, and how many runs that is worth knowing from. */
  readonly opScatter: number;
  readonly opScatterRuns: number;
  /** How surprising the scatter of an op may be before it is judged by that alone. */
  readonly doubt: number;
}

const median = quantileAt(0.5);
const FEWEST_OPS = 8;
/** Steps show what slows everything much sooner; here the question is only whether ops may be judged without it. */
const REAL_BELOW = 1e-4;
/** What ops of a run are off by where runs are too few to show it, and the least that is believed. */
const ASSUMED_OP_SCATTER = 0.01;
const LEAST_OP_SCATTER = 0.003;
/** Measured on many ops, it is known better than what is assumed. */
const MEASURED_RUNS = 24;
/** Where more ops than these surprise at one in a thousand, ops are not alike: the share of those that are not is the doubt. */
const ODD_OPS = 0.05;
const SURPRISING = 0.001;

/** Of the ops of one phase that all runs have. */
export function driftOf(ops: readonly Measure[]): Drift {
  const both = ops.filter(
    ({ base, head }) => base.length > 0 && head.length > 0 && [...base, ...head].every(({ value }) => value > 0),
  );
  const runs = both.length === 0 ? { base: 0, head: 0 } : { base: both[0].base.length, head: both[0].head.length };
  const none = { base: new Array<number>(runs.base).fill(1), head: new Array<number>(runs.head).fill(1) };
  if (both.length < FEWEST_OPS) {
    const opScatter = Math.hypot(ASSUMED_OP_SCATTER, RUN_SCATTER);
    return { ...none, ratio: undefined, isTakenOut: false, opScatter, opScatterRuns: PRIOR_RUNS, doubt: DOUBT };
  }
  const factor = (side: 'base' | 'head', run: number): number =>
    median(
      Float64Array.from(both, (op) => op[side][run].value / ((mean(values(op.base)) + mean(values(op.head))) / 2)),
    );
  const base = none.base.map((_, run) => factor('base', run));
  const head = none.head.map((_, run) => factor('head', run));
  const figures = (factors: readonly number[]): Figure[] => factors.map((value) => ({ value, error: 0 }));
  const { ratio, chance } = effectOf(figures(base), figures(head), RUN_SCATTER);
  const opScatter = scatterBeside(both, base, head);
  if (chance < REAL_BELOW) {
    return {
      ...none,
      ratio,
      isTakenOut: false,
      opScatter: Math.hypot(opScatter, RUN_SCATTER),
      opScatterRuns: PRIOR_RUNS,
      doubt: DOUBT,
    };
  }
  const opScatterRuns = runs.base + runs.head > 2 ? MEASURED_RUNS : PRIOR_RUNS;
  const odd = both.filter((op) => surpriseOf(op, { base, head, opScatter, opScatterRuns }) < SURPRISING).length;
  const doubt = odd > ODD_OPS * both.length ? odd / both.length : DOUBT;
  return { ratio, isTakenOut: true, base, head, opScatter, opScatterRuns, doubt };
}

function surpriseOf(
  op: Measure,
  { base, head, opScatter, opScatterRuns }: Pick<Drift, 'base' | 'head' | 'opScatter' | 'opScatterRuns'>,
): number {
  const shown = {
    squares: squaresOf(op.base, base) + squaresOf(op.head, head),
    degrees: base.length + head.length - 2,
  };
  return surprise(shown, { variance: opScatter ** 2 + withinOf(op), degrees: opScatterRuns });
}

/** What the scatter of steps adds to that of runs. */
function withinOf({ base, head }: Measure): number {
  return mean([...base, ...head].map(({ value, error }) => (error / value) ** 2));
}

function values(figures: readonly Figure[]): number[] {
  return figures.map(({ value }) => value);
}

/** The median op's, so that those that changed have no say; a median of squares of few runs is below their mean. */
function scatterBeside(ops: readonly Measure[], base: readonly number[], head: readonly number[]): number {
  const degrees = base.length + head.length - 2;
  if (degrees < 1) return ASSUMED_OP_SCATTER;
  const squares = ops.map((op) => squaresOf(op.base, base) + squaresOf(op.head, head));
  const within = ops.map(withinOf);
  const medianShare = degrees * (1 - 2 / (9 * degrees)) ** 3;
  const variance = median(Float64Array.from(squares)) / medianShare - median(Float64Array.from(within));
  return Math.max(LEAST_OP_SCATTER, Math.sqrt(Math.max(0, variance)));
}

/** Of the runs of one side, each against their mean. */
function squaresOf(figures: readonly Figure[], factors: readonly number[]): number {
  const adjusted = figures.map(({ value }, run) => value / factors[run]);
  const centre = mean(adjusted);
  return adjusted.reduce((sum, value) => sum + (value / centre - 1) ** 2, 0);
}
