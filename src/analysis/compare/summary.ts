/**
 * A run in a few KB: all that a comparison needs to know of it. Traces and baselines are both reduced to this, so they give
 * the same verdict.
 *
 * Figures are per step of one phase, on an average device: of the k-th steps of all devices the mean is taken, but the
 * longest duration, because a step is as slow as its slowest rank. First steps of a phase are left out.
 */
import type { Better, Labels } from '../../timeline/index.ts';
import type { BubbleCause } from '../bubbles/bubble.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import { countSteps } from '../steps/count-steps.ts';
import { type Phase, PHASES, type StepSource } from '../steps/step.ts';
import { type Environment, environmentOf } from '../environment.ts';
import type { Figure } from './figure.ts';
import { measuredMetrics, stepMetrics } from './measured-metrics.ts';
import { memoryPeaks } from './memory-peaks.ts';
import { summarisePhases } from './summarise-phase.ts';

/** What tells ops apart: the finest of them first. Ops too small to be kept by name are summed up by type, without names. */
export interface OpKey {
  readonly type: string;
  readonly name: string;
  readonly shapes: string;
}

/** Of one step: the time and the number of all its runs. */
export interface OpSummary extends OpKey {
  readonly perStep: Figure;
  readonly countPerStep: number;
}

export const STEP_FIGURES = ['p50', 'p95', 'p99', 'mean', 'compute', 'exposed-comm', 'idle', 'op-count'] as const;
export type StepFigure = (typeof STEP_FIGURES)[number];

export interface PhaseSummary {
  readonly phase: Phase;
  /** How many steps the figures rest on, on each device. */
  readonly stepCount: number;
  /** Of all its steps, on an average device. */
  readonly totalNs: number;
  readonly figures: Readonly<Record<StepFigure, Figure>>;
  /** Between the fastest and the slowest rank of a step; undefined where there is but one. */
  readonly rankSkew: Figure | undefined;
  readonly ops: readonly OpSummary[];
  readonly bubbles: Readonly<Partial<Record<BubbleCause, Figure>>>;
}

export interface RunMetric {
  readonly id: string;
  readonly unit: string;
  readonly better: Better;
  readonly value: number;
  readonly error: number;
  /** Where only bounds are known; null: no upper one. */
  readonly range?: readonly [low: number, high: number | null] | undefined;
  /** How many measurements of the run it is the mean of; 1 where nothing stands. */
  readonly repeats?: number | undefined;
  /** What was run, or by what of a trace it is known. */
  readonly labels: Labels;
}

/** What has to be equal for two runs to be comparable, as far as captures tell. */
export interface RunEnvironment extends Environment {
  /** How many devices ran ops in what was captured. */
  readonly devices: number;
}

export interface RunSummary {
  readonly environment: RunEnvironment;
  readonly stepSource: StepSource | 'whole-run';
  /** As a report counts them: the k-th steps of all devices are one, and first ones count. Older baselines do not tell. */
  readonly stepCount?: number | undefined;
  /** Of the device whose steps are least sure, 0 to 1. */
  readonly stepConfidence?: number | undefined;
  /** Rows that were dropped or repaired, by the kind of diagnostic. */
  readonly dataLoss: Readonly<Record<string, number>>;
  readonly phases: readonly PhaseSummary[];
  /** The largest of all devices; undefined where no table tells. */
  readonly memory: { readonly allocatedBytes: number | undefined; readonly reservedBytes: number | undefined };
  readonly metrics: readonly RunMetric[];
}

export interface SummaryOptions {
  readonly dataLoss?: Readonly<Record<string, number>> | undefined;
  /** What the files of the run say that they were written by. */
  readonly toolVersions?: readonly (string | undefined)[] | undefined;
  /** Each run is one step: for captures in which nothing repeats. */
  readonly wholeRun?: boolean | undefined;
}

export function summarise(
  analysis: RunAnalysis,
  { dataLoss = {}, toolVersions = [], wholeRun = false }: SummaryOptions = {},
): RunSummary {
  const phases = summarisePhases(analysis.run, analysis.devices, wholeRun);
  return {
    environment: { ...environmentOf(analysis.run, toolVersions), devices: analysis.devices.length },
    stepCount: wholeRun ? phases.length : stepCountOf(analysis),
    stepConfidence: wholeRun ? 1 : Math.min(1, ...analysis.devices.map(({ steps }) => steps.confidence)),
    stepSource: wholeRun ? 'whole-run' : (analysis.devices[0]?.steps.source ?? 'none'),
    dataLoss,
    phases,
    memory: memoryPeaks(analysis.run),
    metrics: [...measuredMetrics(analysis.run), ...phases.flatMap(stepMetrics)],
  };
}

function stepCountOf({ devices }: RunAnalysis): number {
  const steps = devices.map((device) => device.steps);
  return PHASES.reduce((sum, phase) => sum + countSteps(steps, phase).count, 0);
}
