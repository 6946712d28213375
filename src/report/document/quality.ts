import { type DeviceAnalysis, type RunAnalysis, unseenGraphCount } from '../../analysis/index.ts';
import { compareText, type DiagnosticKind } from '../../base/index.ts';
import type { ReportFacts } from './facts.ts';
import type { ReportMessage, ReportQuality } from './report-document.ts';

export function qualitySection({ diagnostics, inputs }: ReportFacts, analysis: RunAnalysis): ReportQuality {
  const counts: Partial<Record<DiagnosticKind, number>> = {};
  const messages: Partial<Record<DiagnosticKind, ReportMessage>> = {};
  for (const { kind, count, severity, message } of diagnostics.list().sort((a, b) => compareText(a.kind, b.kind))) {
    counts[kind] = count;
    messages[kind] = { severity, text: message };
  }
  const joined = inputs.flatMap((input) => input.joined ?? []);
  const unmatchedOps = joined.reduce((sum, { rowCount, matchedCount }) => sum + rowCount - matchedCount, 0);
  return {
    diagnostics: counts,
    messages,
    unmatchedOps: joined.length === 0 ? null : unmatchedOps,
    unseenGraphCount: unseenGraphCount(analysis),
    skewNs: skewOf(analysis.devices),
  };
}

/** How far clocks may be apart at most, over all devices; null where no launch tells of any. */
function skewOf(devices: readonly DeviceAnalysis[]): number | null {
  const known = devices.flatMap(({ bubbles: [first] }) =>
    first === undefined || first.skew.launchCount === 0 ? [] : first.skew,
  );
  if (known.length === 0) return null;
  return Math.round(Math.max(...known.flatMap(({ lowNs, highNs }) => [Math.abs(lowNs), Math.abs(highNs)])));
}
