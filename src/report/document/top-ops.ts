import type { ReportOp, ReportOpClass } from './report-document.ts';
import type { OpGroup } from '../../analysis/index.ts';
import { ratio, wholeNs, wholeNsOrNull } from './values.ts';

export function topOpsSection(groups: readonly OpGroup[]): ReportOp[] {
  return groups.map((group) => ({
    key: group.key,
    type: group.type ?? null,
    name: group.name ?? null,
    shape: group.shape ?? null,
    class: group.opClass,
    count: group.count,
    totalNs: wholeNs(group.totalNs),
    selfNs: wholeNsOrNull(group.selfNs),
    meanNs: wholeNs(group.meanNs),
    p50Ns: wholeNsOrNull(group.p50Ns),
    p95Ns: wholeNsOrNull(group.p95Ns),
    maxNs: wholeNsOrNull(group.maxNs),
    shareOfBusy: ratio(group.shareOfBusy),
    perStepNs: wholeNsOrNull(group.perStepNs),
  }));
}

export function opClassesSection(groups: readonly OpGroup[]): ReportOpClass[] {
  return groups.map(({ key, count, totalNs, shareOfBusy }) => ({
    class: key,
    count,
    totalNs: wholeNs(totalNs),
    share: ratio(shareOfBusy),
  }));
}
