import type { BubbleCause } from '../../../analysis/index.ts';
import type { ReportDocument } from '../../document/report-document.ts';
import { formatCount, formatShortDuration } from '../../format.ts';
import type { ReportTexts } from '../../texts.ts';
import { classNameOf } from '../charts/categories.ts';
import { stackedBars } from '../charts/stacked-bars.ts';
import { type Content, html } from '../markup.ts';

/** How much time bubbles of each length take, by their causes. */
export function bubbleFigure({ bubbles }: ReportDocument, { words, columns }: ReportTexts): Content {
  if (bubbles === null || bubbles.histogram.length < 2) return undefined;
  const sums = new Map<BubbleCause, number>();
  for (const { causes } of bubbles.histogram) {
    for (const { cause, totalNs } of causes) sums.set(cause, (sums.get(cause) ?? 0) + totalNs);
  }
  const causes = [...sums].sort(([, a], [, b]) => b - a).map(([cause]) => cause);
  const bars = bubbles.histogram.map(({ fromNs, count, totalNs, causes: own }) => {
    const label = `≥ ${formatShortDuration(fromNs)}`;
    const told = own.map(({ cause, totalNs: ns }) => `${words.causes[cause]} ${formatShortDuration(ns)}`);
    const parts = causes.map((cause, index) => ({
      className: classNameOf(index),
      label: words.causes[cause],
      value: own.find((each) => each.cause === cause)?.totalNs ?? 0,
    }));
    const whole = `${label}: ${columns.count} ${formatCount(count)}, ${formatShortDuration(totalNs)}`;
    return { label, tooltip: [whole, ...told].join(' · '), parts };
  });
  const told = `${words.sections.bubbles}: ${columns.total}, ${columns.duration}, ${columns.cause}`;
  return html`<figure>
    ${stackedBars(bars, { label: told, xTitle: columns.duration, formatValue: formatShortDuration })}
  </figure>`;
}
