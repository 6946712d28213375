/** Summaries of runs made by hand: a decode phase of some ops, with what a test wants to be different. */
import type { Phase } from '../../src/analysis/steps/step.ts';
import type { NamedRun } from '../../src/analysis/compare/index.ts';
import type { Figure } from '../../src/analysis/compare/figure.ts';
import {
  type OpSummary,
  type PhaseSummary,
  type RunSummary,
  STEP_FIGURES,
  type StepFigure,
} from '../../src/analysis/compare/summary.ts';

export const exact = (value: number): Figure => ({ value, error: 0 });

export function opSummary(type: string, value: number, { name = type, shapes = '', count = 1 } = {}): OpSummary {
  return { type, name, shapes, perStep: exact(value), countPerStep: count };
}

const NS_OF: Readonly<Record<StepFigure, number>> = {
  p50: 10_000_000,
  p95: 11_000_000,
  p99: 12_000_000,
  mean: 10_100_000,
  compute: 8_000_000,
  'exposed-comm': 1_000_000,
  idle: 1_000_000,
  'op-count': 10,
};

/** Twelve ops of 100 to 1200 µs. */
export const USUAL_OPS: readonly OpSummary[] = Array.from({ length: 12 }, (_, i) =>
  opSummary(`Op${i}`, 100_000 * (i + 1), { shapes: '8,64' }),
);

export interface PhaseChanges extends Partial<Omit<PhaseSummary, 'figures' | 'phase'>> {
  readonly figures?: Partial<Record<StepFigure, number>>;
}

export function phaseSummary(phase: Phase, { figures = {}, ...changes }: PhaseChanges = {}): PhaseSummary {
  const ns = { ...NS_OF, ...figures };
  return {
    phase,
    stepCount: 64,
    totalNs: 64 * ns.mean,
    figures: Object.fromEntries(STEP_FIGURES.map((name) => [name, exact(ns[name])])) as PhaseSummary['figures'],
    rankSkew: undefined,
    ops: USUAL_OPS,
    bubbles: {},
    ...changes,
  };
}

export function runSummary(changes: Partial<RunSummary> = {}): RunSummary {
  return {
    environment: {
      ...{ device: 'ascend', chip: '5', toolkit: 'CANN 8.3', devices: 1, world: 1, tp: 1, pp: 1 },
      ...changes.environment,
    },
    stepSource: 'profiler-step',
    dataLoss: {},
    phases: [phaseSummary('decode')],
    memory: { allocatedBytes: undefined, reservedBytes: undefined },
    metrics: [],
    ...changes,
  };
}

/** Three runs of one summary. */
export function threeRuns(summary: RunSummary = runSummary(), name = 'run'): NamedRun[] {
  return [1, 2, 3].map((run) => ({ name: `${name}${run}`, summary }));
}

/** The usual ops, with those of some types taking so many times as long. */
export function opsTimes(factors: Readonly<Record<string, number>>): OpSummary[] {
  return USUAL_OPS.map((op) => ({ ...op, perStep: exact(op.perStep.value * (factors[op.type] ?? 1)) }));
}
