import { NONE } from '../../timeline/index.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import { isOp } from '../op-class.ts';
import type { Phase, Step } from '../steps/step.ts';

/** The steps of one phase on one device that figures are made of, in the order of time. */
export interface PhaseSteps {
  readonly device: DeviceAnalysis;
  readonly steps: readonly Step[];
  /** By the device's steps: the position here, or NONE. */
  readonly ordinal: Int32Array;
  /** The step of each task of the device. */
  readonly stepOf: Int32Array;
}

/** undefined where the device has no step of the phase. First steps warm up; they count only where there is no other. */
export function stepsOfPhase(device: DeviceAnalysis, phase: Phase, wholeRun: boolean): PhaseSteps | undefined {
  const { steps, stepOf } = wholeRun ? wholeRunStep(device) : device.steps;
  const all = steps.filter((step) => step.phase === phase);
  if (all.length === 0) return undefined;
  const warm = all.filter(({ isFirst }) => !isFirst);
  const chosen = warm.length === 0 ? all : warm;
  const position = new Map(chosen.map((step, at) => [step, at]));
  const ordinal = Int32Array.from(steps, (step) => position.get(step) ?? NONE);
  return { device, steps: chosen, ordinal, stepOf };
}

function wholeRunStep({ tasks, overlap }: DeviceAnalysis): { steps: readonly Step[]; stepOf: Int32Array } {
  const { startNs, endNs } = overlap.window;
  const step: Step = { id: '0', phase: 'other', startNs, endNs, isFirst: false, isOutlier: false };
  return { steps: [step], stepOf: new Int32Array(tasks.length) };
}

export function opCounts({ device: { tasks }, steps, ordinal, stepOf }: PhaseSteps): Float64Array {
  const counts = new Float64Array(steps.length);
  for (let task = 0; task < tasks.length; task++) {
    const step = stepOf[task] === NONE ? NONE : ordinal[stepOf[task]];
    if (step !== NONE && isOp(tasks.opClass[task])) counts[step]++;
  }
  return counts;
}
