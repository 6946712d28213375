import type { ReportCombination } from './report-document.ts';
import type { DeviceCombinations } from '../../analysis/index.ts';
import type { DeviceNaming } from './values.ts';

const [COMPUTE, COMMUNICATION, COPY] = [1, 2, 4];

/** What never ran is left out, and so is the time in which nothing did: that is idle time. */
export function overlapSection(combinations: readonly DeviceCombinations[], nameOf: DeviceNaming): ReportCombination[] {
  return combinations.flatMap((each) =>
    Array.from(each.exclusiveNs, (totalNs, combination) => ({
      ...nameOf(each),
      compute: (combination & COMPUTE) !== 0,
      communication: (combination & COMMUNICATION) !== 0,
      copy: (combination & COPY) !== 0,
      totalNs,
    })).filter(({ totalNs }, combination) => combination > 0 && totalNs > 0),
  );
}
