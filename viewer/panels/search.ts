/** Search over everything: names and how often they occur, where, and tracks. */
import { formatCount } from '../../src/report/format.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import type { Value } from '../../src/report/parts/part.ts';
import { type Child, element, searchField, sideBySide } from '../widgets/element.ts';
import { TableView } from '../widgets/table.ts';
import type { Panel, PanelContext } from './panel.ts';
import { columnsOf, type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';

const PLACES_AT_MOST = 2000;

type Found = AnswerTo<'find'>['json'];

export const searchPanel: Panel = {
  id: 'search',
  create(root, context) {
    const { api, run, language, store } = context;
    const texts = textsIn(language);
    const region = new Region(language);
    let first: (() => void) | undefined;
    const show = (text: string): void => {
      first = undefined;
      if (text.trim() === '') region.tell(element('p', 'quiet', texts.words.searchHint));
      else {
        region.show(
          (signal) => api.ask(run, 'find', { text, limit: PLACES_AT_MOST }, signal),
          ({ json }) => {
            const [place] = json.places;
            first = place && (() => context.goTo(place.startNs, place.startNs + place.durNs, place));
            context.announce(texts.words.foundSlices(formatCount(json.total)));
            return drawFound(json, texts, context);
          },
        );
      }
    };
    const field = searchField(store.state.search, texts.words.searchFor, (search) => store.set({ search }, 'replace'));
    field.addEventListener('keydown', ({ key }) => key === 'Enter' && first?.());
    root.append(field, region.element);
    show(store.state.search);
    return {
      update: ({ search }, before) => {
        if (search === before.search) return;
        // Somebody else may have asked, as the table of ops does.
        if (field.value !== search) field.value = search;
        show(search);
      },
      destroy: () => region.destroy(),
    };
  },
};

function drawFound(
  { total, names, tracks, places, instantCount, instants }: Found,
  texts: PanelTexts,
  context: PanelContext,
): Child[] {
  const { words } = texts;
  if (total === 0 && tracks.length === 0 && instantCount === 0) return [element('p', 'quiet', words.nothingFound)];
  const cut = places.length < total ? ` ${words.onlyFirst(formatCount(places.length), formatCount(total))}` : '';
  return [
    element('p', '', `${words.foundSlices(formatCount(total))}${cut}`),
    sideBySide(
      [
        ...(names.length === 0 ? [] : [namesTable(names, texts, context)]),
        ...(tracks.length === 0 ? [] : [tracksTable(tracks, texts, context)]),
      ],
      [
        ...(places.length === 0 ? [] : [placesTable(places, texts, context)]),
        ...(instants.length === 0 ? [] : [instantsTable(instants, instantCount, texts, context)]),
      ],
    ),
  ];
}

function namesTable(
  names: Found['names'],
  texts: PanelTexts,
  { language, announce, store }: PanelContext,
): HTMLElement {
  const rows = names.map(({ name, count, totalNs }): readonly Value[] => [name, count, totalNs]);
  const columns = columnsOf(
    [
      ['op', 'name'],
      ['count', 'count'],
      ['total', 'duration'],
    ],
    texts,
  );
  return new TableView({
    data: { columns, rows },
    ...{ caption: texts.words.names, isTitled: true, fileName: 'names', language, announce },
    onOpen: (row) => store.set({ search: names[row].name }),
  }).element;
}

function placesTable(
  places: Found['places'],
  texts: PanelTexts,
  { language, announce, info, goTo }: PanelContext,
): HTMLElement {
  const rows = places.map(({ name, track, startNs, durNs }): readonly Value[] => [
    ...[name, startNs, durNs, info.tracks[track]?.name ?? ''],
  ]);
  const columns = columnsOf(
    [
      ['op', 'name'],
      ['at', 'time'],
      ['duration', 'duration'],
      ['stream', 'name'],
    ],
    texts,
  ).map((column) => (column.id === 'stream' ? { ...column, title: texts.words.track } : column));
  return new TableView({
    data: { columns, rows },
    ...{ caption: texts.words.places, isTitled: true, fileName: 'places', language, announce },
    onOpen: (row) => goTo(places[row].startNs, places[row].startNs + places[row].durNs, places[row]),
  }).element;
}

function instantsTable(
  instants: Found['instants'],
  count: number,
  texts: PanelTexts,
  { language, announce, info, goTo }: PanelContext,
): HTMLElement {
  const rows = instants.map(({ name, track, timeNs }): readonly Value[] => [
    ...[name, timeNs, info.tracks[track]?.name ?? ''],
  ]);
  const columns = columnsOf(
    [
      ['op', 'name'],
      ['at', 'time'],
      ['stream', 'name'],
    ],
    texts,
  ).map((column) => (column.id === 'stream' ? { ...column, title: texts.words.track } : column));
  return new TableView({
    data: { columns, rows },
    ...{ caption: texts.words.instants(formatCount(count)), isTitled: true },
    ...{ fileName: 'instants', language, announce },
    onOpen: (row) => goTo(instants[row].timeNs, instants[row].timeNs),
  }).element;
}

/** A track that is found is pinned, so that it is in sight. */
function tracksTable(
  tracks: Found['tracks'],
  { words, columns: titles }: PanelTexts,
  context: PanelContext,
): HTMLElement {
  const { language, announce, info, store } = context;
  const rows = tracks.map((track): readonly Value[] => {
    const { name, process, group, sliceCount } = info.tracks[track];
    return [name, [info.groups[group]?.label, process].filter(Boolean).join(' › '), sliceCount];
  });
  const columns = [
    { id: 'track', title: words.track, kind: 'name' },
    { id: 'process', title: words.process, kind: 'name' },
    { id: 'count', title: titles.count, kind: 'count' },
  ] as const;
  return new TableView({
    data: { columns, rows },
    ...{ caption: words.tracks, isTitled: true, fileName: 'tracks', language, announce },
    onOpen: (row) => {
      const pinned = store.state.pinned.filter((each) => each !== tracks[row]);
      store.set({ pinned: [...pinned, tracks[row]] });
      announce(words.trackPinned(info.tracks[tracks[row]].name));
    },
  }).element;
}
