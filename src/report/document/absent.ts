import { NONE, rankOf } from '../../timeline/index.ts';
import type { RunAnalysis } from '../../analysis/index.ts';
import type { ReportOptions } from './build-report.ts';
import { type AbsentReason, type Section, SECTIONS } from './sections.ts';
import type { ReportSources } from './sources.ts';

/** The sections that say nothing, in their order, and why. */
export function absentSections(
  analysis: RunAnalysis,
  { sections = SECTIONS, selection }: ReportOptions,
  sources: ReportSources,
): Map<Section, AbsentReason> {
  const { run, devices } = analysis;
  const hasSteps = devices.some(({ steps }) => steps.source !== 'none');
  const ranks = new Set(run.shards.map(rankOf).filter((rank) => rank !== NONE));
  const isWhole = selection === undefined || (selection.range === null && selection.steps === null);
  const reasonFor = (section: Section): AbsentReason | undefined => {
    if (!sections.includes(section)) return 'not-asked-for';
    if (section === 'quality') return undefined;
    if (devices.length === 0) return 'no-device';
    switch (section) {
      case 'totals':
      case 'bubbles':
        return undefined;
      case 'topops':
        return worked(sources.topOps);
      case 'token':
      case 'steps':
        return hasSteps ? worked(section === 'token' ? sources.phaseFigures : sources.stepFigures) : 'no-steps';
      case 'ranks':
        return ranks.size > 1 ? worked(sources.ranks) : 'one-rank';
      case 'overlap':
        return worked(sources.combinations);
      case 'critical-path':
        return hasSteps ? worked(sources.criticalPath) : 'no-steps';
      case 'findings':
        return worked(sources.findings);
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

function worked(source: unknown): AbsentReason | undefined {
  return source === undefined ? 'not-worked-out' : undefined;
}
