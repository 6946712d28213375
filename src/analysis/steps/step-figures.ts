/**
 * What each step, and the mean step of each phase, consist of.
 *
 * Of a step, in its window [start, end): compute and exposed communication as for the whole device (overlap.ts), cut off at
 * the edges; device idle is the rest. So compute + exposed communication + device idle = duration. Ops are those that belong
 * to the step, whole, by kind (their type; collectives without what counts them): the sum of their durations, which is more
 * than the time where they overlap. A collective counts once, not again for the kernels it ran as.
 *
 * Of a phase, over the steps of all devices, each for itself: percentiles and mean of the durations of all of them. The mean step is the mean
 * of the usual ones: without the first of each device and without outliers, or of all where nothing else is left. The share
 * of an op is its time per step in the duration of the mean step.
 */
import { compareText } from '../../base/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { lengthWithin } from './clipped-length.ts';
import { type OpSums, visitOpSums } from './op-sums.ts';
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

/** Percentiles and means are over what each device did in each step. Means are no integers. */
export interface PhaseFigures {
  readonly phase: Phase;
  /** Steps of one id on several devices are one; in several captures of one device they are several. */
  readonly count: number;
  readonly deviceCount: number;
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
export function stepFigures(device: DeviceAnalysis): StepFigures[] {
  const { steps, stepOf } = device.steps;
  const figures: StepFigures[] = [];
  const times = timesOf(device);
  visitOpSums(device.tasks, stepOf, steps.length, (step, sums) => {
    figures.push({ step: steps[step], ...times[step], topOps: topOps(sums) });
  });
  return figures;
}

/** Of all devices together, in the order prefill, decode, other; phases without a step are left out. */
export function phaseFigures({ devices }: Pick<RunAnalysis, 'devices'>): PhaseFigures[] {
  const steps = devices.flatMap((device) => {
    const times = timesOf(device);
    const place = JSON.stringify([device.steps.rank, device.steps.device]);
    return device.steps.steps.map((step, i): TimedStep => ({ step, place, times: times[i] }));
  });
  return (['prefill', 'decode', 'other'] as const).flatMap((phase) => {
    const ofPhase = steps.filter(({ step }) => step.phase === phase);
    return ofPhase.length === 0 ? [] : [figuresOfPhase(phase, ofPhase, devices)];
  });
}

type StepTimes = Pick<StepFigures, 'durNs' | 'computeNs' | 'exposedCommunicationNs' | 'deviceIdleNs'>;

interface TimedStep {
  readonly step: Step;
  /** Rank and device, of whichever capture. */
  readonly place: string;
  readonly times: StepTimes;
}

function timesOf({ overlap, steps: { steps } }: DeviceAnalysis): StepTimes[] {
  const compute = lengthWithin(overlap.compute, steps);
  const exposed = lengthWithin(overlap.exposedCommunication, steps);
  return steps.map(({ startNs, endNs }, i) => {
    const [durNs, computeNs, exposedCommunicationNs] = [endNs - startNs, compute[i], exposed[i]];
    return { durNs, computeNs, exposedCommunicationNs, deviceIdleNs: durNs - computeNs - exposedCommunicationNs };
  });
}

function topOps({ kinds, totalNs, names }: OpSums): StepFigures['topOps'] {
  const byTime = (a: number, b: number): number => totalNs[b] - totalNs[a] || compareText(names[a], names[b]);
  const top: number[] = [];
  for (const kind of kinds) {
    const place = top.findIndex((other) => byTime(kind, other) < 0);
    if (place >= 0) top.splice(place, 0, kind);
    else if (top.length < TOP_OPS) top.push(kind);
    if (top.length > TOP_OPS) top.pop();
  }
  return top.map((kind) => ({ key: names[kind], totalNs: totalNs[kind] }));
}

function figuresOfPhase(phase: Phase, steps: readonly TimedStep[], devices: readonly DeviceAnalysis[]): PhaseFigures {
  const notExceptional = steps.filter(({ step }) => !step.isFirst && !step.isOutlier);
  const usual = notExceptional.length > 0 ? notExceptional : steps;
  const durNs = Float64Array.from(steps, ({ times }) => times.durNs).sort();
  const mean = (of: (times: StepTimes) => number): number =>
    usual.reduce((sum, { times }) => sum + of(times), 0) / usual.length;
  const meanDurNs = mean((times) => times.durNs);
  return {
    ...{ phase, ...countsOf(steps), p50Ns: percentile(durNs, 0.5), p95Ns: percentile(durNs, 0.95) },
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

function countsOf(steps: readonly TimedStep[]): Pick<PhaseFigures, 'count' | 'deviceCount'> {
  const byPlace = new Map<string, number>();
  const mostAtOnePlace = new Map<string, number>();
  for (const { step, place } of steps) {
    const key = JSON.stringify([step.id, place]);
    const count = (byPlace.get(key) ?? 0) + 1;
    byPlace.set(key, count);
    mostAtOnePlace.set(step.id, Math.max(mostAtOnePlace.get(step.id) ?? 0, count));
  }
  return {
    count: [...mostAtOnePlace.values()].reduce((sum, count) => sum + count, 0),
    deviceCount: new Set(steps.map(({ place }) => place)).size,
  };
}

function meanOps(devices: readonly DeviceAnalysis[], steps: ReadonlySet<Step>, meanDurNs: number): MeanOp[] {
  const totals = new Map<string, { count: number; totalNs: number }>();
  for (const { tasks, steps: own } of devices) {
    visitOpSums(tasks, own.stepOf, own.steps.length, (step, { kinds, count, totalNs, names }) => {
      if (!steps.has(own.steps[step])) return;
      for (const kind of kinds) {
        const total = totals.get(names[kind]) ?? { count: 0, totalNs: 0 };
        totals.set(names[kind], total);
        total.count += count[kind];
        total.totalNs += totalNs[kind];
      }
    });
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
