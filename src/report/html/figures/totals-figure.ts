import type { ReportDocument } from '../../document/report-document.ts';
import { formatShortDuration } from '../../format.ts';
import { deviceLabel } from '../../parts/device-label.ts';
import type { ReportTexts } from '../../texts.ts';
import { legend } from '../charts/chart.ts';
import { stackedBars } from '../charts/stacked-bars.ts';
import { type Content, html } from '../markup.ts';
import { classParts } from './time-classes.ts';

/** Fewer are compared in the table as well. */
const DEVICES_AT_LEAST = 4;

/** What the colours of the bars in the table are; of many devices, bars side by side. */
export function totalsFigure({ totals }: ReportDocument, texts: ReportTexts): Content {
  if (totals.length < DEVICES_AT_LEAST) return totals.length > 0 && legend(classParts(totals[0], texts));
  const bars = totals.map((each) => {
    const parts = classParts(each, texts);
    const told = parts.map(({ label, value }) => `${label} ${formatShortDuration(value)}`);
    const label = each.rank === null || each.capture !== null ? deviceLabel(each, texts) : String(each.rank);
    return { label, tooltip: [deviceLabel(each, texts), ...told].join(' · '), parts };
  });
  const { sections } = texts.words;
  return html`<figure>
    ${stackedBars(bars, { label: sections.totals, xTitle: texts.columns.device, formatValue: formatShortDuration })}
  </figure>`;
}
