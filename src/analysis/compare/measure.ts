/**
 * Everything that is compared, as one kind of thing: a number of each run of both sides, with what runs of the same thing are
 * known to differ by. Rules name measures by their metric; docs/ci.md lists them.
 */
import type { Better, Labels } from '../../timeline/index.ts';
import { BUBBLE_CAUSES, type BubbleCause } from '../bubbles/bubble.ts';
import { type Phase, PHASES } from '../steps/step.ts';
import type { Figure } from './figure.ts';
import { metricMeasures } from './measured-metrics.ts';
import { countOf, matchOps, type Sides, type Tier, totalOf } from './match-ops.ts';
import { type OpKey, type PhaseSummary, type RunSummary, STEP_FIGURES, type StepFigure } from './summary.ts';

export type RowKind = 'step' | 'op' | 'bubble' | 'rank' | 'memory' | 'metric';

export interface Measure extends Sides {
  readonly kind: RowKind;
  /** Without the phase: `p50`, `op.total`, `bubble.copy`. */
  readonly metric: string;
  /** undefined where it is about the run as a whole. */
  readonly phase: Phase | undefined;
  readonly op: OpKey | undefined;
  /** The type that its ops are of, where they are of one, and whether it is about all of these. */
  readonly ofType: { readonly type: string; readonly isAll: boolean } | undefined;
  readonly tier: Tier | undefined;
  readonly unit: string;
  readonly better: Better;
  /** What was run, of what was measured beside a trace. */
  readonly labels?: Labels | undefined;
  readonly ranges?: Ranges | undefined;
  /** How far two runs of the same thing lie from their mean, as a share of it (a standard deviation), where runs are few. */
  readonly priorScatter: number;
  /** How many steps of all runs it rests on; of runs where steps do not matter. */
  readonly count: { readonly base: number; readonly head: number };
}

/** Of each side the bounds of a number of which no more is known; null: no upper one. */
export type Ranges = Readonly<Record<'base' | 'head', readonly [low: number, high: number | null] | undefined>>;

/** Clocks and temperature move whole runs by about this much. */
export const RUN_SCATTER = 0.02;

const STEP_SCATTER: Readonly<Record<StepFigure, number>> = {
  p50: RUN_SCATTER,
  p95: 0.04,
  p99: 0.06,
  mean: 0.03,
  compute: RUN_SCATTER,
  'exposed-comm': 0.1,
  idle: 0.1,
  'op-count': 0.003,
};
const BUBBLE_SCATTER = 0.15;
const SKEW_SCATTER = 0.2;
const MEMORY_SCATTER = 0.01;

/** Sums of causes that people ask for by one name. */
export const BUBBLE_SUMS: Readonly<Record<string, readonly BubbleCause[]>> = {
  'host-late': ['host-late-framework', 'host-late-launch'],
  total: BUBBLE_CAUSES,
};

/** All measures but sums of ops, which rules ask for by name (`opSum`). */
export function measuresOf(
  base: readonly RunSummary[],
  head: readonly RunSummary[],
  /** Whether what was run may differ, as long as each side is of one kind. */
  mayLabelsDiffer = false,
): Measure[] {
  return [
    ...PHASES.flatMap((phase) => {
      const sides = { base: phaseOn(base, phase), head: phaseOn(head, phase) };
      if (sides.base.length === 0 && sides.head.length === 0) return [];
      return [...stepMeasures(phase, sides), ...opMeasures(phase, sides), ...bubbleMeasures(phase, sides)];
    }),
    ...memoryMeasures(base, head),
    ...metricMeasures(base, head, mayLabelsDiffer),
  ];
}

interface PhaseSides {
  readonly base: readonly PhaseSummary[];
  readonly head: readonly PhaseSummary[];
}

/** None where a traced run of the side lacks the phase: then the side cannot be compared in it. */
export function phaseOn(runs: readonly RunSummary[], phase: Phase): PhaseSummary[] {
  const found = runs.flatMap(({ phases }) => phases.filter((each) => each.phase === phase));
  return found.length === runs.filter(isTraced).length ? found : [];
}

/** Results of a benchmark may stand without a trace; nothing but metrics is of these. */
export function isTraced({ environment }: RunSummary): boolean {
  return environment.devices > 0;
}

function stepMeasures(phase: Phase, sides: PhaseSides): Measure[] {
  const skews = both(sides, (runs) => complete(runs.map(({ rankSkew }) => rankSkew)));
  return [
    ...STEP_FIGURES.map((figure) => ({
      ...common('step', figure, phase, sides),
      unit: figure === 'op-count' ? 'count' : 'ns',
      priorScatter: STEP_SCATTER[figure],
      ...both(sides, (runs) => runs.map(({ figures }) => figures[figure])),
    })),
    { ...common('rank', 'rank.skew', phase, sides), unit: 'ns', priorScatter: SKEW_SCATTER, ...skews },
  ];
}

function opMeasures(phase: Phase, sides: PhaseSides): Measure[] {
  const opsOf = (runs: readonly PhaseSummary[]): PhaseSummary['ops'][] => runs.map(({ ops }) => ops);
  const matched = matchOps(opsOf(sides.base), opsOf(sides.head));
  const each = matched.flatMap(({ tier, total, count, ...op }) => [
    { ...common('op', 'op.total', phase, sides), unit: 'ns', priorScatter: 0, op, ofType: partOf(op), tier, ...total },
    { ...common('op', 'op.count', phase, sides), unit: 'count', priorScatter: 0.003, op, tier, ...count },
  ]);
  const lone = matched.filter(({ tier }) => tier === undefined);
  const unmatched = (side: 'base' | 'head'): Figure[] =>
    sides[side].map((_, run) => sumOf(lone.flatMap(({ total }) => total[side][run] ?? [])));
  const both = { base: unmatched('base'), head: unmatched('head') };
  return [...each, { ...common('op', 'op.unmatched', phase, sides), unit: 'ns', priorScatter: 0, ...both }];
}

function partOf({ type }: OpKey): Measure['ofType'] {
  return type === '' ? undefined : { type, isAll: false };
}

/** All ops of a type or a name together; a side where no run has any has none. */
export function opSum(metric: string, phase: Phase, name: string, sides: PhaseSides): Measure {
  const isTotal = metric === 'op.total';
  const isChosen = (op: OpKey): boolean => op.type === name || op.name === name;
  const all = [...sides.base, ...sides.head].flatMap(({ ops }) => ops.filter(isChosen));
  const types = new Set(all.map(({ type }) => type));
  const figures = both(sides, (runs) => {
    const chosen = runs.map(({ ops }) => ops.filter(isChosen));
    return chosen.every((ops) => ops.length === 0) ? [] : chosen.map(isTotal ? totalOf : countOf);
  });
  return {
    ...common('op', metric, phase, sides),
    ...{ unit: isTotal ? 'ns' : 'count', priorScatter: isTotal ? 0 : 0.003, ...figures },
    op: { type: name, name: '', shapes: '' },
    ofType: types.size === 1 ? { type: all[0].type, isAll: types.has(name) } : undefined,
  };
}

function bubbleMeasures(phase: Phase, sides: PhaseSides): Measure[] {
  const sums = [...BUBBLE_CAUSES.map((cause) => [cause, [cause]] as const), ...Object.entries(BUBBLE_SUMS)];
  return sums.map(([name, causes]) => ({
    ...common('bubble', `bubble.${name}`, phase, sides),
    unit: 'ns',
    priorScatter: BUBBLE_SCATTER,
    ...both(sides, (runs) => runs.map(({ bubbles }) => sumOf(causes.flatMap((cause) => bubbles[cause] ?? [])))),
  }));
}

function sumOf(figures: readonly Figure[]): Figure {
  return {
    value: figures.reduce((sum, { value }) => sum + value, 0),
    error: Math.sqrt(figures.reduce((sum, { error }) => sum + error ** 2, 0)),
  };
}

function memoryMeasures(base: readonly RunSummary[], head: readonly RunSummary[]): Measure[] {
  return (['allocated', 'reserved'] as const).map((name) => ({
    ...common('memory', `memory.${name}`, undefined, { base: [], head: [] }),
    unit: 'bytes',
    priorScatter: MEMORY_SCATTER,
    count: { base: base.length, head: head.length },
    ...both({ base: base.filter(isTraced), head: head.filter(isTraced) }, (runs) =>
      complete(runs.map(({ memory }) => memory[`${name}Bytes`])).map((value) => ({ value, error: 0 })),
    ),
  }));
}

function common(
  kind: RowKind,
  metric: string,
  phase: Phase | undefined,
  sides: PhaseSides,
): Pick<Measure, 'kind' | 'metric' | 'phase' | 'op' | 'ofType' | 'tier' | 'better' | 'count'> {
  const steps = (runs: readonly PhaseSummary[]): number => runs.reduce((sum, { stepCount }) => sum + stepCount, 0);
  const count = { base: steps(sides.base), head: steps(sides.head) };
  return { kind, metric, phase, op: undefined, ofType: undefined, tier: undefined, better: 'lower', count };
}

function both<T>(
  { base, head }: { readonly base: readonly T[]; readonly head: readonly T[] },
  figuresOf: (runs: readonly T[]) => readonly Figure[],
): Sides {
  return { base: figuresOf(base), head: figuresOf(head) };
}

/** A side of which not every run tells a number has none. */
function complete<T>(values: readonly (T | undefined)[]): T[] {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : [];
}
