import { NONE, rankOf } from '../../timeline/index.ts';
import type { RunAnalysis } from '../../analysis/index.ts';
import type { ReportOptions } from './build-report.ts';
import { type AbsentReason, type Section, SECTIONS, USUAL_SECTIONS } from './sections.ts';

/** The sections that say nothing, in their order, and why. */
export function absentSections(
  analysis: RunAnalysis,
  hasMetrics: boolean,
  { sections = USUAL_SECTIONS, selection, definition }: ReportOptions,
): Map<Section, AbsentReason> {
  const { run, devices } = analysis;
  const hasSource = devices.some(({ steps }) => steps.source !== 'none');
  const hasSteps = devices.some(({ steps }) => steps.steps.length > 0);
  const ranks = new Set(run.shards.map(rankOf).filter((rank) => rank !== NONE));
  const isWhole = selection === undefined || (selection.range === null && selection.steps === null);
  const hasChosenSteps = selection !== undefined && selection.steps !== null;
  const reasonFor = (section: Section): AbsentReason | undefined => {
    if (!sections.includes(section)) return 'not-asked-for';
    if (section === 'quality') return undefined;
    if (section === 'metrics') return hasMetrics ? undefined : 'no-metrics';
    if (section === 'flame') return hasChosenSteps ? 'some-steps' : undefined;
    if (devices.length === 0) return hasMetrics ? 'no-trace' : 'no-device';
    switch (section) {
      case 'totals':
      case 'bubbles':
      case 'topops':
      case 'overlap':
      case 'findings':
        return undefined;
      case 'host':
        return hasChosenSteps ? 'some-steps' : undefined;
      case 'steps':
        return hasSource ? undefined : 'no-steps';
      case 'token':
      case 'critical-path':
        return hasSteps ? undefined : 'no-steps';
      case 'ranks':
        return ranks.size > 1 ? undefined : 'one-rank';
      case 'definitions':
        return definition === undefined ? 'not-asked-for' : isWhole ? undefined : 'part-of-run';
      case 'vendor':
        return isWhole ? undefined : 'part-of-run';
    }
  };
  const absent = new Map<Section, AbsentReason>();
  for (const section of SECTIONS) {
    const reason = reasonFor(section);
    if (reason !== undefined) absent.set(section, reason);
  }
  return absent;
}
