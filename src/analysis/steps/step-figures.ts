/**
 * What each step, and the mean step of each phase, consist of.
 *
 * Of a step, in its window [start, end): compute and exposed communication as for the whole device (overlap.ts), cut off at
 * the edges; device idle is the rest. So compute + exposed communication + device idle = duration. Ops are those that belong
 * to the step, whole, by type: the sum of their durations, which is more
 * than the time where they overlap. A collective counts once, not again for the kernels it ran as.
 *
 * Of a phase, over the steps of all devices, each for itself: percentiles and mean of the durations of all of them. The mean step is the mean
 * of the usual ones: without the first of each device and without outliers, or of all where nothing else is left. The share
 * of an op is its time per step in the duration of the mean step.
 */
import { compareText, mean, nearestRank } from '../../base/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { lengthsWithin } from '../intervals.ts';
import type { RunTexts, TextId } from '../run-texts.ts';
import { countSteps, type StepCounts } from './count-steps.ts';
import { type OpSums, opSums } from './op-sums.ts';
import { type DeviceSteps, type Phase, PHASES, type Step } from './step.ts';

export interface StepFigures {
  readonly step: Step;
  readonly durNs: number;
  readonly computeNs: number;
  readonly exposedCommunicationNs: number;
  readonly deviceIdleNs: number;
  /** The three types of op with the most time, or fewer. */
  readonly topOps: readonly { readonly key: string; readonly totalNs: number }[];
}

export interface MeanOp {
  readonly key: string;
  readonly nsPerStep: number;
  readonly countPerStep: number;
  /** Of the duration of the mean step. */
  readonly share: number;
}

/** Percentiles and means are over what each device did in each step. Means are no integers. */
export interface PhaseFigures extends StepCounts {
  readonly phase: Phase;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly meanNs: number;
  /**
   * Of how many steps of devices the mean step is the mean: neither the first of a device nor outliers, where there are
   * such.
   */
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
export function stepFigures(device: DeviceAnalysis): readonly StepFigures[] {
  return figuresOf(device).figures;
}

/** Of all devices together, in the order prefill, decode, other; phases without a step are left out. */
export function phaseFigures({ devices }: Pick<RunAnalysis, 'devices'>): PhaseFigures[] {
  const ofDevices = devices.map(figuresOf);
  const steps = ofDevices.flatMap(({ figures }) => figures);
  return PHASES.flatMap((phase) => {
    const ofPhase = steps.filter(({ step }) => step.phase === phase);
    if (ofPhase.length === 0) return [];
    const counts = countSteps(
      devices.map((device) => device.steps),
      phase,
    );
    return [{ ...counts, ...figuresOfPhase(phase, ofPhase, ofDevices) }];
  });
}

interface DeviceFigures {
  readonly texts: RunTexts;
  readonly figures: readonly StepFigures[];
  readonly sums: OpSums;
}

/** Steps are asked about one by one and by phase: their ops are looked at once. */
const figuresBySteps = new WeakMap<DeviceSteps, DeviceFigures>();

function figuresOf(device: DeviceAnalysis): DeviceFigures {
  const { tasks, overlap, steps } = device;
  const known = figuresBySteps.get(steps);
  if (known !== undefined) return known;
  const compute = lengthsWithin(overlap.compute, steps.steps);
  const exposed = lengthsWithin(overlap.exposedCommunication, steps.steps);
  const sums = opSums(tasks, steps);
  const figures = steps.steps.map((step, i): StepFigures => {
    const [durNs, computeNs, exposedCommunicationNs] = [step.endNs - step.startNs, compute[i], exposed[i]];
    const deviceIdleNs = durNs - computeNs - exposedCommunicationNs;
    return { step, durNs, computeNs, exposedCommunicationNs, deviceIdleNs, topOps: topOps(sums, i, tasks.texts) };
  });
  const found = { texts: tasks.texts, figures, sums };
  figuresBySteps.set(steps, found);
  return found;
}

function topOps({ from, type, totalNs }: OpSums, step: number, texts: RunTexts): StepFigures['topOps'] {
  const byTime = (a: number, b: number): number =>
    totalNs[b] - totalNs[a] || compareText(texts.get(type[a]), texts.get(type[b]));
  const top: number[] = [];
  for (let row = from[step]; row < from[step + 1]; row++) {
    const place = top.findIndex((other) => byTime(row, other) < 0);
    if (place >= 0) top.splice(place, 0, row);
    else if (top.length < TOP_OPS) top.push(row);
    if (top.length > TOP_OPS) top.pop();
  }
  return top.map((row) => ({ key: texts.get(type[row]), totalNs: totalNs[row] }));
}

function figuresOfPhase(
  phase: Phase,
  steps: readonly StepFigures[],
  devices: readonly DeviceFigures[],
): Omit<PhaseFigures, keyof StepCounts> {
  const notExceptional = steps.filter(({ step }) => !step.isFirst && !step.isOutlier);
  const usual = notExceptional.length > 0 ? notExceptional : steps;
  const durNs = Float64Array.from(steps, (each) => each.durNs).sort();
  const usualMean = (of: (figures: StepFigures) => number): number => mean(usual.map(of));
  const meanDurNs = usualMean((each) => each.durNs);
  return {
    ...{ phase, p50Ns: nearestRank(durNs, 50), p95Ns: nearestRank(durNs, 95) },
    meanNs: mean(durNs),
    usualCount: usual.length,
    meanStep: {
      durNs: meanDurNs,
      computeNs: usualMean((each) => each.computeNs),
      exposedCommunicationNs: usualMean((each) => each.exposedCommunicationNs),
      deviceIdleNs: usualMean((each) => each.deviceIdleNs),
      ops: meanOps(devices, new Set(usual.map(({ step }) => step)), meanDurNs),
    },
  };
}

function meanOps(devices: readonly DeviceFigures[], steps: ReadonlySet<Step>, meanDurNs: number): MeanOp[] {
  const totals = new Map<TextId, { count: number; totalNs: number }>();
  for (const { figures, sums } of devices) {
    const { from, type, count, totalNs } = sums;
    for (const [i, { step }] of figures.entries()) {
      if (!steps.has(step)) continue;
      for (let row = from[i]; row < from[i + 1]; row++) {
        const total = totals.get(type[row]) ?? { count: 0, totalNs: 0 };
        totals.set(type[row], total);
        total.count += count[row];
        total.totalNs += totalNs[row];
      }
    }
  }
  return [...totals]
    .map(([type, total]) => ({ key: devices[0].texts.get(type), ...total }))
    .sort((a, b) => b.totalNs - a.totalNs || compareText(a.key, b.key))
    .map(({ key, count, totalNs }) => ({
      key,
      nsPerStep: totalNs / steps.size,
      countPerStep: count / steps.size,
      share: meanDurNs === 0 ? 0 : totalNs / steps.size / meanDurNs,
    }));
}
