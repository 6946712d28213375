import { cutRun, type TimeRange } from '../timeline/cut.ts';
import type { Run } from '../timeline/index.ts';
import { type BubbleKind, type DeviceBubbles } from './bubbles/bubble.ts';
import { findBubbles } from './bubbles/find-bubbles.ts';
import { ownThresholdNs } from './bubbles/threshold.ts';
import { deviceKey } from './device-id.ts';
import { type DeviceTasks, deviceTasks } from './device-tasks.ts';
import { bubblesInRange, stepsInRange, tasksInRange } from './in-range.ts';
import { Launches } from './launches.ts';
import { type DeviceOverlap, overlapOf, type WindowRule, workOf } from './overlap.ts';
import { findSteps, type StepOptions } from './steps/find-steps.ts';
import { onlySteps } from './steps/only-steps.ts';
import type { DeviceSteps, Step } from './steps/step.ts';

export interface AnalysisOptions {
  /** Only what touches this time; the whole run still tells where steps begin and end, and why bubbles are there. */
  readonly range?: TimeRange | undefined;
  readonly window?: WindowRule | undefined;
  readonly steps?: StepOptions | undefined;
  /** Only these steps are looked at, and only devices that have one of them; bubbles of streams cannot be. */
  readonly onlySteps?: ((step: Step) => boolean) | undefined;
  /** Shorter gaps are summed up and not listed. */
  readonly bubbleThresholdNs?: number | undefined;
  readonly bubbleKinds?: readonly BubbleKind[] | undefined;
}

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

export function analyseRun(run: Run, options: AnalysisOptions = {}): RunAnalysis {
  const { range, onlySteps: isChosen } = options;
  const analysis = range === undefined ? analyseAll(run, options) : analysePart(run, range, options);
  if (isChosen === undefined) return analysis;
  return { ...analysis, devices: analysis.devices.flatMap((device) => onlySteps(device, isChosen) ?? []) };
}

/** What an analysis found that takes the whole run to find, to be taken along with a part of it. */
export type KnownDevice = Pick<DeviceAnalysis, 'steps' | 'bubbles'>;

/** The analysis of a run of which this was found before, device by device. */
export function recalledAnalysis(run: Run, known: readonly KnownDevice[]): RunAnalysis {
  const devices = workingDevices(run, 'first-to-last');
  if (devices.length !== known.length)
    throw new Error(`${known.length} devices were known, ${devices.length} are here`);
  return { run, launches: new Launches(run), devices: devices.map((device, at) => ({ ...device, ...known[at] })) };
}

type WorkingDevice = Pick<DeviceAnalysis, 'tasks' | 'overlap'>;

function workingDevices(run: Run, window: WindowRule): WorkingDevice[] {
  return deviceTasks(run).flatMap((tasks) => {
    const work = workOf(tasks);
    return work === undefined ? [] : [{ tasks, overlap: overlapOf(work, window) }];
  });
}

function analyseAll(
  run: Run,
  {
    window = 'first-to-last',
    bubbleThresholdNs = ownThresholdNs(run),
    bubbleKinds = ['device'],
    steps,
  }: AnalysisOptions,
  stepsOf: (tasks: readonly DeviceTasks[], launches: Launches) => readonly DeviceSteps[] = (tasks, launches) =>
    findSteps(run, tasks, steps ?? {}, launches),
): RunAnalysis {
  const launches = new Launches(run);
  const working = workingDevices(run, window);
  const found = stepsOf(
    working.map(({ tasks }) => tasks),
    launches,
  );
  const devices = working.map((device, number): DeviceAnalysis => {
    const context = { run, ...device, steps: found[number], launches };
    const bubbles = findBubbles(context, { thresholdNs: bubbleThresholdNs, kinds: bubbleKinds });
    return { ...device, steps: found[number], bubbles };
  });
  return { run, launches, devices };
}

function analysePart(whole: Run, range: TimeRange, options: AnalysisOptions): RunAnalysis {
  const known = new Map(
    analyseAll(whole, options).devices.map((device) => {
      return [deviceKey(device.tasks), { ...device, newTask: tasksInRange(device.tasks, range) }] as const;
    }),
  );
  const wholeOf = (part: DeviceTasks) => {
    const found = known.get(deviceKey(part));
    if (found === undefined) throw new Error('a part of a run has a device that the run has not');
    return found;
  };
  const part = analyseAll(cutRun(whole, range), options, (tasks) =>
    tasks.map((own) => stepsInRange(wholeOf(own).steps, range, wholeOf(own).newTask)),
  );
  const devices = part.devices.map((device) => {
    const { bubbles, newTask } = wholeOf(device.tasks);
    return { ...device, bubbles: device.bubbles.map((own, at) => bubblesInRange(own, bubbles[at], newTask)) };
  });
  return { ...part, devices };
}
