import {
  type DeviceAnalysis,
  deviceKey,
  type RunAnalysis,
  unseenGraphNs,
  type VendorFigure,
} from '../../analysis/index.ts';
import type { DeviceName, DeviceTotals, ReportCombination, ReportWindow } from './report-document.ts';
import type { DeviceNaming } from './values.ts';

export function windowSection(devices: readonly DeviceAnalysis[]): ReportWindow | null {
  if (devices.length === 0) return null;
  return {
    startNs: Math.min(...devices.map(({ overlap }) => overlap.window.startNs)),
    endNs: Math.max(...devices.map(({ overlap }) => overlap.window.endNs)),
    rule: devices[0].overlap.rule,
  };
}

export function totalsSection(
  { run, launches, devices }: RunAnalysis,
  combinations: readonly ReportCombination[] | undefined,
  vendor: readonly VendorFigure[],
  nameOf: DeviceNaming,
): DeviceTotals[] {
  return devices.map(({ tasks, overlap }) => {
    const { totals } = overlap;
    const name = nameOf(overlap);
    const free = vendor.filter((each) => each.figure === 'free' && deviceKey(each) === deviceKey(overlap));
    return {
      ...name,
      windowNs: totals.windowNs,
      computeNs: totals.computeNs,
      commNs: totals.communicationNs,
      exposedCommNs: totals.exposedCommunicationNs,
      copyNs: copyNs(name, combinations),
      deviceIdleNs: totals.deviceIdleNs,
      unseenGraphNs: unseenGraphNs({ run, tasks, launches }, overlap),
      computeIdleNs: totals.computeIdleNs,
      vendorFreeNs: vendorFreeNs(free),
    };
  });
}

function copyNs(
  { rank, device, capture }: DeviceName,
  combinations: readonly ReportCombination[] | undefined,
): number | null {
  if (combinations === undefined) return null;
  return combinations
    .filter((each) => each.copy && each.rank === rank && each.device === device && each.capture === capture)
    .reduce((sum, { totalNs }) => sum + totalNs, 0);
}

/** What the vendor says of the whole capture, else of its only step. */
function vendorFreeNs(free: readonly VendorFigure[]): number | null {
  const whole = free.find(({ step, vendorNs }) => step === '' && vendorNs !== undefined);
  const steps = free.filter(({ step }) => step !== '');
  const isOnlyStep = new Set(steps.map(({ step }) => step)).size === 1;
  return whole?.vendorNs ?? (isOnlyStep ? steps[0].vendorNs : undefined) ?? null;
}
