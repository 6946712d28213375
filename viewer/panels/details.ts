/** All that is known of the chosen slice. */
import { formatCount, formatDuration, formatShortDuration } from '../../src/report/format.ts';
import { RequestError } from '../../src/session/requests/failure.ts';
import type { SliceDetails } from '../../src/session/requests/protocol.ts';
import { button, element, sideBySide } from '../widgets/element.ts';
import { legend } from '../widgets/legend.ts';
import { stackedBars } from '../widgets/stacked-bars.ts';
import type { SliceRef } from '../state.ts';
import { parseArgs } from './args.ts';
import { argsTree } from './args-tree.ts';
import { placeButton } from './bubble-card.ts';
import type { Panel, PanelContext } from './panel.ts';
import { type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';
import './details.css';

export const detailsPanel: Panel = {
  id: 'details',
  create(root, context) {
    const { slices, language, store } = context;
    const texts = textsIn(language);
    const region = new Region(language);
    root.append(region.element);
    const show = (selected: SliceRef | null): void => {
      if (selected === null) region.tell(element('p', 'quiet', texts.words.chooseSlice));
      else {
        region.show(
          () => slices.of(selected).catch(orNoSuchSlice),
          (slice) =>
            slice === null ? [element('p', 'quiet', texts.words.noSuchSlice)] : drawSlice(slice, texts, context),
        );
      }
    };
    show(store.state.selected);
    return {
      update: ({ selected }, before) => {
        if (selected?.slice !== before.selected?.slice || selected?.track !== before.selected?.track) show(selected);
      },
      destroy: () => region.destroy(),
    };
  },
};

/** An address may name any slice. */
function orNoSuchSlice(error: unknown): null {
  if (error instanceof RequestError && error.failure.code === 'ask_wrong') return null;
  throw error;
}

function drawSlice(slice: SliceDetails, texts: PanelTexts, context: PanelContext): HTMLElement[] {
  return [
    stepper(slice, texts, context),
    sideBySide(
      [...place(slice, texts, context), ...chain(slice, texts, context), ...arrows(slice, texts, context)],
      [...counterparts(slice, texts, context), ...similar(slice, texts)],
      [...facts(slice, texts), ...args(slice, texts)],
    ),
  ];
}

function place(slice: SliceDetails, { words, columns }: PanelTexts, context: PanelContext): HTMLElement[] {
  const { startNs, durNs, process, trackName, category, step, track } = slice;
  const pairs: readonly (readonly [string, string])[] = [
    [columns.at, `${formatDuration(startNs)} (${formatCount(startNs)} ns)`],
    [columns.duration, `${formatShortDuration(durNs)} (${formatCount(durNs)} ns)`],
    [
      words.track,
      [context.info.groups[context.info.tracks[track]?.group]?.label, process, trackName].filter(Boolean).join(' › '),
    ],
    [words.category, category],
    [columns.step, step ?? ''],
  ];
  const list = element('dl', 'pairs');
  for (const [label, value] of pairs) if (value !== '') list.append(element('dt', '', label), element('dd', '', value));
  return [list];
}

/** Its name, and the slices of that name before and after it. */
function stepper(
  { name, track, slice, startNs, durNs }: SliceDetails,
  { words }: PanelTexts,
  context: PanelContext,
): HTMLElement {
  const { api, run, goTo, announce } = context;
  const go = async (direction: -1 | 1): Promise<void> => {
    const { json } = await api.ask(run, 'neighbour', { track, slice, direction });
    if (json === null) announce(words.noMoreOfThem);
    else goTo(json.startNs, json.startNs + json.durNs, { track: json.track, slice: json.slice });
  };
  const zoom = button(words.showIt, () => goTo(startNs, startNs + durNs, { track, slice }));
  const press = (text: string, direction: -1 | 1): HTMLElement =>
    button(text, () => {
      go(direction).catch((error: unknown) => announce(String(error)));
    });
  return element(
    'div',
    'stepper',
    element('h3', 'slice-name', name),
    press(words.previous, -1),
    press(words.next, 1),
    zoom,
  );
}

/** From the framework's operator to the device, with the time from each to the next. */
function chain({ chain: places }: SliceDetails, { words }: PanelTexts, context: PanelContext): HTMLElement[] {
  if (places.length < 2) return [];
  const list = element('ol', 'chain');
  for (const place of places) {
    const entry = element('li', '', placeButton(place, context));
    if (place.latencyNs !== null) entry.prepend(element('small', 'latency', signedDuration(place.latencyNs)));
    list.append(entry);
  }
  return [element('h4', '', words.chain), list];
}

function signedDuration(ns: number): string {
  return `${ns < 0 ? '' : '+'}${formatShortDuration(ns)}`;
}

/** The same collective on every rank of its group. */
function counterparts(
  { counterparts: all }: SliceDetails,
  { words }: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  if (all.length === 0) return [];
  const list = element('ul', 'plain-list counterparts');
  for (const { rank, place, durNs, waitNs, transferNs, isThis } of all) {
    const [who, duration] = [words.rank(String(rank)), formatShortDuration(durNs)];
    const entry = element('li', '', element('span', 'quiet', `${who} `));
    if (isThis) entry.append(element('strong', '', `${words.thisOne} · ${duration}`));
    else if (place !== null) entry.append(placeButton(place, context));
    else entry.append(`${duration} · ${words.onlyInTable}`);
    if (waitNs !== null && transferNs !== null) {
      const [wait, transfer] = [waitNs, transferNs].map(formatShortDuration);
      entry.append(element('span', 'quiet', ` ${words.waitsAndTransfers(wait, transfer)}`));
    }
    list.append(entry);
  }
  const alone = all.length === 1 ? [element('p', 'quiet', words.noOtherSide)] : [];
  return [element('h4', '', words.counterparts), list, ...alone];
}

/** How long the same op takes, and where among them it is. */
function similar({ similar: own, durNs }: SliceDetails, { words, columns }: PanelTexts): HTMLElement[] {
  const { by, key: alike, count, leastNs, medianNs, mostNs, bins } = own;
  if (count < 2 || bins.length === 0) return [];
  const label = words.similar(by, formatCount(count), shortened(alike));
  if (leastNs === mostNs) {
    return [element('h4', '', label), element('p', '', words.allTake(formatCount(count), formatShortDuration(mostNs)))];
  }
  const widthNs = (mostNs - leastNs) / bins.length;
  const mine = Math.min(bins.length - 1, Math.floor((durNs - leastNs) / widthNs));
  const bars = bins.map((value, bin) => ({
    label: formatShortDuration(leastNs + bin * widthNs),
    told: `≥ ${formatShortDuration(leastNs + bin * widthNs)}: ${formatCount(value)}`,
    parts: [{ className: bin === mine ? 'fill-this' : 'fill-others', value }],
    isMarked: bin === mine,
  }));
  const [least, median, most] = [leastNs, medianNs, mostNs].map(formatShortDuration);
  const key = legend([{ className: 'swatch-mark', label: words.thisOne, told: formatShortDuration(durNs) }]);
  return [
    element('h4', '', label),
    element('p', '', words.spread(least, median, most)),
    key,
    stackedBars({ bars, label: `${label}, ${columns.duration}`, formatValue: formatCount, height: 110 }),
  ];
}

const LETTERS_OF_TITLE = 80;

function shortened(text: string): string {
  return text.length > LETTERS_OF_TITLE ? `${text.slice(0, LETTERS_OF_TITLE)}…` : text;
}

function facts({ facts: known }: SliceDetails, { words }: PanelTexts): HTMLElement[] {
  if (known.length === 0) return [];
  const list = element('dl', 'pairs');
  for (const { key, value } of known) list.append(element('dt', '', key), element('dd', '', value));
  return [element('h4', '', words.facts), list];
}

function args({ args: text }: SliceDetails, { words }: PanelTexts): HTMLElement[] {
  const entries = parseArgs(text);
  if (entries.length === 0) return [];
  return [element('h4', '', words.args), argsTree(entries, words.more)];
}

function arrows(
  { arrows: all, arrowCount }: SliceDetails,
  { words }: PanelTexts,
  context: PanelContext,
): HTMLElement[] {
  if (all.length === 0) return [];
  const list = element('ul', 'plain-list');
  for (const { name, isTo, place } of all) {
    const direction = element(
      'span',
      'quiet',
      `${isTo ? '→' : '←'} ${isTo ? words.arrowTo(name) : words.arrowFrom(name)} `,
    );
    list.append(element('li', '', direction, placeButton(place, context)));
  }
  const rest = arrowCount - all.length;
  const more = rest > 0 ? [element('p', 'quiet', words.moreArrows(formatCount(rest)))] : [];
  return [element('h4', '', words.arrows), list, ...more];
}
