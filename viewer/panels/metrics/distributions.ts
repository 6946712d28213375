/** One chart for each family, with a line for each of what was run; those of the other run are dashed. */
import { labelsAsText } from '../../../src/analysis/run-metrics/index.ts';
import { grouped } from '../../../src/base/grouped.ts';
import { reportMetrics } from '../../../src/locale/report-metrics.ts';
import type { ReportDistribution } from '../../../src/report/document/report-metrics.ts';
import { formatCount } from '../../../src/report/format.ts';
import { metricName, quantityText, tickText } from '../../../src/report/metric-text.ts';
import { toldShares } from '../../../src/report/share-curve.ts';
import type { ValueTick } from '../../../src/report/value-axis.ts';
import { namesApart } from '../../run-names.ts';
import { element } from '../../widgets/element.ts';
import { legend } from '../../widgets/legend.ts';
import { classOf, LINE_COLOURS, type ShareLine, shareLines } from '../../widgets/share-lines.ts';
import type { PanelContext } from '../panel.ts';
import type { PanelTexts } from '../panel-texts.ts';
import { LabelGroups } from './label-columns.ts';
import type { Measurements } from './measurements.ts';

interface Drawn {
  readonly each: ReportDistribution;
  readonly isOther: boolean;
  readonly label: string;
  readonly colour: number;
}

export function distributionCharts(
  { document, other }: Measurements,
  { words }: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  const names = namesApart(context.runs.states.map(({ name }) => name));
  const all = new LabelGroups([...document.distributions, ...(other?.document.distributions ?? [])].map(labelsOf));
  const groups = new LabelGroups(all.all.slice(0, LINE_COLOURS));
  const colours = new Map(groups.all.map((labels, at) => [labelsAsText(labels), at]));
  const drawnOf = (of: readonly ReportDistribution[], isOther: boolean): Drawn[] =>
    of.flatMap((each) => {
      const colour = colours.get(labelsAsText(each.labels));
      if (colour === undefined) return [];
      const run = other === undefined ? '' : names[isOther ? other.run : context.run];
      const label = [groups.ownText(each.labels), run].filter((text) => text !== '').join(' · ');
      return [{ each, isOther, label, colour }];
    });
  const drawn = [...drawnOf(document.distributions, false), ...drawnOf(other?.document.distributions ?? [], true)];
  if (drawn.length === 0) return [];
  const keys = new Map(drawn.map((line) => [classOf(line), { className: classOf(line), label: line.label, value: 0 }]));
  const [shown, count] = [groups.all.length, all.all.length];
  return [
    element('h3', '', words.distributions),
    ...(shown < count ? [element('p', 'quiet', words.onlyFirstLines(formatCount(shown), formatCount(count)))] : []),
    ...(keys.size > 1 ? [legend([...keys.values()])] : []),
    element(
      'div',
      'charts',
      ...grouped(drawn, ({ each }) => `${each.family} ${each.unit}`).map((some) => figure(some, context)),
    ),
  ];
}

const labelsOf = ({ labels }: ReportDistribution): ReportDistribution['labels'] => labels;

function figure(drawn: readonly Drawn[], context: PanelContext): HTMLElement {
  const said = reportMetrics[context.language];
  const [{ each: first }] = drawn;
  const metric = { id: first.family, unit: first.unit };
  const name = metricName(first.family, said) ?? first.family;
  const formatValue = (value: number): string => quantityText(value, metric, said);
  const lines = drawn.map(({ each, isOther, label, colour }): ShareLine => {
    const told = [`${label || name} (${formatCount(each.count)})`, ...toldShares(each, formatValue, said)].join('\n');
    return { told, colour, isOther, points: each.points, isStepped: !each.isExact };
  });
  const label = [`${name}: ${said.shareOfValues}`, ...lines.map(({ told }) => told)].join('; ');
  const caption = element('figcaption', '', name, element('span', 'quiet', said.shareOfValues));
  return element(
    'figure',
    '',
    caption,
    shareLines(lines, label, (tick: ValueTick) => tickText(tick, metric, said)),
  );
}
