import { compareText, type DiagnosticKind } from '../../base/index.ts';
import type { ReportFacts } from './facts.ts';
import type { ReportQuality } from './report-document.ts';

export function qualitySection({ diagnostics, inputs }: ReportFacts, skewNs: number | undefined): ReportQuality {
  const counts: Partial<Record<DiagnosticKind, number>> = {};
  for (const { kind, count } of diagnostics.list().sort((a, b) => compareText(a.kind, b.kind))) counts[kind] = count;
  const joined = inputs.flatMap((input) => input.joined ?? []);
  const unmatchedOps = joined.reduce((sum, { rowCount, matchedCount }) => sum + rowCount - matchedCount, 0);
  return {
    diagnostics: counts,
    unmatchedOps: joined.length === 0 ? null : unmatchedOps,
    skewNs: skewNs === undefined ? null : Math.round(skewNs),
  };
}
