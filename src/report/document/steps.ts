import {
  type DeviceAnalysis,
  type PhaseFigures,
  type Step,
  type StepFigures,
  stepFigures,
} from '../../analysis/index.ts';
import type { DeviceName, ReportCutStep, ReportPhase, ReportStep, ReportSteps } from './report-document.ts';
import { type DeviceNaming, ratio, wholeNs } from './values.ts';

export const NO_STEPS: ReportSteps = { source: 'none', confidence: 0, items: [], cut: [], byPhase: {} };

export function stepsSection(
  devices: readonly DeviceAnalysis[],
  phases: readonly PhaseFigures[],
  nameOf: DeviceNaming,
): ReportSteps {
  // How sure all of it is, is how sure the least sure of it is.
  const [weakest] = devices
    .map(({ steps }) => steps)
    .filter(({ source }) => source !== 'none')
    .sort((a, b) => a.confidence - b.confidence);
  if (weakest === undefined) return NO_STEPS;
  return {
    source: weakest.source,
    confidence: ratio(weakest.confidence),
    items: devices.flatMap((device) => stepFigures(device).map((figures) => itemOf(nameOf(device.steps), figures))),
    cut: devices.flatMap(({ steps }) => (steps.cut ?? []).map((step) => cutStepOf(nameOf(steps), step))),
    byPhase: Object.fromEntries(phases.map((each) => [each.phase, phaseOf(each)])),
  };
}

function itemOf(device: DeviceName, figures: StepFigures): ReportStep {
  const { id, phase, startNs, isFirst, isOutlier } = figures.step;
  return {
    ...device,
    ...{ id, phase, startNs, durNs: figures.durNs, isFirst, isOutlier },
    computeNs: figures.computeNs,
    exposedCommNs: figures.exposedCommunicationNs,
    deviceIdleNs: figures.deviceIdleNs,
    topOps: figures.topOps.map(({ key, totalNs }) => ({ key, totalNs: wholeNs(totalNs) })),
  };
}

function cutStepOf(device: DeviceName, { id, phase, startNs, endNs }: Step): ReportCutStep {
  return { ...device, id, phase, startNs, durNs: endNs - startNs };
}

function phaseOf(figures: PhaseFigures): ReportPhase {
  const { meanStep } = figures;
  return {
    count: figures.count,
    deviceCount: figures.deviceCount,
    p50Ns: wholeNs(figures.p50Ns),
    p95Ns: wholeNs(figures.p95Ns),
    meanNs: wholeNs(figures.meanNs),
    usualCount: figures.usualCount,
    usualMeanNs: wholeNs(meanStep.durNs),
    computeNs: wholeNs(meanStep.computeNs),
    exposedCommNs: wholeNs(meanStep.exposedCommunicationNs),
    deviceIdleNs: wholeNs(meanStep.deviceIdleNs),
    ops: meanStep.ops.map(({ key, nsPerStep, countPerStep, share }) => ({
      key,
      nsPerStep: wholeNs(nsPerStep),
      countPerStep: ratio(countPerStep),
      share: ratio(share),
    })),
  };
}
