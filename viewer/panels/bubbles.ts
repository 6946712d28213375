/** Idle time by its causes, as a histogram of lengths, and one by one, the longest first. */
import type { BubbleCause, BubbleKind } from '../../src/analysis/bubbles/bubble.ts';
import type { RunInfo } from '../../src/session/requests/protocol.ts';
import { formatCount, formatShortDuration } from '../../src/report/format.ts';
import type { ReportBubbles, ReportDocument } from '../../src/report/index.ts';
import type { Part, Table, Value } from '../../src/report/parts/part.ts';
import { button, element, labelled, select, sideBySide } from '../widgets/element.ts';
import { legend } from '../widgets/legend.ts';
import { stackedBars } from '../widgets/stacked-bars.ts';
import { TableView } from '../widgets/table.ts';
import { isSameBubble } from '../state.ts';
import { BubbleCard } from './bubble-card.ts';
import { causeSign } from './cause-sign.ts';
import { chooseBubble } from './choose-bubble.ts';
import type { Panel, PanelContext } from './panel.ts';
import { deviceLabel } from './device-names.ts';
import { absence, columnsOf, type PanelTexts, sentencesOf, textsIn, titled } from './panel-texts.ts';
import { Region } from './region.ts';

const LISTED_AT_MOST = 2000;
const KINDS: readonly BubbleKind[] = ['device', 'compute', 'stream'];

export const bubblesPanel: Panel = {
  id: 'bubbles',
  create(root, context) {
    const { api, run, info, language, store } = context;
    const texts = textsIn(language);
    const [region, card, controls] = [new Region(language), new BubbleCard(context), element('div', 'controls')];
    root.append(controls, region.element, card.element);
    let [kind, leastNs]: [BubbleKind, number] = ['device', info.bubbleThresholdNs];
    const choose = (chosen: BubbleKind, least: number): void => {
      [kind, leastNs] = [chosen, least];
      store.set({ bubble: null });
      show();
    };
    const show = (): void => {
      const ofKind = kindControl(kind, texts, (chosen) => choose(chosen, leastNs));
      controls.replaceChildren(
        ofKind,
        leastControl(leastNs, info, texts, (least) => choose(kind, least)),
      );
      const asked = { language, sections: ['bubbles'], kind, leastNs, limit: LISTED_AT_MOST } as const;
      region.show(
        (signal) => api.ask(run, 'report', asked, signal),
        ({ json: { document, parts } }) => drawBubbles(document, parts, store.state.cause, texts, context),
      );
    };
    show();
    card.show(store.state.bubble);
    return {
      update: (state, before) => {
        if (!isSameBubble(state.bubble, before.bubble)) card.show(state.bubble);
        if (state.cause !== before.cause) region.redraw();
      },
      destroy: () => {
        region.destroy();
        card.destroy();
      },
    };
  },
};

function kindControl(kind: BubbleKind, { words }: PanelTexts, onChoose: (kind: BubbleKind) => void): HTMLElement {
  return labelled(
    words.bubbleKind,
    select(
      KINDS.map((id) => ({ id, text: words.bubbleKinds[id] })),
      kind,
      onChoose,
    ),
  );
}

function leastControl(
  leastNs: number,
  { bubbleThresholdNs }: RunInfo,
  { words }: PanelTexts,
  onChoose: (leastNs: number) => void,
): HTMLElement {
  const choices = [bubbleThresholdNs, bubbleThresholdNs / 10, 0].map((ns) => ({
    id: String(ns),
    text: ns === 0 ? words.all : `≥ ${formatShortDuration(ns)}`,
  }));
  return labelled(
    words.listedBubbles,
    select(choices, String(leastNs), (id) => onChoose(Number(id))),
  );
}

function drawBubbles(
  document: ReportDocument,
  parts: readonly Part[],
  cause: BubbleCause | null,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  const { bubbles } = document;
  if (bubbles === null) return [element('p', 'quiet', absence(document, 'bubbles', texts) ?? texts.words.noBubbles)];
  const said = [...sentencesOf(parts, 'bubbles'), ...notListed(bubbles, texts)];
  if (bubbles.count === 0) return said;
  return [
    ...said,
    sideBySide(
      [...causes(parts, cause, texts, context), histogram(bubbles, cause, texts)],
      [...ranked(bubbles, cause, texts, context), groups(bubbles, cause, texts, context)],
    ),
  ];
}

/** Of a list that leaves something out, how to see it. */
function notListed(
  { belowThresholdCount: count, belowThresholdNs }: ReportBubbles,
  { words }: PanelTexts,
): HTMLElement[] {
  if (count === 0) return [];
  return [element('p', 'quiet', words.bubblesNotListed(formatCount(count), formatShortDuration(belowThresholdNs)))];
}

/** The first table of the part: by cause alone. */
function causes(
  parts: readonly Part[],
  cause: BubbleCause | null,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  const { store, language, announce } = context;
  const blocks = parts.find(({ section }) => section === 'bubbles')?.blocks ?? [];
  const table = blocks.flatMap((block): Table[] => ('table' in block ? [block.table] : []))[0];
  if (table === undefined) return [];
  const idOf = (row: number): Value => table.rows[row][0];
  const ids = table.rows.map((_, row) => causeOf(idOf(row)));
  const view = new TableView({
    data: { columns: titled(table, texts), rows: table.rows },
    ...{ caption: texts.words.byCause, isTitled: true, fileName: 'bubble-causes', language, announce },
    onOpen: (row) => store.set({ cause: ids[row] === store.state.cause ? null : ids[row] }),
    current: cause === null ? -1 : ids.indexOf(cause),
  });
  if (cause === null) return [view.element, element('p', 'quiet', texts.words.chooseCause)];
  const only = element('p', 'chosen', texts.words.onlyCause(texts.report.causes[cause]));
  only.append(button(texts.words.allCauses, () => store.set({ cause: null }), 'quiet-button'));
  return [view.element, only];
}

function causeOf(value: Value): BubbleCause {
  return (value !== null && typeof value === 'object' && 'id' in value ? value.id : 'unknown') as BubbleCause;
}

/** How much time bubbles of each length take, by their causes. */
function histogram({ histogram: bins }: ReportBubbles, cause: BubbleCause | null, texts: PanelTexts): HTMLElement {
  const { report, words } = texts;
  const present = new Map<BubbleCause, number>();
  for (const each of bins.flatMap((bin) => bin.causes)) {
    if (cause === null || each.cause === cause) present.set(each.cause, (present.get(each.cause) ?? 0) + each.totalNs);
  }
  const shown = [...present].sort(([, a], [, b]) => b - a).map(([each]) => each);
  const bars = bins.map(({ fromNs, causes: own }) => {
    const label = `≥ ${formatShortDuration(fromNs)}`;
    const kept = own.filter((each) => present.has(each.cause));
    const told = kept.map(
      (each) => `${report.causes[each.cause]}: ${formatCount(each.count)} · ${formatShortDuration(each.totalNs)}`,
    );
    const parts = shown.map((each) => ({
      ...causeSign(each),
      value: kept.find((other) => other.cause === each)?.totalNs ?? 0,
    }));
    return { label, told: [label, ...told].join('\n'), parts };
  });
  const key = legend(shown.map((each) => ({ ...causeSign(each), label: report.causes[each] })));
  const chart = stackedBars({ bars, label: words.lengthsOfBubbles, formatValue: formatShortDuration, height: 130 });
  return element('figure', '', element('figcaption', '', words.lengthsOfBubbles), key, chart);
}

function ranked(
  { items, count, kind, thresholdNs }: ReportBubbles,
  cause: BubbleCause | null,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  const { words, report } = texts;
  const { language, announce, info } = context;
  const shown = items.filter((item) => cause === null || item.cause === cause);
  const edge = { id: '', word: report.edge };
  const rows = shown.map((item): readonly Value[] => [
    ...[item.durNs, { id: item.cause, word: report.causes[item.cause] }, item.before ?? edge, item.after ?? edge],
    ...[item.startNs, info.devices.length > 1 ? deviceLabel(info, item) : null, item.stream, item.stepId],
    item.cause === 'unknown' ? null : item.confidence,
  ]);
  const columns = columnsOf(
    [
      ...([
        ['duration', 'duration'],
        ['cause', 'text'],
        ['before', 'name'],
        ['after', 'name'],
      ] as const),
      ...([
        ['at', 'time'],
        ['device', 'name'],
        ['stream', 'name'],
        ['step', 'name'],
        ['confidence', 'ratio'],
      ] as const),
    ],
    texts,
  );
  const open = (row: number): void => void chooseBubble(shown[row], { kind, leastNs: thresholdNs }, context);
  const table = new TableView({
    data: { columns, rows },
    ...{
      caption: words.longestBubbles,
      isTitled: true,
      fileName: 'bubbles',
      language,
      announce,
      onOpen: open,
      filter: '',
    },
  });
  const isCut = items.length < count;
  const note = isCut ? [element('p', 'quiet', words.onlyLongest(formatCount(items.length), formatCount(count)))] : [];
  return [table.element, ...note];
}

function groups(
  { groups: all, totalNs }: ReportBubbles,
  cause: BubbleCause | null,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement {
  const { report, words } = texts;
  const { language, announce } = context;
  const edge = { id: '', word: report.edge };
  const shown = all.filter((group) => cause === null || group.cause === cause);
  const rows = shown.map((group): readonly Value[] => [
    ...[
      group.totalNs,
      group.totalNs / (totalNs || 1),
      group.count,
      { id: group.cause, word: report.causes[group.cause] },
    ],
    ...[group.before ?? edge, group.after ?? edge],
  ]);
  const columns = columnsOf(
    [
      ...([
        ['total', 'duration'],
        ['ofIdle', 'ratio'],
        ['count', 'count'],
      ] as const),
      ...([
        ['cause', 'text'],
        ['before', 'name'],
        ['after', 'name'],
      ] as const),
    ],
    texts,
  );
  return new TableView({
    data: { columns, rows },
    ...{ caption: words.bubbleGroups, isTitled: true, fileName: 'bubble-groups', language, announce },
    ...{ rowsAtFirst: 8, filter: '' },
  }).element;
}
