import type { ReportDocument } from '../../document/report-document.ts';
import type { ReportTexts } from '../../texts.ts';
import { legend } from '../charts/chart.ts';
import type { Content } from '../markup.ts';
import { classParts } from './time-classes.ts';

/** What the colours of the bars in the table are. */
export function totalsFigure({ totals }: ReportDocument, texts: ReportTexts): Content {
  return totals.length > 0 && legend(classParts(totals[0], texts));
}
