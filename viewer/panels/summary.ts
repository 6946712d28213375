/** What is wrong with a run, unasked: where the time goes, step by step and device by device, and what rules found. */
import { phasesByWeight } from '../../src/report/main-phase.ts';
import { formatCount, formatDuration, formatMicros, formatShare } from '../../src/report/format.ts';
import type { ReportDocument } from '../../src/report/index.ts';
import type { FindingBlock, Part } from '../../src/report/parts/part.ts';
import { button, element } from '../widgets/element.ts';
import { legend, shareBar } from '../widgets/legend.ts';
import { TableView } from '../widgets/table.ts';
import type { Panel, PanelContext } from './panel.ts';
import { absence, type PanelTexts, sentencesOf, textsIn, titled } from './panel-texts.ts';
import { Region } from './region.ts';
import { stepCharts } from './step-chart.ts';
import { timeParts } from './time-parts.ts';

const SECTIONS = ['token', 'totals', 'findings', 'steps'] as const;

export const summaryPanel: Panel = {
  id: 'summary',
  create(root, context) {
    const { api, run, language } = context;
    const texts = textsIn(language);
    const region = new Region(language);
    root.append(facts(context, texts), region.element);
    region.show(
      (signal) => api.ask(run, 'report', { language, sections: SECTIONS }, signal),
      ({ json: { document, parts } }) => [
        ...meanStep(document, parts, texts),
        ...findings(document, parts, texts, context),
        ...steps(document, texts, context),
        ...totals(parts, texts, context),
        ...diagnostics(context, texts),
      ],
    );
    return { update: () => {}, destroy: () => region.destroy() };
  },
};

function facts({ info }: PanelContext, { words }: PanelTexts): HTMLElement {
  const { sliceCount, tracks, devices, endNs } = info;
  const counts = words.runFacts(formatCount(sliceCount), formatCount(tracks.length), formatCount(devices.length));
  return element('p', 'quiet', `${counts} · ${formatDuration(endNs)}`);
}

function meanStep(document: ReportDocument, parts: readonly Part[], texts: PanelTexts): HTMLElement[] {
  const [main] = phasesByWeight(document.steps);
  if (main === undefined) return noSteps(document, texts);
  const [phase, figures] = main;
  const { report, columns } = texts;
  const isToken = phase === 'decode';
  const times = timeParts(figures, texts);
  const whole = times.reduce((sum, { value }) => sum + value, 0) || 1;
  const unit = isToken ? columns.perToken : columns.perMeanStep;
  const told = times.map((each) => ({
    ...each,
    told: `${formatMicros(each.value)} · ${formatShare(each.value / whole)}`,
  }));
  return [
    element('h3', '', isToken ? report.sections.token : report.sections.step),
    ...sentencesOf(parts, 'token'),
    shareBar(times, (ns) => `${formatMicros(ns)} ${unit}`),
    legend(told),
    element('p', 'quiet unit-note', unit),
  ];
}

function noSteps(document: ReportDocument, texts: PanelTexts): HTMLElement[] {
  const why = absence(document, 'token', texts) ?? absence(document, 'steps', texts);
  return why === undefined ? [] : [element('p', 'quiet', why)];
}

function findings(
  document: ReportDocument,
  parts: readonly Part[],
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  const part = parts.find(({ section }) => section === 'findings');
  if (part === undefined) return [];
  const blocks = part.blocks.flatMap((block) => ('finding' in block ? [block.finding] : []));
  return [
    element('h3', '', part.title),
    ...sentencesOf(parts, 'findings'),
    ...blocks.map((block) => finding(block, document.findings[block.number - 1]?.window ?? null, texts, context)),
  ];
}

function finding(
  { number, title, stake, explanation, notes }: FindingBlock,
  window: ReportDocument['findings'][number]['window'],
  { words }: PanelTexts,
  context: PanelContext,
): HTMLElement {
  const head = element('h4', '', `${number}. ${title.prose}`);
  const card = element('article', 'card', head, element('p', 'stake', stake), element('p', '', explanation.prose));
  if (window !== null) {
    const zoom = button(words.showIt, () => context.goTo(window.startNs, window.endNs));
    zoom.setAttribute('aria-label', `${words.showIt}: ${title.prose}`);
    card.append(zoom);
  }
  if (notes.length > 0) {
    const list = element('dl', 'pairs');
    for (const { label, note } of notes) list.append(element('dt', '', label), element('dd', '', note));
    card.append(element('details', '', element('summary', '', words.whatToDo), list));
  }
  return card;
}

/** Of the phase that the mean step is of: a prefill would make all tokens look alike. */
function steps({ steps: all }: ReportDocument, texts: PanelTexts, context: PanelContext): HTMLElement[] {
  const main = phasesByWeight(all)[0]?.[0];
  const charts = stepCharts(
    all.items.filter(({ phase }) => phase === main),
    texts,
    context,
  );
  return charts.length === 0 ? [] : [element('h3', '', texts.words.stepTimes), ...charts];
}

function totals(parts: readonly Part[], texts: PanelTexts, { language, announce }: PanelContext): HTMLElement[] {
  const part = parts.find(({ section }) => section === 'totals');
  if (part === undefined) return [];
  const said = [element('h3', '', part.title), ...sentencesOf(parts, 'totals')];
  if (part.main === undefined) return said;
  const data = { columns: titled(part.main, texts), rows: part.main.rows };
  const table = new TableView({ data, caption: part.title, fileName: 'devices', language, announce });
  return [...said, legend(timeParts({ computeNs: 0, exposedCommNs: 0, deviceIdleNs: 0 }, texts)), table.element];
}

function diagnostics({ info }: PanelContext, { words }: PanelTexts): HTMLElement[] {
  if (info.diagnostics.length === 0) return [];
  const list = element('ul', 'plain-list', ...info.diagnostics.map((line) => element('li', '', line)));
  const title = words.diagnostics(formatCount(info.diagnostics.length));
  return [element('details', '', element('summary', '', title), list)];
}
