/** What was measured beside traces: latencies and rates, what lies behind them, and before and after where two runs are open. */
import { labelsAsText } from '../../../src/analysis/run-metrics/index.ts';
import { reportMetrics } from '../../../src/locale/report-metrics.ts';
import { formatCount } from '../../../src/report/format.ts';
import { metricsPart } from '../../../src/report/parts/metrics-part.ts';
import type { Block } from '../../../src/report/parts/part.ts';
import type { ViewState } from '../../state.ts';
import { element, labelled, select, sideBySide } from '../../widgets/element.ts';
import { TableView } from '../../widgets/table.ts';
import { missing } from '../missing.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { blockText, type PanelTexts, textsIn, titled } from '../panel-texts.ts';
import { Region } from '../region.ts';
import { changeTable } from './change-table.ts';
import { distributionCharts } from './distributions.ts';
import { LabelGroups, withLabelColumns } from './label-columns.ts';
import { askMeasurements, type Measurements, onlyUnder, otherRun } from './measurements.ts';

export const metricsPanel: Panel = {
  id: 'metrics',
  create(root, context) {
    const { store } = context;
    const texts = textsIn(context.language);
    const region = new Region(context.language);
    root.append(region.element);
    let shown: number | undefined;
    const show = (state: ViewState): void => {
      const other = otherRun(context, state);
      if (region.element.hasChildNodes() && other === shown) return;
      shown = other;
      region.show(
        (signal) => askMeasurements(context, other, signal),
        (measured) => draw(measured, texts, context),
      );
    };
    show(store.state);
    const stop = context.runs.listen(() => show(store.state));
    return {
      update(state, before) {
        show(state);
        if (state.measured !== before.measured) region.redraw();
      },
      destroy() {
        stop();
        region.destroy();
      },
    };
  },
};

function draw(all: Measurements, texts: PanelTexts, context: PanelContext): HTMLElement[] {
  const { document, other } = all;
  if (document.metrics.length === 0) return [missing('metrics', texts)];
  const groups = new LabelGroups([...document.metrics, ...(other?.document.metrics ?? [])].map(({ labels }) => labels));
  const chosen = groups.all.find((labels) => labelsAsText(labels) === context.store.state.measured);
  const shown = chosen === undefined ? all : onlyUnder(labelsAsText(chosen), all);
  const tables = [...chooser(groups, texts, context), ...tablesOf(shown, texts, context)];
  const charts = distributionCharts(shown, texts, context);
  if (charts.length === 0) return tables;
  const beside = sideBySide(tables, charts);
  beside.classList.add('is-wide-first');
  return [beside];
}

/** All of it, or what was measured under some labels; the rows of a table of all of them choose, too. */
function chooser(groups: LabelGroups, { words }: PanelTexts, { store }: PanelContext): HTMLElement[] {
  if (groups.all.length < 2) return [];
  const ids = groups.all.map(labelsAsText);
  const choices = [
    { id: '-1', text: words.allMeasurements(formatCount(ids.length)) },
    ...groups.all.map((labels, at) => ({ id: String(at), text: groups.ownText(labels) || '-' })),
  ];
  const chosen = ids.indexOf(store.state.measured ?? '-');
  const choose = (id: string): void => store.set({ measured: Number(id) < 0 ? null : ids[Number(id)] });
  const choice = select(choices, String(chosen), choose);
  return [element('div', 'controls', labelled(words.measurement, choice))];
}

function tablesOf({ document, other }: Measurements, texts: PanelTexts, context: PanelContext): HTMLElement[] {
  const said = { metrics: reportMetrics[context.language], words: texts.report };
  const { blocks, title } = metricsPart(document, said, { limit: Infinity });
  const groups = new LabelGroups(document.metrics.map(({ labels }) => labels));
  const drawn = blocks.map((block) => drawBlock(block, title, groups, texts, context));
  if (other === undefined || other.changes.length === 0) return drawn;
  return [changeTable(other.changes, other.run, context), element('h3', '', title), ...drawn];
}

function drawBlock(
  block: Block,
  caption: string,
  groups: LabelGroups,
  texts: PanelTexts,
  { language, announce, store }: PanelContext,
): HTMLElement {
  if (!('table' in block)) return blockText(block);
  const { table } = block;
  const data = { columns: titled(table, texts), rows: table.rows };
  const place = table.columns.findIndex(({ id }) => id === 'labels');
  const labelsIn = (row: number): string => String(table.rows[row][place]);
  const choosing = {
    rowName: labelsIn,
    onOpen: (row: number): void => {
      const labels = groups.labelsOf(labelsIn(row));
      if (labels !== undefined) store.set({ measured: labelsAsText(labels) });
    },
  };
  const options = { caption, fileName: 'metrics', language, announce };
  const canChoose = place >= 0 && groups.all.length > 1;
  return new TableView({
    data: withLabelColumns(data, groups),
    ...options,
    ...(canChoose ? choosing : {}),
  }).element;
}
