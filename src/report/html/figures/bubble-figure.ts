import type { ReportDocument } from '../../document/report-document.ts';
import { formatCount, formatShortDuration } from '../../format.ts';
import type { ReportTexts } from '../../texts.ts';
import { stackedBars } from '../charts/stacked-bars.ts';
import type { Content } from '../markup.ts';

/** How much time bubbles of each length take. */
export function bubbleFigure({ bubbles }: ReportDocument, { words, columns }: ReportTexts): Content {
  if (bubbles === null || bubbles.histogram.length < 2) return undefined;
  const label = words.sections.bubbles;
  const bars = bubbles.histogram.map(({ fromNs, count, totalNs }) => ({
    label: `≥ ${formatShortDuration(fromNs)}`,
    tooltip: `≥ ${formatShortDuration(fromNs)}: ${columns.count} ${formatCount(count)}, ${formatShortDuration(totalNs)}`,
    parts: [{ className: 'bubble', label, value: totalNs }],
  }));
  return stackedBars(bars, { label, xTitle: columns.duration, formatValue: formatShortDuration });
}
