/** Two open runs side by side: what each says of itself, and how far that is apart. Verdicts are the command's. */
import { phasesByWeight } from '../../src/report/main-phase.ts';
import { formatCount } from '../../src/report/format.ts';
import type { ReportDocument } from '../../src/report/index.ts';
import type { Value } from '../../src/report/parts/part.ts';
import type { RunState } from '../../src/session/requests/protocol.ts';
import { type Child, element, labelled, select } from '../widgets/element.ts';
import { TableView } from '../widgets/table.ts';
import type { TableColumn } from '../widgets/table-rows.ts';
import { groupingOf } from './op-grouping.ts';
import type { Panel, PanelContext } from './panel.ts';
import { columnsOf, type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';

const OPS_AT_MOST = 5000;

export const comparePanel: Panel = {
  id: 'compare',
  create(root, context) {
    const { api, run, language } = context;
    const texts = textsIn(language);
    const [chooser, region] = [new Region(language), new Region(language)];
    root.append(chooser.element, region.element);
    const show = (other: number, names: readonly string[]): void => {
      // Runs are opened in this order, whichever of them is looked at.
      const pair = [Math.min(other, run), Math.max(other, run)];
      region.show(
        (signal) => Promise.all(pair.map((each) => askRun(each, context, signal))),
        ([base, head]) =>
          drawComparison(
            base,
            head,
            pair.map((each) => names[each]),
            texts,
            context,
          ),
      );
    };
    chooser.show(
      () => api.runs(),
      (runs) => {
        const others = runs.flatMap(({ state }, at) => (at !== run && state === 'ready' ? [at] : []));
        if (others.length === 0) return [element('p', 'quiet', texts.words.oneRun)];
        const names = runs.map(({ name }: RunState) => name);
        const choices = others.map((at) => ({ id: String(at), text: names[at] }));
        show(others[0], names);
        const control = select(choices, String(others[0]), (id) => show(Number(id), names));
        return [element('div', 'controls', labelled(texts.words.compareWith, control))];
      },
    );
    return {
      update: () => {},
      destroy: () => {
        chooser.destroy();
        region.destroy();
      },
    };
  },
};

async function askRun(
  run: number,
  { api, language, store }: PanelContext,
  signal: AbortSignal,
): Promise<ReportDocument> {
  const by = groupingOf(store.state.by);
  const sections = ['token', 'totals', 'topops'] as const;
  return (await api.ask(run, 'report', { language, sections, by, limit: OPS_AT_MOST }, signal)).json.document;
}

function drawComparison(
  base: ReportDocument,
  head: ReportDocument,
  names: readonly string[],
  texts: PanelTexts,
  context: PanelContext,
): Child[] {
  const { words } = texts;
  const hasSteps = [base, head].every(({ steps }) => phasesByWeight(steps).length > 0);
  const unit = hasSteps ? words.perStepEach : words.wholeRunEach;
  return [
    element('p', 'quiet', words.noVerdict),
    element('h3', '', words.times),
    element('p', 'quiet', unit),
    table(timeRows(base, head, hasSteps, texts), names, words.times, texts, context),
    element('h3', '', texts.report.sections.topops),
    table(opRows(base, head, hasSteps), names, texts.report.sections.topops, texts, context, true),
  ];
}

type Change = readonly [what: string, baseNs: number | null, headNs: number | null];

function timeRows(
  base: ReportDocument,
  head: ReportDocument,
  hasSteps: boolean,
  { report, columns }: PanelTexts,
): Change[] {
  const [a, b] = [base, head].map((document) => (hasSteps ? meanStep(document) : sums(document)));
  return [
    [hasSteps ? columns.duration : columns.window, a.wholeNs, b.wholeNs],
    [report.time.compute, a.computeNs, b.computeNs],
    [report.time.exposedComm, a.exposedCommNs, b.exposedCommNs],
    [report.time.deviceIdle, a.deviceIdleNs, b.deviceIdleNs],
  ];
}

interface Times {
  readonly wholeNs: number;
  readonly computeNs: number;
  readonly exposedCommNs: number;
  readonly deviceIdleNs: number;
}

function meanStep({ steps }: ReportDocument): Times {
  const [[, { usualMeanNs, computeNs, exposedCommNs, deviceIdleNs }]] = phasesByWeight(steps);
  return { wholeNs: usualMeanNs, computeNs, exposedCommNs, deviceIdleNs };
}

function sums({ totals }: ReportDocument): Times {
  const sum = (of: (each: ReportDocument['totals'][number]) => number): number =>
    totals.reduce((all, each) => all + of(each), 0);
  return {
    wholeNs: sum(({ windowNs }) => windowNs),
    computeNs: sum(({ computeNs }) => computeNs),
    exposedCommNs: sum(({ exposedCommNs }) => exposedCommNs),
    deviceIdleNs: sum(({ deviceIdleNs }) => deviceIdleNs),
  };
}

/** Ops by their key; of an op that one run does not have, nothing is known there. */
function opRows(base: ReportDocument, head: ReportDocument, hasSteps: boolean): Change[] {
  const timeOf = ({ topOps }: ReportDocument): Map<string, number | null> =>
    new Map(topOps.map(({ key, totalNs, perStepNs }) => [key, hasSteps ? perStepNs : totalNs]));
  const [a, b] = [base, head].map(timeOf);
  const keys = [...new Set([...a.keys(), ...b.keys()])];
  const rows = keys.map((key): Change => [key, a.get(key) ?? null, b.get(key) ?? null]);
  const changed = ([, baseNs, headNs]: Change): number => Math.abs((headNs ?? 0) - (baseNs ?? 0));
  return rows.sort((one, other) => changed(other) - changed(one));
}

type Direction = keyof PanelTexts['words']['direction'];

/** In a word, so that neither a colour nor a sign has to say it. */
function directionOf(baseNs: number | null, headNs: number | null): Direction {
  if (baseNs === null) return 'isNew';
  if (headNs === null) return 'isGone';
  return headNs > baseNs ? 'isLonger' : headNs < baseNs ? 'isShorter' : 'isSame';
}

function table(
  changes: readonly Change[],
  names: readonly string[],
  caption: string,
  texts: PanelTexts,
  { language, announce, store }: PanelContext,
  hasFilter = false,
): HTMLElement {
  const rows = changes.map(([what, baseNs, headNs]): readonly Value[] => {
    const differenceNs = (headNs ?? 0) - (baseNs ?? 0);
    const ratio = baseNs === null || headNs === null || baseNs === 0 ? null : differenceNs / baseNs;
    return [what, baseNs, headNs, differenceNs, ratio, texts.words.direction[directionOf(baseNs, headNs)]];
  });
  const columns: TableColumn[] = [
    ...columnsOf([[hasFilter ? 'op' : 'what', 'name']], texts),
    ...names.map((title, at) => ({ id: ['base', 'head'][at], title, kind: 'duration' as const })),
    { id: 'difference', title: texts.columns.difference, kind: 'duration' },
    { id: 'change', title: '%', kind: 'ratio' },
    { id: 'direction', title: texts.words.change, kind: 'name' },
  ];
  // An op that is opened is marked on the timeline of this run.
  const onOpen = (row: number): void => store.set({ highlighted: changes[row][0] });
  const filter = hasFilter ? { filter: '', onOpen } : {};
  const told = `${caption}, ${formatCount(rows.length)}`;
  return new TableView({ data: { columns, rows }, caption: told, fileName: 'compare', language, announce, ...filter })
    .element;
}
