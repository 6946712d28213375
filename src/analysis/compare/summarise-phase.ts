import { mean, sumOf } from '../../base/index.ts';
import type { Run } from '../../timeline/index.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import { BUBBLE_CAUSES, type BubbleCause } from '../bubbles/bubble.ts';
import { lengthsWithin } from '../intervals.ts';
import { type Phase, PHASES } from '../steps/step.ts';
import { type Figure, figureOf, quantileAt, typical } from './figure.ts';
import { OpKeys } from './op-keys.ts';
import { opSummaries, type PhaseOps } from './op-totals.ts';
import { opCounts, type PhaseSteps, stepsOfPhase } from './phase-steps.ts';
import type { PhaseSummary } from './summary.ts';

export function summarisePhases(run: Run, devices: readonly DeviceAnalysis[], wholeRun: boolean): PhaseSummary[] {
  const ops = new OpKeys(run);
  const columns = devices.map(({ tasks }) => ops.columnOf(tasks));
  return PHASES.flatMap((phase) => {
    const onDevices = devices.flatMap((device, number): PhaseOps[] => {
      const steps = stepsOfPhase(device, phase, wholeRun);
      return steps === undefined ? [] : [{ ...steps, opOf: columns[number] }];
    });
    return onDevices.length === 0 ? [] : [summarisePhase(phase, onDevices, ops)];
  });
}

function summarisePhase(phase: Phase, onDevices: readonly PhaseOps[], ops: OpKeys): PhaseSummary {
  const stepCount = Math.min(...onDevices.map(({ steps }) => steps.length));
  const durations = onDevices.map(({ steps }) => Float64Array.from(steps, ({ startNs, endNs }) => endNs - startNs));
  const slowest = combined(durations, stepCount, (values) => Math.max(...values));
  const perDevice = (seriesOf: (steps: PhaseSteps) => Float64Array): Float64Array =>
    combined(onDevices.map(seriesOf), stepCount, mean);
  const compute = perDevice(({ device, steps }) => lengthsWithin(device.overlap.compute, steps));
  const exposed = perDevice(({ device, steps }) => lengthsWithin(device.overlap.exposedCommunication, steps));
  const idle = perDevice(({ device, steps }) => lengthsWithin(device.overlap.deviceIdle, steps));
  const skew = combined(durations, stepCount, (values) => Math.max(...values) - Math.min(...values));
  return {
    phase,
    stepCount,
    totalNs: Math.round(mean(durations.map((series) => sumOf(series)))),
    figures: {
      p50: figureOf(slowest, quantileAt(0.5)),
      p95: figureOf(slowest, quantileAt(0.95)),
      p99: figureOf(slowest, quantileAt(0.99)),
      mean: figureOf(slowest, mean),
      compute: figureOf(compute, typical),
      'exposed-comm': figureOf(exposed, typical),
      idle: figureOf(idle, typical),
      'op-count': figureOf(perDevice(opCounts), typical),
    },
    rankSkew: onDevices.length > 1 ? figureOf(skew, typical) : undefined,
    ops: opSummaries(onDevices, ops.keys, stepCount),
    bubbles: bubblesByCause(onDevices, stepCount),
  };
}

/** Of the k-th steps of all devices one value. */
function combined(
  onDevices: readonly Float64Array[],
  stepCount: number,
  combine: (values: number[]) => number,
): Float64Array {
  return Float64Array.from({ length: stepCount }, (_, step) => combine(onDevices.map((series) => series[step])));
}

/** To a step belong, whole, the bubbles that start in it. Causes that no step has are left out. */
function bubblesByCause(
  onDevices: readonly PhaseSteps[],
  stepCount: number,
): Readonly<Partial<Record<BubbleCause, Figure>>> {
  const byCause = BUBBLE_CAUSES.map(() => new Float64Array(stepCount));
  for (const { device, steps } of onDevices) {
    const bubbles = device.bubbles.find(({ kind }) => kind === 'device');
    if (bubbles === undefined) continue;
    for (let bubble = 0, step = 0; bubble < bubbles.length; bubble++) {
      const startNs = bubbles.startNs[bubble];
      while (step < stepCount && steps[step].endNs <= startNs) step++;
      if (step === stepCount) break;
      if (startNs >= steps[step].startNs) {
        byCause[bubbles.cause[bubble]][step] += bubbles.durNs[bubble] / onDevices.length;
      }
    }
  }
  const figures = BUBBLE_CAUSES.flatMap((cause, number) =>
    byCause[number].some((ns) => ns > 0) ? [[cause, figureOf(byCause[number], typical)] as const] : [],
  );
  return Object.fromEntries(figures);
}
