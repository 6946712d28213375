import { type CriticalPaths, type DeviceAnalysis, PATH_KINDS, PHASES, type Step } from '../../analysis/index.ts';
import { NONE } from '../../timeline/index.ts';
import type { ReportCriticalPath } from './report-document.ts';
import { type DeviceNaming, wholeNs } from './values.ts';

/** Of a step like most others: the median one of the commonest phase that is neither a first one nor an outlier. */
export function criticalPathSection(
  devices: readonly DeviceAnalysis[],
  paths: CriticalPaths,
  nameOf: DeviceNaming,
): ReportCriticalPath[] {
  const typical = typicalStep(devices);
  if (typical === undefined) return [];
  const { device, step } = typical;
  const path = paths.of(device, step);
  const ops = path.ops.flatMap(({ key, count, onPathNs, winNs }) =>
    winNs === undefined
      ? []
      : [{ key: device.tasks.texts.get(key), count, onPathNs: wholeNs(onPathNs), stakeNs: wholeNs(winNs) }],
  );
  ops.sort((a, b) => b.stakeNs - a.stakeNs);
  const kinds = PATH_KINDS.map((kind) => ({ kind, onPathNs: path.totals[kind] }))
    .filter(({ onPathNs }) => onPathNs > 0)
    .sort((a, b) => b.onPathNs - a.onPathNs);
  const host = path.host.map(({ key, count, onPathNs }) => ({
    ...{ name: key === NONE ? null : device.tasks.texts.get(key), count },
    onPathNs: wholeNs(onPathNs),
  }));
  return [{ stepId: step.id, ...nameOf(device.steps), durNs: step.endNs - step.startNs, kinds, ops, host }];
}

interface StepOfDevice {
  readonly device: DeviceAnalysis;
  readonly step: Step;
}

function typicalStep(devices: readonly DeviceAnalysis[]): StepOfDevice | undefined {
  const all = devices.flatMap((device) => device.steps.steps.map((step): StepOfDevice => ({ device, step })));
  const usual = all.filter(({ step }) => !step.isFirst && !step.isOutlier);
  const phases = PHASES.map((phase) => (usual.length > 0 ? usual : all).filter(({ step }) => step.phase === phase));
  const [commonest] = phases.sort((a, b) => b.length - a.length);
  const byLength = commonest.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  return byLength[Math.floor((byLength.length - 1) / 2)];
}

function lengthOf({ step }: StepOfDevice): number {
  return step.endNs - step.startNs;
}
