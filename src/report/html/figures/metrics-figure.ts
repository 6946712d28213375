import { grouped } from '../../../base/index.ts';
import { commonLabels, labelsAsText, labelsWithout } from '../../../analysis/run-metrics/index.ts';
import type { ReportDocument } from '../../document/report-document.ts';
import { formatCount } from '../../format.ts';
import { metricName, quantityText, tickText } from '../../metric-text.ts';
import { toldShares } from '../../share-curve.ts';
import type { ReportTexts } from '../../texts.ts';
import { classNameOf } from '../charts/categories.ts';
import { shareLines } from '../charts/share-lines.ts';
import type { ValueTick } from '../../value-axis.ts';
import { type Content, html } from '../markup.ts';

/** More lines are not told apart by their colours. */
const LINES_AT_MOST = 6;

/** What is behind the means: which share of requests or tokens took how long at most. */
export function metricsFigure({ distributions }: ReportDocument, texts: ReportTexts): Content {
  const common = commonLabels(distributions.map(({ labels }) => labels));
  const figures = grouped(distributions, ({ family, unit }) => `${family} ${unit}`).map((some) => {
    const [{ family, unit }] = some;
    const name = metricName(family, texts.metrics) ?? family;
    const formatValue = (value: number): string => quantityText(value, { id: family, unit }, texts.metrics);
    const formatTick = (tick: ValueTick): string => tickText(tick, { id: family, unit }, texts.metrics);
    const lines = some.slice(0, LINES_AT_MOST).map((each, at) => {
      const own = labelsAsText(labelsWithout(each.labels, (label) => Object.hasOwn(common, label))) || name;
      return {
        className: classNameOf(at),
        label: own,
        tooltip: [`${own} (${formatCount(each.count)})`, ...toldShares(each, formatValue, texts.metrics)].join('\n'),
        points: each.points,
        isStepped: !each.isExact,
      };
    });
    return html`<figure>
      <figcaption>${name}</figcaption>
      ${shareLines(lines, { label: `${name}: ${texts.metrics.shareOfValues}`, xTitle: name, formatTick })}
    </figure>`;
  });
  return figures.length > 0 && html`<div class="figures">${figures}</div>`;
}
