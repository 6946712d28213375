/** What goes from rank to rank and how fast, and which collectives wait rather than transfer. */
import { formatBytes, formatShortDuration } from '../../src/report/format.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import type { Value } from '../../src/report/parts/part.ts';
import { type Child, element, labelled, select } from '../widgets/element.ts';
import { heatMap } from '../widgets/heat-map.ts';
import { TableView } from '../widgets/table.ts';
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
      ({ json }) => [...collectives(json, texts, context), ...links(json.links, texts, context)],
    );
    return { update: () => {}, destroy: () => region.destroy() };
  },
};

function collectives({ collectives: all }: Communication, texts: PanelTexts, context: PanelContext): Child[] {
  const { words } = texts;
  const { language, announce, store } = context;
  const title = element('h3', '', words.collectives);
  if (all.length === 0) return [title, element('p', 'quiet', words.noCollectives)];
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
    ...{ caption: words.collectives, fileName: 'collectives', language, announce, filter: '' },
    sort: { column: 2, isDescending: true },
    onOpen: (row) => store.set({ panel: 'search', search: all[row].name }),
  });
  const isUnknown = all.every(({ waitNs }) => waitNs === null);
  return [title, ...(isUnknown ? [element('p', 'quiet', words.waitsUnknown)] : []), table.element];
}

function links(all: readonly Link[], texts: PanelTexts, context: PanelContext): Child[] {
  const { words } = texts;
  const title = element('h3', '', words.links);
  if (all.length === 0) return [title, element('p', 'quiet', words.noLinks)];
  const transports = [...new Set(all.map(({ transport }) => transport))].sort();
  const map = element('div');
  const draw = (transport: string): void =>
    map.replaceChildren(
      linkMatrix(
        all.filter((link) => link.transport === transport),
        texts,
        context,
      ),
    );
  draw(transports[0]);
  const choices = transports.map((id) => ({ id, text: id === '' ? words.notKnown : id }));
  const control = labelled(texts.columns.transport, select(choices, transports[0], draw));
  return [title, element('div', 'controls', control), map, linksTable(all, texts, context)];
}

function linkMatrix(own: readonly Link[], { words }: PanelTexts, { announce }: PanelContext): HTMLElement {
  const ranks = [...new Set(own.flatMap(({ fromRank, toRank }) => [fromRank, toRank]))].sort((a, b) => a - b);
  const byPlace = new Map(own.map((link) => [`${link.fromRank} ${link.toRank}`, link]));
  const at = (row: number, column: number): Link | undefined => byPlace.get(`${ranks[row]} ${ranks[column]}`);
  const rate = (gigabytes: number): string => `${formatBytes(gigabytes * 1e9)}/s`;
  return heatMap({
    label: words.links,
    hint: words.heatMapHint,
    rows: ranks.map((rank) => words.fromRank(String(rank))),
    columns: ranks.map(String),
    columnsTitle: words.toRank,
    valueAt: (row, column) => at(row, column)?.gigabytesPerSecond ?? Number.NaN,
    formatValue: rate,
    tell: (row, column) => {
      const link = at(row, column);
      const place = `${ranks[row]} → ${ranks[column]}`;
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
  const rows = all.map(({ fromRank, toRank, transport, sizeBytes, durNs, gigabytesPerSecond }): readonly Value[] => [
    ...[`${fromRank} → ${toRank}`, transport, gigabytesPerSecond === null ? null : gigabytesPerSecond * 1e9],
    ...[sizeBytes === null ? null : sizeBytes, durNs],
  ]);
  const columns = [
    { id: 'link', title: titles.link, kind: 'name' },
    { id: 'transport', title: titles.transport, kind: 'text' },
    { id: 'bytesPerSecond', title: titles.bandwidth, kind: 'rate' },
    { id: 'sizeBytes', title: words.sizeBytes, kind: 'count' },
    { id: 'duration', title: titles.duration, kind: 'duration' },
  ] as const;
  // The slowest link is what one looks for.
  const sort = { column: 2, isDescending: false };
  const options = { caption: words.links, fileName: 'links', language, announce, sort, filter: '' };
  return new TableView({ data: { columns, rows }, ...options }).element;
}
