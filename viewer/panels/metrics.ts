/** What was measured beside traces: latencies and rates, what lies behind them, and before and after where two runs are open. */
import { changesOf, isMeasured, type RunSummary, type Weighed } from '../../src/analysis/compare/index.ts';
import { commonLabels, labelsAsText, labelsWithout } from '../../src/analysis/run-metrics/index.ts';
import { grouped } from '../../src/base/grouped.ts';
import { COMPARE_TEXTS } from '../../src/locale/compare.ts';
import { reportMetrics } from '../../src/locale/report-metrics.ts';
import { comparedQuantity, percentChange } from '../../src/report/compare/quantities.ts';
import { statusText } from '../../src/report/compare/status-text.ts';
import { formatCount } from '../../src/report/format.ts';
import { metricName, quantityText, tickText } from '../../src/report/metric-text.ts';
import type { ReportDocument } from '../../src/report/index.ts';
import type { Part } from '../../src/report/parts/part.ts';
import { toldShares } from '../../src/report/share-curve.ts';
import type { ValueTick } from '../../src/report/value-axis.ts';
import { namesApart } from '../run-names.ts';
import type { ViewState } from '../state.ts';
import { element, sideBySide } from '../widgets/element.ts';
import { legend } from '../widgets/legend.ts';
import { classOf, LINE_COLOURS, type ShareLine, shareLines } from '../widgets/share-lines.ts';
import { TableView } from '../widgets/table.ts';
import { missing } from './missing.ts';
import type { Panel, PanelContext } from './panel.ts';
import { blockText, type PanelTexts, textsIn, titled } from './panel-texts.ts';
import { Region } from './region.ts';

interface Measurements {
  readonly document: ReportDocument;
  readonly parts: readonly Part[];
  readonly other:
    { readonly run: number; readonly document: ReportDocument; readonly changes: readonly Weighed[] } | undefined;
}

export const metricsPanel: Panel = {
  id: 'metrics',
  create(root, context) {
    const texts = textsIn(context.language);
    const region = new Region(context.language);
    root.append(region.element);
    let shown: number | undefined;
    const show = (state: ViewState): void => {
      const other = otherRun(context, state);
      if (region.element.hasChildNodes() && other === shown) return;
      shown = other;
      region.show(
        (signal) => ask(context, other, signal),
        (measured) => draw(measured, texts, context),
      );
    };
    show(context.store.state);
    const stop = context.runs.listen(() => show(context.store.state));
    return {
      update: show,
      destroy() {
        stop();
        region.destroy();
      },
    };
  },
};

/** The one that the panel of comparisons takes, too. */
function otherRun({ runs, run }: PanelContext, { compared }: ViewState): number | undefined {
  const others = runs.states.flatMap(({ state }, at) => (at !== run && state === 'ready' ? [at] : []));
  return others.find((each) => each === compared) ?? others.at(0);
}

async function ask(
  { api, run, language }: PanelContext,
  other: number | undefined,
  signal: AbortSignal,
): Promise<Measurements> {
  const report = (of: number) => api.ask(of, 'report', { language, sections: ['metrics'] }, signal);
  const { document, parts } = (await report(run)).json;
  if (other === undefined) return { document, parts, other: undefined };
  const pair = [Math.min(run, other), Math.max(run, other)];
  const summary = async (of: number): Promise<RunSummary> =>
    (await api.ask(of, 'summary', { wholeRun: false }, signal)).json;
  const [base, head] = await Promise.all(pair.map(summary));
  const measured = changesOf(base, head, 'type').filter(({ measure }) => isMeasured(measure));
  const isLone = ({ status }: Weighed): boolean => status === 'new' || status === 'gone';
  const changes = [...measured.filter((each) => !isLone(each)), ...measured.filter(isLone)];
  return { document, parts, other: { run: other, document: (await report(other)).json.document, changes } };
}

function draw({ document, parts, other }: Measurements, texts: PanelTexts, context: PanelContext): HTMLElement[] {
  if (document.metrics.length === 0) return [missing('metrics', texts)];
  const part = parts.find(({ section }) => section === 'metrics');
  const { language, announce } = context;
  const blocks = (part?.blocks ?? []).map((block) => {
    if (!('table' in block)) return blockText(block);
    const { table } = block;
    const data = { columns: titled(table, texts), rows: table.rows };
    return new TableView({ data, caption: part?.title ?? '', fileName: 'metrics', language, announce }).element;
  });
  const drawn = charts(document, other, texts, context);
  const tables =
    other === undefined || other.changes.length === 0
      ? blocks
      : [...changeTable(other.changes, other.run, context), element('h3', '', part?.title ?? ''), ...blocks];
  return drawn.length === 0 ? tables : [sideBySide(tables, drawn)];
}

/** Base and head as the panel of comparisons has them. */
function changeTable(
  changes: readonly Weighed[],
  other: number,
  { language, announce, run, runs }: PanelContext,
): HTMLElement[] {
  const said = COMPARE_TEXTS[language];
  const names = namesApart(runs.states.map(({ name }) => name));
  const common = commonLabels(changes.map(({ measure }) => measure.labels ?? {}));
  const rows = changes.map(({ measure, base = null, head = null, status, whySame }) => {
    const { metric, unit, labels = {}, ranges } = measure;
    const compared = { metric, unit, isMeasured: true };
    const own = labelsAsText(labelsWithout(labels, (name) => Object.hasOwn(common, name)));
    const ratio = base === null || head === null || base === 0 ? null : head / base - 1;
    return [
      ...[own.replaceAll(',', ', '), metric],
      comparedQuantity(base, compared, said, ranges?.base),
      comparedQuantity(head, compared, said, ranges?.head),
      ...[percentChange(ratio), statusText({ status, whySame, unit }, said)],
    ];
  });
  const title = (at: number, word: string): string => `${word}: ${names[at]}`;
  const columns = [
    { id: 'labels', title: said.labels, kind: 'name' },
    { id: 'metric', title: said.metric, kind: 'name' },
    { id: 'base', title: title(Math.min(run, other), said.base), kind: 'measured' },
    { id: 'head', title: title(Math.max(run, other), said.head), kind: 'measured' },
    { id: 'change', title: said.change, kind: 'measured' },
    { id: 'status', title: said.status, kind: 'text' },
  ] as const;
  const rowClass = (row: number): string =>
    ({ slower: 'is-worse', faster: 'is-better', new: '', gone: '', same: '' })[changes[row].status];
  const options = { caption: said.changes, isTitled: true, fileName: 'metric-changes', language, announce, rowClass };
  return [new TableView({ data: { columns, rows }, ...options }).element];
}

/** One chart for each family, with a line for each group; those of the other run are dashed. */
function charts(
  { distributions }: ReportDocument,
  other: Measurements['other'],
  { words }: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  const said = reportMetrics[context.language];
  const names = namesApart(context.runs.states.map(({ name }) => name));
  const all = [
    ...distributions.map((each) => ({ each, isOther: false })),
    ...(other?.document.distributions ?? []).map((each) => ({ each, isOther: true })),
  ];
  const common = commonLabels(all.map(({ each }) => each.labels));
  const figures = grouped(all, ({ each }) => `${each.family} ${each.unit}`).map((some) => {
    const [{ each: first }] = some;
    const name = metricName(first.family, said) ?? first.family;
    const formatValue = (value: number): string => quantityText(value, { id: first.family, unit: first.unit }, said);
    const formatTick = (tick: ValueTick): string => tickText(tick, { id: first.family, unit: first.unit }, said);
    const groups = [...new Set(some.map(({ each }) => labelsAsText(each.labels)))].slice(0, LINE_COLOURS);
    const lines = some.flatMap(({ each, isOther }): ShareLine[] => {
      const colour = groups.indexOf(labelsAsText(each.labels));
      if (colour < 0) return [];
      const own = labelsAsText(labelsWithout(each.labels, (label) => Object.hasOwn(common, label))).replaceAll(
        ',',
        ', ',
      );
      const run = other === undefined ? '' : names[isOther ? other.run : context.run];
      const label = [own, run].filter((text) => text !== '').join(' · ') || name;
      const told = [`${label} (${formatCount(each.count)})`, ...toldShares(each, formatValue, said)].join('\n');
      return [{ label, told, colour, isOther, points: each.points, isStepped: !each.isExact }];
    });
    const key = lines.map((line) => ({ className: classOf(line), label: line.label, value: 0 }));
    const label = [`${name}: ${said.shareOfValues}`, ...lines.map(({ told }) => told)].join('; ');
    const caption = element('figcaption', '', name, element('span', 'quiet', said.shareOfValues));
    return element(
      'figure',
      '',
      caption,
      ...(lines.length > 1 ? [legend(key)] : []),
      shareLines(lines, label, formatTick),
    );
  });
  return figures.length === 0 ? [] : [element('h3', '', words.distributions), element('div', 'charts', ...figures)];
}
