/** Stacks of the host: where its threads spent their time, and what of the devices' time each frame launched. */
import { MEASURES } from '../../src/analysis/host/measures.ts';
import { formatCount, formatShare, formatShortDuration } from '../../src/report/format.ts';
import type { AnswerTo } from '../../src/session/requests/protocol.ts';
import type { ViewState } from '../state.ts';
import { button, type Child, element, labelled, searchField, select } from '../widgets/element.ts';
import { type FoundFrames, foundIn, type Frames } from '../widgets/flame-layout.ts';
import { FlamePicture } from '../widgets/flame-picture.ts';
import { missing } from './missing.ts';
import type { Panel, PanelContext } from './panel.ts';
import { type PanelTexts, textsIn } from './panel-texts.ts';
import { Region } from './region.ts';

const FRAMES_AT_MOST = 20_000;

type Stacks = AnswerTo<'flame'>;

export const flamePanel: Panel = {
  id: 'flame',
  create(root, context) {
    const { api, run, language, store } = context;
    const texts = textsIn(language);
    const { words } = texts;
    const region = new Region(language);
    const found = element('span', 'quiet');
    let drawn: DrawnStacks | undefined;
    const look = (): void => {
      const { count, share } = drawn?.look(store.state) ?? NONE_FOUND;
      const isSearched = drawn !== undefined && store.state.stackSearch.trim() !== '';
      found.textContent = isSearched ? words.foundFrames(formatCount(count), formatShare(share)) : '';
    };
    const show = (): void =>
      region.show(
        (signal) => api.ask(run, 'flame', { measure: store.state.stackMeasure, limit: FRAMES_AT_MOST }, signal),
        (stacks) => {
          drawn?.picture.destroy();
          drawn = stacks.columns.parent.length === 0 ? undefined : new DrawnStacks(stacks, texts, context);
          look();
          return drawn?.shown ?? [missing('stacks', texts)];
        },
      );
    const choices = MEASURES.map((id) => ({ id, text: words.measures[id] }));
    const measure = select(choices, store.state.stackMeasure, (stackMeasure) => store.set({ stackMeasure }));
    const search = searchField(store.state.stackSearch, words.findFrames, (stackSearch) => {
      store.set({ stackSearch }, 'replace');
      context.announce(found.textContent);
    });
    search.addEventListener('keydown', ({ key }) => key === 'Enter' && drawn?.openWidest(store.state));
    root.append(element('div', 'controls', labelled(words.widthIs, measure), search, found), region.element);
    show();
    return {
      update: (state, before) => {
        measure.value = state.stackMeasure;
        if (search.value !== state.stackSearch && document.activeElement !== search) search.value = state.stackSearch;
        if (state.stackMeasure !== before.stackMeasure) show();
        else if (state.stack !== before.stack || state.stackSearch !== before.stackSearch) look();
      },
      destroy: () => {
        drawn?.picture.destroy();
        region.destroy();
      },
    };
  },
};

const NONE_FOUND: FoundFrames = { count: 0, widest: -1, share: 0 };

class DrawnStacks {
  readonly picture: FlamePicture;
  readonly shown: readonly Child[];
  readonly #frames: Frames;
  readonly #stacks: Stacks;
  readonly #context: PanelContext;
  readonly #whole: HTMLButtonElement;

  constructor(stacks: Stacks, texts: PanelTexts, context: PanelContext) {
    this.#stacks = stacks;
    this.#context = context;
    const { words } = texts;
    const { json, columns } = stacks;
    const measure = context.store.state.stackMeasure;
    this.#frames = { parent: columns.parent, width: measure === 'host' ? columns.hostNs : columns.deviceNs };
    const tell = teller(stacks, texts);
    const about = element('div', 'readout', element('p', 'quiet', words.flameHint));
    this.#whole = button(words.wholeStack, () => this.#open(-1), 'quiet-button');
    this.#whole.hidden = true;
    this.picture = new FlamePicture({
      ...this.#frames,
      label: `${words.flamePicture}. ${words.flameHint}`,
      nameOf: (frame) => this.#nameOf(frame),
      tell,
      announce: context.announce,
      onFocus: (frame) => this.#open(frame),
      onCurrent: (frame) =>
        about.replaceChildren(
          ...(frame < 0 ? [element('p', 'quiet', words.flameHint)] : describe(frame, stacks, tell, texts, context)),
        ),
    });
    const launched = words.launchedOf(formatShortDuration(json.launchedNs), formatShortDuration(json.deviceNs));
    const left = json.frameCount - columns.parent.length;
    const notes = [launched, ...(left > 0 ? [words.smallFrames(formatCount(left))] : [])].join(' ');
    const head = element('div', 'controls', element('span', 'quiet', notes), this.#whole);
    this.shown = [head, this.picture.element, about];
  }

  /** What the state asks for. */
  look({ stack, stackSearch }: ViewState): FoundFrames {
    const { track, slice } = this.#stacks.columns;
    const focus =
      stack === null ? -1 : track.findIndex((each, at) => each === stack.track && slice[at] === stack.slice);
    const wanted = wantedName(stackSearch);
    const isFound = (frame: number): boolean => this.#nameOf(frame).toLowerCase().includes(wanted);
    this.#whole.hidden = focus < 0;
    this.picture.look(focus, wanted === '' ? undefined : isFound);
    return wanted === '' ? NONE_FOUND : foundIn(this.#frames, isFound);
  }

  openWidest({ stackSearch }: ViewState): void {
    const wanted = wantedName(stackSearch);
    const { widest } = foundIn(this.#frames, (frame) => this.#nameOf(frame).toLowerCase().includes(wanted));
    if (wanted === '' || widest < 0) return;
    this.#open(widest);
    this.picture.element.focus();
  }

  #nameOf(frame: number): string {
    return this.#stacks.json.names[this.#stacks.columns.name[frame]];
  }

  #open(frame: number): void {
    const { track, slice } = this.#stacks.columns;
    const stack = frame < 0 ? null : { track: track[frame], slice: slice[frame] };
    this.#context.store.set(stack === null ? { stack } : { stack, selected: stack });
  }
}

const wantedName = (search: string): string => search.trim().toLowerCase();

function describe(
  frame: number,
  { json, columns }: Stacks,
  tell: (frame: number) => string,
  { words }: PanelTexts,
  { goTo, store }: PanelContext,
): Child[] {
  const [startNs, durNs] = [columns.startNs[frame], columns.durNs[frame]];
  const selected = { track: columns.track[frame], slice: columns.slice[frame] };
  return [
    element('p', '', tell(frame)),
    element(
      'div',
      'controls',
      button(words.longestOne, () => goTo(startNs, startNs + durNs, selected)),
      button(words.findName, () => store.set({ panel: 'search', search: json.names[columns.name[frame]] })),
    ),
  ];
}

function teller({ json, columns }: Stacks, { words }: PanelTexts): (frame: number) => string {
  const sumOfRoots = (ns: ArrayLike<number>): number => {
    let sum = 0;
    for (let frame = 0; frame < columns.parent.length; frame++) if (columns.parent[frame] < 0) sum += ns[frame];
    return sum;
  };
  const [hostNs, deviceNs] = [sumOfRoots(columns.hostNs), sumOfRoots(columns.deviceNs)];
  const share = (ns: number, allNs: number): string => formatShare(allNs === 0 ? 0 : ns / allNs);
  return (frame) => {
    const host = columns.hostNs[frame];
    const device = columns.deviceNs[frame];
    return [
      json.names[columns.name[frame]],
      words.hostTime(formatShortDuration(host), formatShortDuration(columns.hostSelfNs[frame]), share(host, hostNs)),
      words.deviceTime(formatShortDuration(device), share(device, deviceNs), formatCount(columns.launchCount[frame])),
      words.slicesOfFrame(formatCount(columns.count[frame])),
    ].join(' · ');
  };
}
