/** Ranks side by side: who is slow, in which steps, and why. */
import { grouped } from '../../src/base/grouped.ts';
import { formatConfidence, formatCount, formatShortDuration } from '../../src/report/format.ts';
import { phasesByWeight } from '../../src/report/main-phase.ts';
import type { ReportDocument, ReportRanks, ReportRankStep } from '../../src/report/index.ts';
import type { Value } from '../../src/report/parts/part.ts';
import { type Child, element, labelled, select, sideBySide } from '../widgets/element.ts';
import { heatMap } from '../widgets/heat-map.ts';
import { TableView } from '../widgets/table.ts';
import { missing, missingSection } from './missing.ts';
import type { Panel, PanelContext } from './panel.ts';
import { deviceLabel } from './device-names.ts';
import { columnsOf, type PanelTexts, sentencesOf, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';

const FIGURES = ['durNs', 'computeNs', 'exposedCommNs', 'waitNs', 'transferNs', 'idleNs', 'startSkewNs'] as const;
type Figure = (typeof FIGURES)[number];
/** Whom else others waited for is chance. */
const [SURE_ENOUGH, SLOW_AT_MOST] = [0.1, 6];
/** More are drawn by the slowest of some. */
const COLUMNS_AT_MOST = 400;

export const ranksPanel: Panel = {
  id: 'ranks',
  create(root, context) {
    const { api, run, language } = context;
    const texts = textsIn(language);
    const region = new Region(language);
    root.append(region.element);
    region.show(
      (signal) => api.ask(run, 'report', { language, sections: ['ranks', 'steps'] }, signal),
      ({ json: { document, parts } }) => {
        const { ranks } = document;
        if (ranks === null) return [missingSection(document, 'ranks', texts)];
        return [
          ...drawRanks(ranks, document, texts, context),
          ...sentencesOf(parts, 'ranks')
            .filter(({ className }) => className === '')
            .slice(-1),
        ];
      },
    );
    return { update: () => {}, destroy: () => region.destroy() };
  },
};

function drawRanks(ranks: ReportRanks, document: ReportDocument, texts: PanelTexts, context: PanelContext): Child[] {
  const known = FIGURES.filter((figure) => ranks.items.some((item) => item[figure] !== null));
  const { items } = ranks;
  const knowsWaits = items.some(({ waitNs }) => waitNs !== null);
  const hasSteps = items.some(({ stepId }) => stepId !== null);
  return [
    ...(items.length === 0 || knowsWaits ? slowRanks(ranks, texts, context) : [missing('waits', texts)]),
    ...(items.length === 0 || hasSteps ? [] : [missing('steps', texts)]),
    ...(items.length === 0 ? [] : chosenSteps(items, known, document, texts, context)),
  ];
}

/** Of one figure, and of one phase: beside a prefill all tokens look alike. */
function chosenSteps(
  items: readonly ReportRankStep[],
  known: readonly Figure[],
  document: ReportDocument,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  const phases = phasesByWeight(document.steps).map(([id]) => ({ id, text: texts.report.phases[id] }));
  const phaseOf = new Map(document.steps.items.map(({ id, phase }) => [id, phase]));
  const figures = known.map((id) => ({ id, text: figureTitle(id, texts) }));
  const [map, means] = [element('div'), element('div')];
  const draw = (): void => {
    const phase = phases[ofPhase.selectedIndex]?.id;
    const shown = items.filter(({ stepId }) => phases.length < 2 || phaseOf.get(stepId ?? '') === phase);
    const figure = known[ofFigure.selectedIndex] ?? 'durNs';
    map.replaceChildren(rankMap(shown, figure, document, texts, context));
    means.replaceChildren(meanTable(shown, known, texts, context));
  };
  const ofFigure = select(figures, '', draw);
  const ofPhase = select(phases, '', draw);
  draw();
  const controls = element('div', 'controls', labelled(texts.words.figure, ofFigure));
  if (phases.length > 1) controls.append(labelled(texts.columns.phase, ofPhase));
  const { ranksBySteps } = texts.words;
  return [sideBySide([element('h3', '', ranksBySteps), controls, map], [means])];
}

function figureTitle(figure: Figure, { columns }: PanelTexts): string {
  const titles: Readonly<Record<Figure, string>> = {
    durNs: columns.duration,
    computeNs: columns.compute,
    exposedCommNs: columns.exposedComm,
    waitNs: columns.wait,
    transferNs: columns.transfer,
    idleNs: columns.idle,
    startSkewNs: columns.startSkew,
  };
  return titles[figure];
}

function slowRanks({ slow }: ReportRanks, texts: PanelTexts, { info }: PanelContext): HTMLElement[] {
  const { words, report, sentences } = texts;
  const title = element('h3', '', words.slowestFirst);
  const worst = slow.filter(({ confidence }) => confidence >= SURE_ENOUGH).slice(0, SLOW_AT_MOST);
  if (worst.length === 0) return [title, element('p', 'quiet', words.noSlowRank)];
  const cards = worst.map((each) => {
    const [votes, collectives] = [each.votes, each.collectives].map(formatCount);
    const why = report.slowReasons[each.reason];
    const told = sentences.slowRank(
      votes,
      collectives,
      formatShortDuration(each.lostNs),
      why,
      formatConfidence(each.confidence),
    );
    return element('article', 'card', element('h4', '', deviceLabel(info, each)), element('p', '', told));
  });
  return [title, element('div', 'cards', ...cards)];
}

/** The slowest rank is the first row. */
function rankMap(
  items: readonly ReportRankStep[],
  figure: Figure,
  document: ReportDocument,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement {
  const { info, announce, goTo } = context;
  const rows = byRank(items, info).toSorted((a, b) => (mean(b, figure) ?? -1) - (mean(a, figure) ?? -1));
  const labels = rows.map((own) => deviceLabel(info, own[0]));
  const ids = [...new Set(items.map(({ stepId }) => stepId ?? texts.words.wholeRun))];
  const size = Math.ceil(ids.length / COLUMNS_AT_MOST);
  const cells = rows.map((own) => {
    const byId = new Map(own.map((item) => [item.stepId ?? texts.words.wholeRun, item]));
    return Array.from({ length: Math.ceil(ids.length / size) }, (_, column) =>
      ids
        .slice(column * size, (column + 1) * size)
        .flatMap((id) => byId.get(id) ?? [])
        .reduce<ReportRankStep | undefined>(
          (a, b) => (a === undefined || (b[figure] ?? -1) > (a[figure] ?? -1) ? b : a),
          undefined,
        ),
    );
  });
  const timeOf = new Map(document.steps.items.map((step) => [`${deviceLabel(info, step)} ${step.id}`, step]));
  const title = figureTitle(figure, texts);
  const drawn = heatMap({
    label: `${texts.words.ranksBySteps}: ${title}`,
    hint: texts.words.heatMapHint,
    rows: labels,
    columns: (cells[0] ?? []).map((_, column) => ids[column * size]),
    columnsTitle: texts.columns.step,
    valueAt: (row, column) => cells[row][column]?.[figure] ?? Number.NaN,
    formatValue: formatShortDuration,
    tell: (row, column) => {
      const cell = cells[row][column];
      const value = cell?.[figure] ?? null;
      const told = value === null ? texts.words.notKnown : formatShortDuration(value);
      return `${labels[row]} · ${texts.columns.step} ${cell?.stepId ?? ids[column * size]} · ${title} ${told}`;
    },
    onOpen: (row, column) => {
      const step = timeOf.get(`${labels[row]} ${cells[row][column]?.stepId ?? ''}`);
      if (step !== undefined) goTo(step.startNs, step.startNs + step.durNs);
    },
    announce,
  });
  return size === 1 ? drawn : element('div', '', drawn, element('p', 'quiet', texts.words.slowestOf(String(size))));
}

function meanTable(
  items: readonly ReportRankStep[],
  figures: readonly Figure[],
  texts: PanelTexts,
  { info, language, announce }: PanelContext,
): HTMLElement {
  const rows = byRank(items, info).map((own): readonly Value[] => [
    ...[deviceLabel(info, own[0]), own.length, ...figures.map((figure) => mean(own, figure))],
  ]);
  const columns = [
    ...columnsOf(
      [
        ['device', 'name'],
        ['count', 'count'],
      ],
      texts,
    ),
    ...figures.map((figure) => ({
      id: figure.slice(0, -2),
      title: figureTitle(figure, texts),
      kind: 'duration' as const,
    })),
  ];
  const [caption, fileName] = [texts.words.meanPerRank, 'ranks'];
  const longest = columns.findIndex(({ id }) => id === 'dur');
  const sort = longest < 0 ? {} : { sort: { column: longest, isDescending: true } };
  const options = { caption, isTitled: true, fileName, language, announce, ...sort };
  return new TableView({ data: { columns, rows }, ...options }).element;
}

function byRank(items: readonly ReportRankStep[], info: PanelContext['info']): ReportRankStep[][] {
  return grouped(items, (item) => deviceLabel(info, item));
}

/** What is not known of some step is not known of the mean. */
function mean(items: readonly ReportRankStep[], figure: Figure): number | null {
  const values = items.map((item) => item[figure]);
  if (values.includes(null)) return null;
  return Math.round(values.reduce<number>((sum, ns) => sum + (ns ?? 0), 0) / values.length);
}
