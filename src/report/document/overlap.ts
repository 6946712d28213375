import type { ReportCombination } from './report-document.ts';
import type { DeviceCombinations } from '../../analysis/index.ts';
import type { DeviceNaming } from './values.ts';

const [COMPUTE, COMMUNICATION, COPY] = [1, 2, 4];
const ORDER = [1, 2, 3, 4, 5, 6, 7, 0];

/** What never ran is left out. The time in which nothing did comes last, so that all add up to the window. */
export function overlapSection(combinations: readonly DeviceCombinations[], nameOf: DeviceNaming): ReportCombination[] {
  return combinations.flatMap((each) =>
    ORDER.map((combination) => ({
      ...nameOf(each),
      compute: (combination & COMPUTE) !== 0,
      communication: (combination & COMMUNICATION) !== 0,
      copy: (combination & COPY) !== 0,
      totalNs: each.exclusiveNs[combination],
    })).filter(({ totalNs }) => totalNs > 0),
  );
}
