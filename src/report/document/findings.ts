import { compareText } from '../../base/index.ts';
import type { Finding } from '../../analysis/index.ts';
import type { ReportFinding } from './report-document.ts';
import { type DeviceNaming, ratio, wholeNs } from './values.ts';

/** In the order of the rules' own ranking. */
export function findingsSection(findings: readonly Finding[], nameOf: DeviceNaming): ReportFinding[] {
  return findings.map(({ rule, stakeNs, confidence, device, window, evidence }) => ({
    rule,
    stakeNs: wholeNs(stakeNs),
    confidence: ratio(confidence),
    at: device === undefined ? null : nameOf(device),
    window: window === undefined ? null : { startNs: window.startNs, endNs: window.endNs },
    evidence: Object.fromEntries(
      Object.entries(evidence)
        .map(([name, value]) => [name, valueOf(name, value)] as const)
        .sort(([a], [b]) => compareText(a, b)),
    ),
  }));
}

/** Times are whole here as everywhere in the document. */
function valueOf(name: string, value: Finding['evidence'][string]): ReportFinding['evidence'][string] {
  return name.endsWith('Ns') && typeof value === 'number' ? wholeNs(value) : (value ?? null);
}
