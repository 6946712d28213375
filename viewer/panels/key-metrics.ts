/** What was measured, in a few lines: the run, its latencies and rates, and how much of a latency the steps explain. */
import { reportMetrics } from '../../src/locale/report-metrics.ts';
import type { ReportMetric } from '../../src/report/document/report-metrics.ts';
import type { ReportDocument } from '../../src/report/index.ts';
import { metricName, metricText } from '../../src/report/metric-text.ts';
import { labelled, latencyTable } from '../../src/report/parts/metrics-part.ts';
import type { Value } from '../../src/report/parts/part.ts';
import { button, element } from '../widgets/element.ts';
import { TableView } from '../widgets/table.ts';
import type { TableColumn } from '../widgets/table-rows.ts';
import { LabelGroups, withLabelColumns } from './metrics/label-columns.ts';
import type { PanelContext } from './panel.ts';
import { type PanelTexts, titled } from './panel-texts.ts';

/** Families of many values by their mean. */
const KEY_FAMILIES = ['ttft', 'tpot', 'itl', 'e2el', 'latency', 'req_s', 'output_tok_s', 'total_tok_s'] as const;
const STATISTICS = ['mean', 'p50', 'p99'] as const;

export function keyMetrics(document: ReportDocument, texts: PanelTexts, context: PanelContext): HTMLElement[] {
  const { metrics } = document;
  if (metrics.length === 0) return [];
  const { words } = texts;
  const said = reportMetrics[context.language];
  const key = metrics.filter(({ id }) => KEY_FAMILIES.some((family) => isOf(family, id)));
  const groups = new LabelGroups((key.length > 0 ? key : metrics).map(({ labels }) => labels));
  const what = labelled(groups.common);
  const { language, announce, store } = context;
  const data = groups.all.length > 1 ? extremes(key, groups, texts, context) : statistics(key, texts, context);
  const options = { caption: words.whatWasMeasured, fileName: 'key-metrics', language, announce };
  return [
    element('h3', '', words.whatWasMeasured),
    ...(what === '' ? [] : [element('p', 'quiet', groups.all.length > 1 ? said.common : '', element('bdi', '', what))]),
    ...(data.rows.length === 0 ? [] : [new TableView({ data, ...options }).element]),
    button(words.allMetrics, () => store.set({ panel: 'metrics' })),
  ];
}

function isOf(family: string, id: string): boolean {
  return id === family || id.startsWith(`${family}.`);
}

interface Rows {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly Value[])[];
}

/** Of one measurement: each with its mean, or what it is, and how far it goes. */
function statistics(key: readonly ReportMetric[], { words, columns }: PanelTexts, context: PanelContext): Rows {
  const said = reportMetrics[context.language];
  const rows = KEY_FAMILIES.flatMap((family): (readonly Value[])[] => {
    const some = key.filter(({ id }) => isOf(family, id));
    if (some.length === 0) return [];
    const told = STATISTICS.map((statistic, at) => {
      const found = some.find(({ id }) => id === `${family}.${statistic}` || (at === 0 && id === family));
      return found === undefined ? null : measured(found, context);
    });
    return [[metricName(family, said) ?? family, ...told, words.better[some[0].direction]]];
  });
  return {
    columns: [
      { id: 'metric', title: words.keyMetric, kind: 'name' },
      ...STATISTICS.map((id) => ({ id, title: columns[id], kind: 'measured' as const })),
      { id: 'better', title: words.betterIs, kind: 'text' },
    ],
    rows,
  };
}

/** Of several: the best of them, where it was, and the worst. */
function extremes(
  key: readonly ReportMetric[],
  groups: LabelGroups,
  { words }: PanelTexts,
  context: PanelContext,
): Rows {
  const said = reportMetrics[context.language];
  const rows = KEY_FAMILIES.flatMap((family): (readonly Value[])[] => {
    const some = key.filter(({ id }) => id === family || id === `${family}.mean`);
    if (some.length === 0) return [];
    const sign = some[0].direction === 'higher-is-better' ? -1 : 1;
    const sorted = some.toSorted((a, b) => sign * (a.value - b.value));
    const [best, worst] = [sorted[0], sorted[sorted.length - 1]];
    return [
      [
        ...[metricName(family, said) ?? family, words.better[best.direction]],
        ...[measured(best, context), measured(worst, context), groups.ownText(best.labels)],
      ],
    ];
  });
  const columns: TableColumn[] = [
    { id: 'metric', title: words.keyMetric, kind: 'name' },
    { id: 'better', title: words.betterIs, kind: 'text' },
    { id: 'best', title: words.bestOf, kind: 'measured' },
    { id: 'worst', title: words.worstOf, kind: 'measured' },
    { id: 'labels', title: words.bestAt, kind: 'name' },
  ];
  return withLabelColumns({ columns, rows }, groups, words.bestAt);
}

function measured(metric: ReportMetric, { language }: PanelContext): Value {
  return { id: String(metric.value), word: metricText(metric, reportMetrics[language]) };
}

/** TTFT beside the mean prefill, TPOT beside the mean decode step. */
export function latenciesBesideSteps(
  { latencies }: ReportDocument,
  texts: PanelTexts,
  { language, announce }: PanelContext,
): HTMLElement[] {
  if (latencies.length === 0) return [];
  const said = reportMetrics[language];
  const own = new LabelGroups(latencies.map(({ labels }) => labels));
  const table = latencyTable(
    latencies,
    (labels) => own.ownText(labels),
    { metrics: said, words: texts.report },
    Infinity,
  );
  const data = withLabelColumns({ columns: titled(table, texts), rows: table.rows }, own);
  const options = { caption: said.besideSteps, fileName: 'latencies', language, announce };
  return [element('p', '', said.besideSteps), new TableView({ data, ...options }).element];
}
