/**
 * What each step, and the mean step of each phase, consist of.
 *
 * Of a step, in its window [start, end): compute and exposed communication as for the whole device (overlap.ts), cut off at
 * the edges; device idle is the rest. So compute + exposed communication + device idle = duration. Ops are those that belong
 * to the step, whole, by kind (their type; collectives without what counts them): the sum of their durations, which is more
 * than the time where they overlap. A collective counts once, not again for the kernels it ran as.
 *
 * Of a phase, over the steps of all devices: percentiles and mean of the durations of all of them. The mean step is the mean
 * of the usual ones: without the first of each device and without outliers, or of all where nothing else is left. The share
 * of an op is its time per step in the duration of the mean step.
 */
import { compareText } from '../../base/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { lengthWithin } from './clipped-length.ts';
import { type OpSums, sumsOfSteps } from './op-sums.ts';
import type { Phase, Step } from './step.ts';

export interface StepFigures {
  readonly step: Step;
  readonly durNs: number;
  readonly computeNs: number;
  readonly exposedCommunicationNs: number;
  readonly deviceIdleNs: number;
  /** The three kinds of op with the most time, or fewer. */
  readonly topOps: readonly { readonly key: string; readonly totalNs: number }[];
}

export interface MeanOp {
  readonly key: string;
  readonly nsPerStep: number;
  readonly countPerStep: number;
  /** Of the duration of the mean step. */
  readonly share: number;
}

/** Steps of all devices: two ranks that make the same token make two steps. Means are no integers. */
export interface PhaseFigures {
  readonly phase: Phase;
  readonly count: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly meanNs: number;
  /** Of what the mean step is the mean: neither the first of a device nor an outlier, where there are such. */
  readonly usualCount: number;
  readonly meanStep: {
    readonly durNs: number;
    readonly computeNs: number;
    readonly exposedCommunicationNs: number;
    readonly deviceIdleNs: number;
    /** Those with the most time first. */
    readonly ops: readonly MeanOp[];
  };
}

const TOP_OPS = 3;

/** In the order of the steps. */
export function stepFigures(device: DeviceAnalysis): StepFigures[] {
  return figuresOf(device).map(({ ops, ...figures }) => ({
    ...figures,
    topOps: sorted([...ops].map(([key, { totalNs }]) => ({ key, totalNs }))).slice(0, TOP_OPS),
  }));
}

/** In the order prefill, decode, other; phases without a step are left out. */
export function phaseFigures({ devices }: Pick<RunAnalysis, 'devices'>): PhaseFigures[] {
  const all = devices.flatMap(figuresOf);
  return (['prefill', 'decode', 'other'] as const).flatMap((phase) => {
    const steps = all.filter(({ step }) => step.phase === phase);
    return steps.length === 0 ? [] : [figuresOfPhase(phase, steps)];
  });
}

interface Figures extends Omit<StepFigures, 'topOps'> {
  readonly ops: OpSums;
}

function figuresOf({ tasks, overlap, steps: { steps, stepOf } }: DeviceAnalysis): Figures[] {
  const computeNs = lengthWithin(overlap.compute, steps);
  const exposedNs = lengthWithin(overlap.exposedCommunication, steps);
  const sums = sumsOfSteps(tasks, stepOf, steps.length);
  return steps.map((step, i) => {
    const durNs = step.endNs - step.startNs;
    const times = { computeNs: computeNs[i], exposedCommunicationNs: exposedNs[i] };
    return { step, durNs, ...times, deviceIdleNs: durNs - computeNs[i] - exposedNs[i], ops: sums[i] };
  });
}

function figuresOfPhase(phase: Phase, steps: readonly Figures[]): PhaseFigures {
  const notExceptional = steps.filter(({ step }) => !step.isFirst && !step.isOutlier);
  const usual = notExceptional.length > 0 ? notExceptional : steps;
  const durNs = Float64Array.from(steps, (each) => each.durNs).sort();
  const meanDurNs = mean(usual, (each) => each.durNs);
  return {
    ...{ phase, count: steps.length, p50Ns: percentile(durNs, 0.5), p95Ns: percentile(durNs, 0.95) },
    meanNs: mean(steps, (each) => each.durNs),
    usualCount: usual.length,
    meanStep: {
      durNs: meanDurNs,
      computeNs: mean(usual, (each) => each.computeNs),
      exposedCommunicationNs: mean(usual, (each) => each.exposedCommunicationNs),
      deviceIdleNs: mean(usual, (each) => each.deviceIdleNs),
      ops: meanOps(usual, meanDurNs),
    },
  };
}

function meanOps(steps: readonly Figures[], meanDurNs: number): MeanOp[] {
  const totals = new Map<string, { count: number; totalNs: number }>();
  for (const { ops } of steps) {
    for (const [key, { count, totalNs }] of ops) {
      const total = totals.get(key) ?? { count: 0, totalNs: 0 };
      totals.set(key, { count: total.count + count, totalNs: total.totalNs + totalNs });
    }
  }
  const ops = sorted([...totals].map(([key, total]) => ({ key, ...total })));
  return ops.map(({ key, count, totalNs }) => ({
    key,
    nsPerStep: totalNs / steps.length,
    countPerStep: count / steps.length,
    share: meanDurNs === 0 ? 0 : totalNs / steps.length / meanDurNs,
  }));
}

/** Those with the most time first, of equal ones by name, so that the same input gives the same order. */
function sorted<T extends { readonly key: string; readonly totalNs: number }>(ops: readonly T[]): T[] {
  return [...ops].sort((a, b) => b.totalNs - a.totalNs || compareText(a.key, b.key));
}

function mean<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0) / items.length;
}

/** The smallest duration that at least this part of the steps does not exceed. */
function percentile(sortedNs: Float64Array, part: number): number {
  return sortedNs[Math.max(0, Math.ceil(part * sortedNs.length) - 1)];
}
