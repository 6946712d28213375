import type { ReportDocument } from '../../document/report-document.ts';
import { formatShortDuration } from '../../format.ts';
import { phasesByWeight } from '../../main-phase.ts';
import type { ReportTexts } from '../../texts.ts';
import { legend } from '../charts/chart.ts';
import { shareBar } from '../charts/share-bar.ts';
import { type Content, html } from '../markup.ts';
import { classParts } from './time-classes.ts';

/** What the mean token, or the mean step of what there is, consists of. */
export function tokenFigure({ steps }: ReportDocument, texts: ReportTexts): Content {
  const [main] = phasesByWeight(steps);
  if (main === undefined) return undefined;
  const [, phase] = main;
  const parts = classParts(phase, texts);
  const told = parts.map(({ label, value }) => `${label} ${formatShortDuration(value)}`);
  return html`${legend(parts)}${shareBar(parts, told.join(', '), ({ label, value }) => `${label} ${formatShortDuration(value)}`)}`;
}
