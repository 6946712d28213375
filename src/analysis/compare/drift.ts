/**
 * What a run is slower or faster by as a whole, what the ops of one type are besides, and what single ops scatter by.
 *
 * A run in which every op takes 2 % longer was recorded on a warmer chip; no op of it is a regression. So ops are looked at
 * after the median change of all ops of their phase is taken out, as long as that change is no larger than runs of the same
 * thing are apart. If it is larger, something slows everything, and nothing is taken out.
 *
 * Not all ops share that: what waits for memory has another clock. A type is apart where its median op moves between the
 * runs of one side by more than a median of so many ops can by chance (analysis of variance: between runs against within
 * them). Then the change of its median op is taken out of its ops instead, under the same condition. A type that changes
 * between the sides but not within them is none: that is a regression of all its ops.
 */
import { grouped, mean } from '../../base/index.ts';
import { type Figure, quantileAt } from './figure.ts';
import { type Measure, RUN_SCATTER } from './measure.ts';
import { DOUBT, effectOf, PRIOR_RUNS, surprise } from './significance.ts';

/** How ops are judged that share a drift. */
export interface OpDrift extends Factors {
  /** By how much ops are off in a run beside that, and how many runs that is worth knowing from. */
  readonly opScatter: number;
  readonly opScatterRuns: number;
  /** How surprising the scatter of an op may be before it is judged by that alone. */
  readonly doubt: number;
}

export interface Drift extends OpDrift, MedianChange {
  /** Of the types that are apart. */
  readonly types: ReadonlyMap<string, TypeDrift>;
}

export interface TypeDrift extends MedianChange {
  /** For single ops of it, and for all of them together: their own drift says nothing about these. */
  readonly each: OpDrift;
  readonly all: OpDrift;
}

interface MedianChange {
  /** head / base - 1 of the median op; undefined where there are too few ops to tell. */
  readonly ratio: number | undefined;
  /** Whether it was taken out of the ops' changes. */
  readonly isTakenOut: boolean;
}

/** What to divide the times of each run by. */
interface Factors {
  readonly base: readonly number[];
  readonly head: readonly number[];
}

const median = quantileAt(0.5);
const FEWEST_OPS = 8;
/** A median that one op of them cannot move. */
const FEWEST_OF_TYPE = 5;
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
/** The variance of a median of many, in those of their mean. */
const MEDIAN_TO_MEAN = Math.PI / 2;

/** Of the ops of one phase that all runs have. */
export function driftOf(ops: readonly Measure[]): Drift {
  const both = ops.filter(
    ({ base, head }) => base.length > 0 && head.length > 0 && [...base, ...head].every(({ value }) => value > 0),
  );
  const [first] = both;
  const none = { base: onesFor(first?.base), head: onesFor(first?.head) };
  if (both.length < FEWEST_OPS) {
    const opScatter = Math.hypot(ASSUMED_OP_SCATTER, RUN_SCATTER);
    return { ...none, ratio: undefined, isTakenOut: false, ...UNMEASURED, opScatter, types: new Map() };
  }
  const ofRun = factorsOf(both, none);
  const { ratio, isReal } = changeOf(ofRun);
  if (isReal) {
    const opScatter = Math.hypot(
      scatterBeside(both, () => ofRun),
      RUN_SCATTER,
    );
    return { ...none, ratio, isTakenOut: false, ...UNMEASURED, opScatter, types: new Map() };
  }
  const apart = typesApart(both, ofRun);
  const ofOp = (op: Measure): Factors => apart.get(typeOf(op)) ?? ofRun;
  const opScatter = scatterBeside(both, ofOp);
  const isMeasured = none.base.length + none.head.length > 2;
  const known = { opScatter, opScatterRuns: isMeasured ? MEASURED_RUNS : PRIOR_RUNS, doubt: DOUBT };
  const odd = both.filter((op) => surpriseOf(op, { ...known, ...ofOp(op) }) < SURPRISING).length;
  const judged = { ...known, doubt: odd > ODD_OPS * both.length ? odd / both.length : DOUBT };
  const all = { ...UNMEASURED, ...ofRun, opScatter: Math.hypot(opScatter, RUN_SCATTER) };
  const types = [...apart].map(([type, factors]) => {
    const { ratio, isReal } = changeOf(factors);
    return [type, { ratio, isTakenOut: !isReal, all, each: isReal ? all : { ...judged, ...factors } }] as const;
  });
  return { ratio, isTakenOut: true, ...judged, ...ofRun, types: new Map(types) };
}

const UNMEASURED = { opScatterRuns: PRIOR_RUNS, doubt: DOUBT };

function onesFor(figures: readonly Figure[] = []): number[] {
  return figures.map(() => 1);
}

/** Of the median op of each run, beside what is known already. */
function factorsOf(ops: readonly Measure[], known: Factors): Factors {
  const factor = (side: 'base' | 'head', run: number): number =>
    median(
      Float64Array.from(ops, (op) => {
        const { base, head } = undrifted(op, known);
        return { base, head }[side][run] / ((mean(base) + mean(head)) / 2);
      }),
    );
  return {
    base: known.base.map((already, run) => already * factor('base', run)),
    head: known.head.map((already, run) => already * factor('head', run)),
  };
}

function undrifted(op: Measure, { base, head }: Factors): { readonly base: number[]; readonly head: number[] } {
  return {
    base: op.base.map(({ value }, run) => value / base[run]),
    head: op.head.map(({ value }, run) => value / head[run]),
  };
}

/** Whether it is more than runs of the same thing are apart. */
function changeOf({ base, head }: Factors): { readonly ratio: number | undefined; readonly isReal: boolean } {
  const figures = (factors: readonly number[]): Figure[] => factors.map((value) => ({ value, error: 0 }));
  const { ratio, chance } = effectOf(figures(base), figures(head), RUN_SCATTER);
  return { ratio, isReal: chance < REAL_BELOW };
}

/** Where some are, others of which chance could tell the same are too: their share is the doubt about the rest. */
function typesApart(ops: readonly Measure[], ofRun: Factors): Map<string, Factors> {
  const degrees = ofRun.base.length + ofRun.head.length - 2;
  if (degrees < 1) return new Map();
  const types = grouped(ops, typeOf)
    .filter((own) => typeOf(own[0]) !== '' && own.length >= FEWEST_OF_TYPE)
    .map((own) => {
      const factors = factorsOf(own, ofRun);
      return { type: typeOf(own[0]), factors, chance: chanceOf(own, factors, ofRun) };
    });
  const share = types.filter(({ chance }) => chance < SURPRISING).length / types.length;
  return new Map(
    types.flatMap(({ type, factors, chance }) => (chance < Math.max(SURPRISING, share) ? [[type, factors]] : [])),
  );
}

function typeOf({ ofType }: Measure): string {
  return ofType?.type ?? '';
}

/** Of its median op moving so much between runs of one side. */
function chanceOf(ops: readonly Measure[], factors: Factors, ofRun: Factors): number {
  const { base, head } = quotient(factors, ofRun);
  const degrees = base.length + head.length - 2;
  const residual = Math.max(
    LEAST_OP_SCATTER ** 2,
    residualVariance(ops, () => factors),
  );
  const variance = (MEDIAN_TO_MEAN * residual) / ops.length;
  const shown = { squares: squaresOf(base) + squaresOf(head), degrees };
  return surprise(shown, { variance, degrees: degrees * (ops.length - 1) });
}

function quotient(own: Factors, { base, head }: Factors): Factors {
  return {
    base: own.base.map((factor, run) => factor / base[run]),
    head: own.head.map((factor, run) => factor / head[run]),
  };
}

function surpriseOf(op: Measure, { opScatter, opScatterRuns, ...factors }: OpDrift): number {
  const { base, head } = undrifted(op, factors);
  const shown = { squares: squaresOf(base) + squaresOf(head), degrees: base.length + head.length - 2 };
  return surprise(shown, { variance: opScatter ** 2 + withinOf(op), degrees: opScatterRuns });
}

/** What the scatter of steps adds to that of runs. */
function withinOf({ base, head }: Measure): number {
  return mean([...base, ...head].map(({ value, error }) => (error / value) ** 2));
}

function scatterBeside(ops: readonly Measure[], factorsOfOp: (op: Measure) => Factors): number {
  const [{ base, head }] = ops;
  if (base.length + head.length < 3) return ASSUMED_OP_SCATTER;
  const variance = residualVariance(ops, factorsOfOp) - median(Float64Array.from(ops, withinOf));
  return Math.max(LEAST_OP_SCATTER, Math.sqrt(Math.max(0, variance)));
}

/** The median op's, so that those that changed have no say; a median of squares of few runs is below their mean. */
function residualVariance(ops: readonly Measure[], factorsOfOp: (op: Measure) => Factors): number {
  const [{ base, head }] = ops;
  const degrees = base.length + head.length - 2;
  const squares = ops.map((op) => {
    const { base, head } = undrifted(op, factorsOfOp(op));
    return squaresOf(base) + squaresOf(head);
  });
  return median(Float64Array.from(squares)) / (degrees * (1 - 2 / (9 * degrees)) ** 3);
}

/** Of the runs of one side, each against their mean. */
function squaresOf(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value / centre - 1) ** 2, 0);
}
