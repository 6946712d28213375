/** What goes from rank to rank and how fast, and which collectives wait rather than transfer. */
import { grouped } from '../../src/base/grouped.ts';
import { formatBytes, formatShortDuration } from '../../src/report/format.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import type { Value } from '../../src/report/parts/part.ts';
import { type Child, element, labelled, select, sideBySide } from '../widgets/element.ts';
import { heatMap } from '../widgets/heat-map.ts';
import { TableView } from '../widgets/table.ts';
import { missing } from './missing.ts';
import type { Panel, PanelContext } from './panel.ts';
import { columnsOf, type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';

type Communication = AnswerTo<'communication'>['json'];
type Link = Communication['links'][number];

export const communicationPanel: Panel = {
  id: 'communication',
  create(root, context) {
    const texts = textsIn(context.language);
    const region = new Region(context.language);
    root.append(region.element);
    region.show(
      (signal) => context.api.ask(context.run, 'communication', {}, signal),
      ({ json }) => [sideBySide(collectives(json, texts, context), links(json.links, texts, context))],
    );
    return { update: () => {}, destroy: () => region.destroy() };
  },
};

function collectives({ collectives: all }: Communication, texts: PanelTexts, context: PanelContext): Child[] {
  const { words } = texts;
  const { language, announce, store } = context;
  if (all.length === 0) return [element('h3', '', words.collectives), missing('collectives', texts)];
  const rows = all.map((each): readonly Value[] => [
    ...[each.name, each.count, each.totalNs, each.totalNs, each.waitNs, each.transferNs],
    each.waitNs === null ? null : each.waitNs / (each.totalNs || 1),
  ]);
  const columns = [
    ...columnsOf(
      [
        ['op', 'name'],
        ['count', 'count'],
        ['total', 'duration'],
        ['bar', 'bar'],
      ],
      texts,
    ),
    ...columnsOf(
      [
        ['wait', 'duration'],
        ['transfer', 'duration'],
        ['share', 'ratio'],
      ],
      texts,
    ),
  ].map((column) => (column.id === 'share' ? { ...column, title: words.waitShare } : column));
  const table = new TableView({
    data: { columns, rows },
    ...{ caption: words.collectives, isTitled: true, fileName: 'collectives', language, announce, filter: '' },
    sort: { column: 2, isDescending: true },
    onOpen: (row) => store.set({ panel: 'search', search: all[row].name }),
  });
  const isUnknown = all.every(({ waitNs }) => waitNs === null);
  return [...(isUnknown ? [missing('waits', texts)] : []), table.element];
}

function links(all: readonly Link[], texts: PanelTexts, context: PanelContext): Child[] {
  const { words } = texts;
  const title = element('h3', '', words.links);
  if (all.length === 0) return [title, missing('links', texts)];
  // Ranks of one group, over one transport: others would be in the same cell.
  const kinds = grouped(all, ({ group, transport }) => `${group} ${transport}`);
  const map = element('div');
  const choices = kinds.map(([{ group, transport }], id) => ({
    id: String(id),
    text: [transport === '' ? words.notKnown : transport, group].filter((each) => each !== '').join(' · '),
  }));
  const draw = (id: string): void => map.replaceChildren(linkMatrix(kinds[Number(id)], texts, context));
  draw('0');
  const control = labelled(texts.columns.transport, select(choices, '0', draw));
  return [title, element('div', 'controls', control), map, linksTable(all, texts, context)];
}

function linkMatrix(own: readonly Link[], { words }: PanelTexts, { announce }: PanelContext): HTMLElement {
  const ranksAt = (end: 'fromRank' | 'toRank'): number[] =>
    [...new Set(own.map((link) => link[end]))].sort((a, b) => a - b);
  const [from, to] = [ranksAt('fromRank'), ranksAt('toRank')];
  const byPlace = new Map(own.map((link) => [`${link.fromRank} ${link.toRank}`, link]));
  const at = (row: number, column: number): Link | undefined => byPlace.get(`${from[row]} ${to[column]}`);
  const rate = (gigabytes: number): string => `${formatBytes(gigabytes * 1e9)}/s`;
  return heatMap({
    label: words.links,
    hint: words.matrixHint,
    rows: from.map((rank) => words.fromRank(String(rank))),
    columns: to.map(String),
    columnsTitle: words.toRank,
    valueAt: (row, column) => at(row, column)?.gigabytesPerSecond ?? Number.NaN,
    formatValue: rate,
    tell: (row, column) => {
      const link = at(row, column);
      const place = `${from[row]} → ${to[column]}`;
      if (link === undefined) return `${place}: ${words.nothing}`;
      const { transport, sizeBytes, durNs, gigabytesPerSecond } = link;
      const told = [
        transport,
        gigabytesPerSecond === null ? '' : rate(gigabytesPerSecond),
        sizeBytes === null ? '' : formatBytes(sizeBytes),
        durNs === null ? '' : formatShortDuration(durNs),
      ];
      return `${place}: ${told.filter((each) => each !== '').join(' · ')}`;
    },
    announce,
  });
}

function linksTable(all: readonly Link[], texts: PanelTexts, { language, announce }: PanelContext): HTMLElement {
  const { words, columns: titles } = texts;
  const rows = all.map(
    ({ group, fromRank, toRank, transport, sizeBytes, durNs, gigabytesPerSecond }): readonly Value[] => [
      ...[`${fromRank} → ${toRank}`, transport, gigabytesPerSecond === null ? null : gigabytesPerSecond * 1e9],
      ...[sizeBytes, durNs, group],
    ],
  );
  const columns = [
    { id: 'link', title: titles.link, kind: 'name' },
    { id: 'transport', title: titles.transport, kind: 'text' },
    { id: 'bytesPerSecond', title: titles.bandwidth, kind: 'rate' },
    { id: 'sizeBytes', title: titles.size, kind: 'bytes' },
    { id: 'duration', title: titles.duration, kind: 'duration' },
    { id: 'group', title: words.group, kind: 'name' },
  ] as const;
  // The slowest link is what one looks for.
  const sort = { column: 2, isDescending: false };
  const options = { caption: words.links, fileName: 'links', language, announce, sort, filter: '' };
  return new TableView({ data: { columns, rows }, ...options }).element;
}
