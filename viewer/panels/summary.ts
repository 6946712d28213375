/** What is wrong with a run, unasked: where the time goes, step by step and device by device, and what rules found. */
import { phasesByWeight } from '../../src/report/main-phase.ts';
import { formatCount, formatDuration, formatShare, formatShortDuration } from '../../src/report/format.ts';
import type { ReportDocument } from '../../src/report/index.ts';
import type { FindingBlock, Part } from '../../src/report/parts/part.ts';
import { button, element, sideBySide } from '../widgets/element.ts';
import { legend, shareBar } from '../widgets/legend.ts';
import { TableView } from '../widgets/table.ts';
import type { TableData } from '../widgets/table-rows.ts';
import { costliestOps } from './costliest.ts';
import { idleCauses } from './idle-causes.ts';
import { keyMetrics, latenciesBesideSteps } from './key-metrics.ts';
import type { Panel, PanelContext } from './panel.ts';
import { type PanelTexts, sentencesOf, textsIn, titled } from './panel-texts.ts';
import { Region } from './region.ts';
import { stepCharts } from './step-chart.ts';
import { timeParts } from './time-parts.ts';
import './summary.css';

const FINDINGS_AT_FIRST = 4;
const SECTIONS = ['token', 'totals', 'findings', 'topops', 'bubbles', 'steps', 'metrics'] as const;
/** Of ops and of bubbles: what is more has panels of its own. */
const LISTED_AT_MOST = 3;

export const summaryPanel: Panel = {
  id: 'summary',
  create(root, context) {
    const { api, run, language } = context;
    const texts = textsIn(language);
    const region = new Region(language);
    root.append(region.element);
    region.show(
      (signal) => api.ask(run, 'report', { language, sections: SECTIONS, limit: LISTED_AT_MOST }, signal),
      ({ json: { document, parts } }) => [
        sideBySide(
          [
            ...meanStep(document, parts, texts),
            ...latenciesBesideSteps(document, texts, context),
            ...costliestOps(document, texts, context.store),
            ...idleCauses(document, texts, context.store),
            ...keyMetrics(document, texts, context),
          ],
          findings(document, parts, texts, context),
        ),
        ...steps(document, texts, context),
        ...totals(parts, texts, context),
        ...facts(context, texts),
        ...diagnostics(context, texts),
      ],
    );
    return { update: () => {}, destroy: () => region.destroy() };
  },
};

/** Of what is on the timeline. */
function facts({ info }: PanelContext, { words }: PanelTexts): HTMLElement[] {
  const { sliceCount, tracks, devices, endNs } = info;
  if (endNs === 0) return [];
  const counters = formatCount(tracks.filter(({ sampleCount }) => sampleCount > 0).length);
  if (sliceCount === 0) return [element('p', 'quiet', `${words.counterFacts(counters)} · ${formatDuration(endNs)}`)];
  const counts = words.runFacts(formatCount(sliceCount), formatCount(tracks.length), formatCount(devices.length));
  return [element('p', 'quiet', `${counts} · ${formatDuration(endNs)}`)];
}

function meanStep(document: ReportDocument, parts: readonly Part[], texts: PanelTexts): HTMLElement[] {
  const [main] = phasesByWeight(document.steps);
  if (main === undefined) return noSteps(document, texts);
  const [phase, figures] = main;
  const { report } = texts;
  const times = timeParts(figures, texts);
  const whole = times.reduce((sum, { value }) => sum + value, 0) || 1;
  const told = times.map((each) => ({
    ...each,
    told: `${formatShortDuration(each.value)} · ${formatShare(each.value / whole)}`,
  }));
  return [
    element('h3', '', phase === 'decode' ? report.sections.token : report.sections.step),
    ...sentencesOf(parts, 'token'),
    shareBar(times, formatShortDuration),
    legend(told),
  ];
}

/** Why there is no device at all, the totals say. */
function noSteps({ absent }: ReportDocument, { report }: PanelTexts): HTMLElement[] {
  const hasNone = absent.some(({ reason }) => reason === 'no-steps');
  return hasNone ? [element('p', 'quiet', report.absent['no-steps'])] : [];
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
  const cards = blocks.map((block) =>
    finding(block, document.findings[block.number - 1]?.window ?? null, texts, context),
  );
  const rest = cards.slice(FINDINGS_AT_FIRST);
  const summary = element('summary', '', texts.words.moreFindings(formatCount(rest.length)));
  return [
    element('h3', '', part.title),
    ...sentencesOf(parts, 'findings'),
    ...cards.slice(0, FINDINGS_AT_FIRST),
    ...(rest.length === 0 ? [] : [element('details', '', summary, ...rest)]),
  ];
}

function finding(
  { number, title, stake, explanation, notes }: FindingBlock,
  window: ReportDocument['findings'][number]['window'],
  { words }: PanelTexts,
  context: PanelContext,
): HTMLElement {
  const head = element('header', '', element('h4', '', `${number}. ${title.prose}`));
  if (window !== null) {
    const zoom = button(words.showIt, () => context.goTo(window.startNs, window.endNs));
    zoom.setAttribute('aria-label', `${words.showIt}: ${title.prose}`);
    head.append(zoom);
  }
  const card = element('article', 'finding', head, element('p', 'quiet', stake), element('p', '', explanation.prose));
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

function totals(parts: readonly Part[], texts: PanelTexts, { info, language, announce }: PanelContext): HTMLElement[] {
  const part = parts.find(({ section }) => section === 'totals');
  // Where nothing is on the timeline, its place says so.
  if (part === undefined || info.endNs === 0) return [];
  if (part.main === undefined) return [element('h3', '', part.title), ...sentencesOf(parts, 'totals')];
  const data = withBarsFirst({ columns: titled(part.main, texts), rows: part.main.rows });
  const table = new TableView({ data, caption: part.title, isTitled: true, fileName: 'devices', language, announce });
  return [table.element];
}

/** Behind the name: what tells most at a glance has to be in sight however narrow the panel is. */
function withBarsFirst({ columns, rows }: TableData): TableData {
  const places = columns.map((_, place) => place);
  const weight = (place: number): number => (place === 0 ? 0 : columns[place].kind === 'stack' ? 1 : 2);
  places.sort((a, b) => weight(a) - weight(b));
  return {
    columns: places.map((place) => columns[place]),
    rows: rows.map((row) => places.map((place) => row[place])),
  };
}

function diagnostics({ info }: PanelContext, { words }: PanelTexts): HTMLElement[] {
  if (info.diagnostics.length === 0) return [];
  const list = element('ul', 'plain-list', ...info.diagnostics.map((line) => element('li', '', line)));
  const title = words.diagnostics(formatCount(info.diagnostics.length));
  return [element('details', '', element('summary', '', title), list)];
}
