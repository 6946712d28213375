/** Each step: how long it took and what of, the slow ones marked. */
import type { Phase } from '../../src/analysis/index.ts';
import { formatConfidence } from '../../src/report/format.ts';
import type { ReportDocument, ReportStep } from '../../src/report/index.ts';
import type { Value } from '../../src/report/parts/part.ts';
import { element, labelled, select } from '../widgets/element.ts';
import { TableView } from '../widgets/table.ts';
import { missingSection } from './missing.ts';
import type { Panel, PanelContext } from './panel.ts';
import { deviceLabel } from './device-names.ts';
import { columnsOf, type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';
import { stepCharts } from './step-chart.ts';

export const stepsPanel: Panel = {
  id: 'steps',
  create(root, context) {
    const { api, run, language, store } = context;
    const texts = textsIn(language);
    const region = new Region(language);
    root.append(region.element);
    region.show(
      (signal) => api.ask(run, 'report', { language, sections: ['steps'] }, signal),
      ({ json: { document } }) => drawSteps(document, store.state.phase, texts, context),
    );
    return {
      update: (state, before) => {
        if (state.phase !== before.phase) region.redraw();
      },
      destroy: () => region.destroy(),
    };
  },
};

function drawSteps(
  document: ReportDocument,
  phase: Phase | null,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  const { items, cut, source, confidence } = document.steps;
  const { sentences, report } = texts;
  const cutIds = [...new Set(cut.map(({ id }) => id))];
  if (items.length === 0) {
    return cutIds.length > 0
      ? [element('p', '', sentences.cutSteps(cutIds))]
      : [missingSection(document, 'steps', texts)];
  }
  const steps = items.filter((item) => phase === null || item.phase === phase);
  const told = sentences.stepsFrom(report.stepSources[source], formatConfidence(confidence));
  return [
    element('p', 'quiet', told),
    ...(cutIds.length === 0 ? [] : [element('p', 'quiet', sentences.cutSteps(cutIds))]),
    ...phaseControl(items, phase, texts, context),
    ...stepCharts(steps, texts, context),
    stepsTable(steps, texts, context),
  ];
}

function phaseControl(
  items: readonly ReportStep[],
  phase: Phase | null,
  { words, report, columns }: PanelTexts,
  { store }: PanelContext,
): HTMLElement[] {
  const phases = [...new Set(items.map((item) => item.phase))];
  if (phases.length < 2) return [];
  const choices = [{ id: 'all' as const, text: words.all }, ...phases.map((id) => ({ id, text: report.phases[id] }))];
  const control = select(choices, phase ?? 'all', (id) => store.set({ phase: id === 'all' ? null : id }));
  return [element('div', 'controls', labelled(columns.phase, control))];
}

function stepsTable(steps: readonly ReportStep[], texts: PanelTexts, context: PanelContext): HTMLElement {
  const { report, sentences } = texts;
  const { info, language, announce, goTo } = context;
  const hasPhases = steps.some(({ phase }) => phase !== 'other');
  const rows = steps.map((item): readonly Value[] => {
    const times = [item.computeNs, item.exposedCommNs, item.deviceIdleNs];
    const marks = [item.isFirst ? sentences.first : [], item.isOutlier ? `▲ ${sentences.outlier}` : []].flat();
    return [
      ...[item.id, info.devices.length > 1 ? deviceLabel(info, item) : null],
      hasPhases ? { id: item.phase, word: report.phases[item.phase] } : null,
      ...[marks.join(' · '), item.durNs, ...times, times.map((ns) => ns / (item.durNs || 1))],
      item.topOps.map(({ key }) => key).join(', '),
    ];
  });
  const columns = columnsOf(
    [
      ...([
        ['step', 'name'],
        ['device', 'name'],
        ['phase', 'text'],
        ['mark', 'text'],
        ['duration', 'duration'],
      ] as const),
      ...([
        ['compute', 'duration'],
        ['exposedComm', 'duration'],
        ['idle', 'duration'],
        ['bar', 'stack'],
      ] as const),
      ['topOps', 'names'],
    ],
    texts,
  ).map((column) => (column.id === 'mark' ? { ...column, title: texts.words.mark } : column));
  return new TableView({
    data: { columns, rows },
    ...{ caption: report.sections.steps, isTitled: true, fileName: 'steps', language, announce, filter: '' },
    onOpen: (row) => goTo(steps[row].startNs, steps[row].startNs + steps[row].durNs),
  }).element;
}
