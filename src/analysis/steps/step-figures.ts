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
import { type OpSums, opSums } from './op-sums.ts';
import { type DeviceSteps, type Phase, PHASES, type Step } from './step.ts';

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
export function stepFigures(device: DeviceAnalysis): readonly StepFigures[] {
  return figuresOf(device).figures;
}

/** Of all devices together, in the order prefill, decode, other; phases without a step are left out. */
export function phaseFigures({ devices }: Pick<RunAnalysis, 'devices'>): PhaseFigures[] {
  const ofDevices = devices.map(figuresOf);
  const steps = ofDevices.flatMap(({ figures }) => figures);
  return PHASES.flatMap((phase) => {
    const ofPhase = steps.filter(({ step }) => step.phase === phase);
    return ofPhase.length === 0 ? [] : [figuresOfPhase(phase, ofPhase, ofDevices)];
  });
}

interface DeviceFigures {
  readonly figures: readonly StepFigures[];
  readonly sums: OpSums;
}

/** Steps are asked about one by one and by phase: their ops are looked at once. */
const figuresBySteps = new WeakMap<DeviceSteps, DeviceFigures>();

function figuresOf(device: DeviceAnalysis): DeviceFigures {
  const { tasks, overlap, steps } = device;
  const known = figuresBySteps.get(steps);
  if (known !== undefined) return known;
  const compute = lengthWithin(overlap.compute, steps.steps);
  const exposed = lengthWithin(overlap.exposedCommunication, steps.steps);
  const sums = opSums(tasks, steps);
  const figures = steps.steps.map((step, i): StepFigures => {
    const [durNs, computeNs, exposedCommunicationNs] = [step.endNs - step.startNs, compute[i], exposed[i]];
    const deviceIdleNs = durNs - computeNs - exposedCommunicationNs;
    return { step, durNs, computeNs, exposedCommunicationNs, deviceIdleNs, topOps: topOps(sums, i) };
  });
  figuresBySteps.set(steps, { figures, sums });
  return { figures, sums };
}

function topOps({ from, kind, totalNs, names }: OpSums, step: number): StepFigures['topOps'] {
  const byTime = (a: number, b: number): number =>
    totalNs[b] - totalNs[a] || compareText(names[kind[a]], names[kind[b]]);
  const top: number[] = [];
  for (let row = from[step]; row < from[step + 1]; row++) {
    const place = top.findIndex((other) => byTime(row, other) < 0);
    if (place >= 0) top.splice(place, 0, row);
    else if (top.length < TOP_OPS) top.push(row);
    if (top.length > TOP_OPS) top.pop();
  }
  return top.map((row) => ({ key: names[kind[row]], totalNs: totalNs[row] }));
}

function figuresOfPhase(phase: Phase, steps: readonly StepFigures[], devices: readonly DeviceFigures[]): PhaseFigures {
  const notExceptional = steps.filter(({ step }) => !step.isFirst && !step.isOutlier);
  const usual = notExceptional.length > 0 ? notExceptional : steps;
  const durNs = Float64Array.from(steps, (each) => each.durNs).sort();
  const mean = (of: (figures: StepFigures) => number): number =>
    usual.reduce((sum, each) => sum + of(each), 0) / usual.length;
  const meanDurNs = mean((each) => each.durNs);
  return {
    ...{ phase, count: steps.length, p50Ns: percentile(durNs, 0.5), p95Ns: percentile(durNs, 0.95) },
    meanNs: durNs.reduce((sum, ns) => sum + ns, 0) / steps.length,
    usualCount: usual.length,
    meanStep: {
      durNs: meanDurNs,
      computeNs: mean((each) => each.computeNs),
      exposedCommunicationNs: mean((each) => each.exposedCommunicationNs),
      deviceIdleNs: mean((each) => each.deviceIdleNs),
      ops: meanOps(devices, new Set(usual.map(({ step }) => step)), meanDurNs),
    },
  };
}

function meanOps(devices: readonly DeviceFigures[], steps: ReadonlySet<Step>, meanDurNs: number): MeanOp[] {
  const totals = new Map<string, { count: number; totalNs: number }>();
  for (const { figures, sums } of devices) {
    const { names, from, kind, count, totalNs } = sums;
    for (const [i, { step }] of figures.entries()) {
      if (!steps.has(step)) continue;
      for (let row = from[i]; row < from[i + 1]; row++) {
        const name = names[kind[row]];
        const total = totals.get(name) ?? { count: 0, totalNs: 0 };
        totals.set(name, total);
        total.count += count[row];
        total.totalNs += totalNs[row];
      }
    }
  }
  return [...totals]
    .sort(([a, { totalNs: aNs }], [b, { totalNs: bNs }]) => bNs - aNs || compareText(a, b))
    .map(([key, { count, totalNs }]) => ({
      key,
      nsPerStep: totalNs / steps.size,
      countPerStep: count / steps.size,
      share: meanDurNs === 0 ? 0 : totalNs / steps.size / meanDurNs,
    }));
}

/** The smallest duration that at least this part of the steps does not exceed. */
function percentile(sortedNs: Float64Array, part: number): number {
  return sortedNs[Math.max(0, Math.ceil(part * sortedNs.length) - 1)];
}
