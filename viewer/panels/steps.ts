/** Each step: how long it took and what of, the slow ones marked. */
import type { Phase } from '../../src/analysis/index.ts';
import type { ReportDocument, ReportStep } from '../../src/report/index.ts';
import type { Value } from '../../src/report/parts/part.ts';
import { type Child, element, labelled, select } from '../widgets/element.ts';
import { TableView } from '../widgets/table.ts';
import type { Panel, PanelContext } from './panel.ts';
import { absence, columnsOf, deviceLabel, type PanelTexts, sentencesOf, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';
import { stepCharts } from './step-chart.ts';

export const stepsPanel: Panel = {
  id: 'steps',
  create(root, context) {
    const { api, run, language, store } = context;
    const texts = textsIn(language);
    const region = new Region(language);
    root.append(region.element);
    let draw: () => readonly Child[] = () => [];
    region.show(
      (signal) => api.ask(run, 'report', { language, sections: ['steps'] }, signal),
      ({ json: { document, parts } }) => {
        draw = () => [
          ...sentencesOf(parts, 'steps').slice(0, 1),
          ...drawSteps(document, store.state.phase, texts, context),
        ];
        return draw();
      },
    );
    return {
      update: (state, before) => {
        if (state.phase !== before.phase) region.tell(...draw());
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
  const { items } = document.steps;
  if (items.length === 0) {
    const why = absence(document, 'steps', texts);
    return why === undefined ? [element('p', 'quiet', texts.words.noSteps)] : [];
  }
  const steps = items.filter((item) => phase === null || item.phase === phase);
  return [
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
    ...{ caption: report.sections.steps, fileName: 'steps', language, announce, filter: '' },
    onOpen: (row) => goTo(steps[row].startNs, steps[row].startNs + steps[row].durNs),
  }).element;
}
