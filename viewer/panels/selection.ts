/** What lies in the chosen area: counts, totals, busy and idle time, by track and by op. */
import { formatCount, formatDuration, formatShortDuration } from '../../src/report/format.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import type { Value } from '../../src/report/parts/part.ts';
import type { Area } from '../state.ts';
import { button, element, sideBySide } from '../widgets/element.ts';
import { TableView } from '../widgets/table.ts';
import type { Panel, PanelContext } from './panel.ts';
import { columnsOf, type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';

export const selectionPanel: Panel = {
  id: 'selection',
  create(root, context) {
    const { api, run, language, store } = context;
    const texts = textsIn(language);
    const region = new Region(language);
    root.append(region.element);
    const show = (area: Area | null): void => {
      if (area === null) region.tell(element('p', 'quiet', texts.words.chooseArea));
      else {
        region.show(
          (signal) => api.ask(run, 'selection', area, signal),
          ({ json }) => drawArea(area, json, texts, context),
        );
      }
    };
    show(store.state.area);
    return {
      update: ({ area }, before) => {
        if (area !== before.area) show(area);
      },
      destroy: () => region.destroy(),
    };
  },
};

type Selection = AnswerTo<'selection'>['json'];

function drawArea(
  area: Area,
  { tracks, ops, opCount }: Selection,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  const { words } = texts;
  const lengthNs = area.endNs - area.startNs;
  const count = tracks.reduce((sum, each) => sum + each.count, 0);
  const range = `${formatDuration(area.startNs)} – ${formatDuration(area.endNs)}`;
  const told = words.areaHolds(formatCount(count), formatCount(tracks.length), formatShortDuration(lengthNs));
  const head = element(
    'div',
    'stepper',
    element('span', '', told),
    element('span', 'quiet', range),
    button(words.showIt, () => context.goTo(area.startNs, area.endNs)),
    button(words.clear, () => context.store.set({ area: null }), 'quiet-button'),
  );
  if (count === 0) return [head, element('p', 'quiet', words.emptyArea)];
  return [
    head,
    sideBySide(
      [
        opsTable(ops, texts, context),
        ...(opCount > ops.length ? [element('p', 'quiet', words.onlyMost(formatCount(ops.length)))] : []),
      ],
      [tracksTable(tracks, lengthNs, texts, context)],
    ),
  ];
}

function opsTable(ops: Selection['ops'], texts: PanelTexts, { language, announce, store }: PanelContext): HTMLElement {
  const rows = ops.map(({ name, count, totalNs, maxNs }): readonly Value[] => [
    ...[name, count, totalNs, totalNs, count === 0 ? null : totalNs / count, maxNs],
  ]);
  const columns = columnsOf(
    [
      ...([
        ['op', 'name'],
        ['count', 'count'],
        ['total', 'duration'],
      ] as const),
      ...([
        ['bar', 'bar'],
        ['mean', 'duration'],
        ['max', 'duration'],
      ] as const),
    ],
    texts,
  );
  return new TableView({
    data: { columns, rows },
    ...{ caption: texts.words.byOp, isTitled: true, fileName: 'selected-ops', language, announce, filter: '' },
    sort: { column: 2, isDescending: true },
    onOpen: (row) => store.set({ panel: 'search', search: ops[row].name }),
  }).element;
}

function tracksTable(
  tracks: Selection['tracks'],
  lengthNs: number,
  texts: PanelTexts,
  context: PanelContext,
): HTMLElement {
  const { info, language, announce } = context;
  const { words, report, columns: titles } = texts;
  const rows = tracks.map(({ track, count, busyNs }): readonly Value[] => {
    const { name, process, group } = info.tracks[track];
    const place = [info.groups[group]?.label, process].filter(Boolean).join(' › ');
    return [
      name,
      place,
      count,
      busyNs,
      busyNs / (lengthNs || 1),
      busyNs / (lengthNs || 1),
      Math.max(0, lengthNs - busyNs),
    ];
  });
  const columns = [
    { id: 'track', title: words.track, kind: 'name' },
    { id: 'process', title: words.process, kind: 'name' },
    { id: 'count', title: titles.count, kind: 'count' },
    { id: 'busy', title: words.busy, kind: 'duration' },
    { id: 'busyShare', title: '%', kind: 'ratio' },
    { id: 'bar', title: '', kind: 'bar' },
    { id: 'idle', title: report.time.deviceIdle, kind: 'duration' },
  ] as const;
  const options = { caption: words.byTrack, isTitled: true, fileName: 'selected-tracks', language, announce };
  return new TableView({ data: { columns, rows }, ...options }).element;
}
