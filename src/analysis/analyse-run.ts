import { cutRun, type TimeRange } from '../timeline/cut.ts';
import type { Run } from '../timeline/index.ts';
import type { BubbleKind, DeviceBubbles } from './bubbles/bubble.ts';
import { findBubbles } from './bubbles/find-bubbles.ts';
import { deviceKey } from './device-id.ts';
import { type DeviceTasks, deviceTasks } from './device-tasks.ts';
import { Launches } from './launches.ts';
import { type DeviceOverlap, overlapOf, type WindowRule, workOf } from './overlap.ts';
import { findSteps, type StepOptions } from './steps/find-steps.ts';
import { onlySteps } from './steps/only-steps.ts';
import type { DeviceSteps, Step } from './steps/step.ts';
import { stepsInRange } from './steps/steps-in-range.ts';

export interface AnalysisOptions {
  /** Only what touches this time; the whole run still tells where steps begin and end. */
  readonly range?: TimeRange | undefined;
  readonly window?: WindowRule | undefined;
  readonly steps?: StepOptions | undefined;
  /** Only these steps are looked at, and only devices that have one of them; bubbles of streams cannot be. */
  readonly onlySteps?: ((step: Step) => boolean) | undefined;
  /** Shorter gaps are summed up and not listed. */
  readonly bubbleThresholdNs?: number | undefined;
  readonly bubbleKinds?: readonly BubbleKind[] | undefined;
}

/** Shorter than a launch takes: what is below is the device's own pause between two ops. */
export const BUBBLE_THRESHOLD_NS = 10_000;

export interface DeviceAnalysis {
  readonly tasks: DeviceTasks;
  readonly overlap: DeviceOverlap;
  readonly steps: DeviceSteps;
  readonly bubbles: readonly DeviceBubbles[];
}

/** What reports, comparisons and findings are made of. Devices are those that ran an op, by rank and device. */
export interface RunAnalysis {
  readonly run: Run;
  readonly launches: Launches;
  readonly devices: readonly DeviceAnalysis[];
}

export function analyseRun(whole: Run, options: AnalysisOptions = {}): RunAnalysis {
  const { window = 'first-to-last', bubbleThresholdNs = BUBBLE_THRESHOLD_NS, bubbleKinds = ['device'] } = options;
  const run = options.range === undefined ? whole : cutRun(whole, options.range);
  const launches = new Launches(run);
  const busy = deviceTasks(run).flatMap((tasks) => {
    const work = workOf(tasks);
    return work === undefined ? [] : [{ tasks, overlap: overlapOf(work, window) }];
  });
  const taskLists = busy.map(({ tasks }) => tasks);
  const stepsOf =
    options.range === undefined
      ? findSteps(run, taskLists, options.steps ?? {}, launches)
      : stepsOfWhole(whole, options.range, taskLists, options.steps ?? {});
  const devices = busy.map(({ tasks, overlap }, number): DeviceAnalysis => {
    const steps = stepsOf[number];
    const context = { run, tasks, overlap, steps, launches };
    const bubbles = findBubbles(context, { thresholdNs: bubbleThresholdNs, kinds: bubbleKinds });
    return { tasks, overlap, steps, bubbles };
  });
  const { onlySteps: isChosen } = options;
  if (isChosen === undefined) return { run, launches, devices };
  return { run, launches, devices: devices.flatMap((device) => onlySteps(device, isChosen) ?? []) };
}

function stepsOfWhole(
  whole: Run,
  range: TimeRange,
  parts: readonly DeviceTasks[],
  options: StepOptions,
): DeviceSteps[] {
  const devices = deviceTasks(whole).filter((tasks) => workOf(tasks) !== undefined);
  const steps = findSteps(whole, devices, options);
  const positions = new Map(devices.map((tasks, i) => [deviceKey(tasks), i]));
  return parts.map((part) => {
    const i = positions.get(deviceKey(part));
    if (i === undefined) throw new Error('a part of a run has a device that the run has not');
    return stepsInRange({ tasks: devices[i], steps: steps[i] }, range, part);
  });
}
