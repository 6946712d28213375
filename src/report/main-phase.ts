import type { Phase } from '../analysis/index.ts';
import type { ReportDocument, ReportPhase } from './document/report-document.ts';

/** Phases in the order in which people should read of them: tokens first, else the steps there are most of. */
export function phasesByWeight({ byPhase }: ReportDocument['steps']): [Phase, ReportPhase][] {
  const phases = Object.entries(byPhase) as [Phase, ReportPhase][];
  return phases.sort(
    ([a, one], [b, other]) => Number(b === 'decode') - Number(a === 'decode') || other.count - one.count,
  );
}
