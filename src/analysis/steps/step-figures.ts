/**
 * What each step, and the mean step of each phase, consist of.
 *
 * Of a step, in its window [start, end): compute and exposed communication as for the whole device (overlap.ts), cut off at
 * the edges; device idle is the rest. So compute + exposed communication + device idle = duration. Ops are those that belong
 * to the step, whole, by type: the sum of their durations, which is more
 * than the time where they overlap. A collective counts once, not again for the kernels it ran as.
 *
 * Of a phase, over the steps of all devices: percentiles and mean of the durations of all of them. The mean step is the mean
 * of the usual ones: without the first of each device and without outliers, or of all where nothing else is left. The share
 * of an op is its time per step in the duration of the mean step.
 */
import { compareText } from '../../base/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { lengthsWithin } from '../intervals.ts';
import { nearestRank } from '../quantiles.ts';
import type { RunTexts, TextId } from '../run-texts.ts';
import { type OpSums, visitOpSums } from './op-sums.ts';
import { type Phase, PHASES, type Step } from './step.ts';

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
  const { steps, stepOf } = device.steps;
  const figures: StepFigures[] = [];
  const times = timesOf(device);
  visitOpSums(device.tasks, stepOf, steps.length, (step, sums) => {
    figures.push({ step: steps[step], ...times[step], topOps: topOps(sums, device.tasks.texts) });
  });
  return figures;
}

/** Of all devices together, in the order prefill, decode, other; phases without a step are left out. */
export function phaseFigures({ devices }: Pick<RunAnalysis, 'devices'>): PhaseFigures[] {
  const steps = devices.flatMap((device) => {
    const times = timesOf(device);
    return device.steps.steps.map((step, i): TimedStep => ({ step, times: times[i] }));
  });
  return PHASES.flatMap((phase) => {
    const ofPhase = steps.filter(({ step }) => step.phase === phase);
    return ofPhase.length === 0 ? [] : [figuresOfPhase(phase, ofPhase, devices)];
  });
}

type StepTimes = Pick<StepFigures, 'durNs' | 'computeNs' | 'exposedCommunicationNs' | 'deviceIdleNs'>;

interface TimedStep {
  readonly step: Step;
  readonly times: StepTimes;
}

function timesOf({ overlap, steps: { steps } }: DeviceAnalysis): StepTimes[] {
  const compute = lengthsWithin(overlap.compute, steps);
  const exposed = lengthsWithin(overlap.exposedCommunication, steps);
  return steps.map(({ startNs, endNs }, i) => {
    const [durNs, computeNs, exposedCommunicationNs] = [endNs - startNs, compute[i], exposed[i]];
    return { durNs, computeNs, exposedCommunicationNs, deviceIdleNs: durNs - computeNs - exposedCommunicationNs };
  });
}

function topOps({ types, totalNs }: OpSums, texts: RunTexts): StepFigures['topOps'] {
  const byTime = (a: TextId, b: TextId): number => totalNs[b] - totalNs[a] || compareText(texts.get(a), texts.get(b));
  const top: TextId[] = [];
  for (const type of types) {
    const place = top.findIndex((other) => byTime(type, other) < 0);
    if (place >= 0) top.splice(place, 0, type);
    else if (top.length < TOP_OPS) top.push(type);
    if (top.length > TOP_OPS) top.pop();
  }
  return top.map((type) => ({ key: texts.get(type), totalNs: totalNs[type] }));
}

function figuresOfPhase(phase: Phase, steps: readonly TimedStep[], devices: readonly DeviceAnalysis[]): PhaseFigures {
  const notExceptional = steps.filter(({ step }) => !step.isFirst && !step.isOutlier);
  const usual = notExceptional.length > 0 ? notExceptional : steps;
  const durNs = Float64Array.from(steps, ({ times }) => times.durNs).sort();
  const mean = (of: (times: StepTimes) => number): number =>
    usual.reduce((sum, { times }) => sum + of(times), 0) / usual.length;
  const meanDurNs = mean((times) => times.durNs);
  return {
    ...{ phase, count: steps.length, p50Ns: nearestRank(durNs, 50), p95Ns: nearestRank(durNs, 95) },
    meanNs: durNs.reduce((sum, ns) => sum + ns, 0) / steps.length,
    usualCount: usual.length,
    meanStep: {
      durNs: meanDurNs,
      computeNs: mean((times) => times.computeNs),
      exposedCommunicationNs: mean((times) => times.exposedCommunicationNs),
      deviceIdleNs: mean((times) => times.deviceIdleNs),
      ops: meanOps(devices, new Set(usual.map(({ step }) => step)), meanDurNs),
    },
  };
}

function meanOps(devices: readonly DeviceAnalysis[], steps: ReadonlySet<Step>, meanDurNs: number): MeanOp[] {
  const totals = new Map<TextId, { count: number; totalNs: number }>();
  for (const { tasks, steps: own } of devices) {
    visitOpSums(tasks, own.stepOf, own.steps.length, (step, { types, count, totalNs }) => {
      if (!steps.has(own.steps[step])) return;
      for (const type of types) {
        const total = totals.get(type) ?? { count: 0, totalNs: 0 };
        totals.set(type, total);
        total.count += count[type];
        total.totalNs += totalNs[type];
      }
    });
  }
  return [...totals]
    .map(([type, total]) => ({ key: devices[0].tasks.texts.get(type), ...total }))
    .sort((a, b) => b.totalNs - a.totalNs || compareText(a.key, b.key))
    .map(({ key, count, totalNs }) => ({
      key,
      nsPerStep: totalNs / steps.size,
      countPerStep: count / steps.size,
      share: meanDurNs === 0 ? 0 : totalNs / steps.size / meanDurNs,
    }));
}
