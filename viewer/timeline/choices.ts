/** What somebody chose on the timeline - a slice, a bubble, a time, a group of ops - and what the run knows of it. */
import { formatShortDuration } from '../../src/report/format.ts';
import type { BubbleCause } from '../../src/analysis/bubbles/bubble.ts';
import type { PageWords } from '../../src/locale/viewer-page.ts';
import type { BubbleDetails, Place, SliceDetails } from '../../src/session/requests/protocol.ts';
import { groupingOf } from '../panels/op-grouping.ts';
import type { PanelContext } from '../panels/panel.ts';
import { type BubbleRef, isSameBubble, type SliceRef, type ViewState } from '../state.ts';
import type { Instances, Scene } from './scene.ts';
import { moved, Shifts } from './shifts.ts';
import { exactTime } from './time-axis.ts';
import { lengthOf, type TimeWindow, windowAround, windowShowing } from './time-window.ts';

const MOST_INSTANCES = 200_000;

export class Choices {
  isMeasuring = false;
  #measure: TimeWindow | null = null;
  #selected: SliceDetails | null = null;
  #bubble: BubbleDetails | null = null;
  #instances: Instances | null = null;
  /** Of a slice that was clicked what was seen of it. */
  #outlined: Place | null = null;
  readonly #context: PanelContext;
  readonly #words: PageWords;
  readonly #causes: ReadonlyMap<BubbleCause, string>;
  readonly #redraw: () => void;

  constructor(context: PanelContext, words: PageWords, causes: ReadonlyMap<BubbleCause, string>, redraw: () => void) {
    this.#context = context;
    this.#words = words;
    this.#causes = causes;
    this.#redraw = redraw;
    const { state } = context.store;
    if (state.selected !== null) void this.#learn(state.selected);
    if (state.bubble !== null) void this.#learnBubble(state.bubble);
    if (state.highlighted !== null) void this.#findInstances(state);
  }

  marks(): Pick<Scene, 'outlined' | 'selected' | 'bubble' | 'instances' | 'measure'> {
    return {
      ...{ outlined: this.#selected ?? this.#outlined, selected: this.#selected },
      ...{ bubble: this.#bubble, instances: this.#instances, measure: this.#measure },
    };
  }

  /** `known` is what is drawn of it, which is outlined before anything is asked. */
  selectSlice(ref: SliceRef, known?: Place): void {
    this.#outlined = known ?? null;
    this.#context.store.set({
      ...{ selected: { track: ref.track, slice: ref.slice }, bubble: null, area: null, panel: 'details' },
    });
    if (known !== undefined) this.#say(known);
    else void this.#placeOf(ref).then((place) => place && this.#say(place));
  }

  selectBubble({ device, row }: Pick<BubbleRef, 'device' | 'row'>): void {
    const bubble = { device, kind: 'device', row } as const;
    this.#context.store.set({ bubble, selected: null, area: null, panel: 'bubbles' });
  }

  /** Goes to the next bubble after the one chosen last, or else after the middle of what is in view. */
  async nextBubble(): Promise<void> {
    const { api, run, store, info } = this.#context;
    const { startNs, endNs } = store.state;
    const isSeen = this.#bubble !== null && this.#bubble.startNs < endNs && this.#bubble.startNs >= startNs;
    const afterNs = isSeen ? this.#bubble!.startNs : startNs;
    const { json } = await api.ask(run, 'nextBubble', { afterNs, kind: 'device', leastNs: 0 });
    if (json === null) {
      this.#context.announce(this.#words.noMoreBubbles);
      return;
    }
    const window = windowAround(this.#drawn(json, this.#shifts.ofDevice(json.device)), info.endNs, 1);
    store.set({
      ...window,
      bubble: { device: json.device, kind: 'device', row: json.row },
      selected: null,
    });
  }

  async neighbour(direction: -1 | 1): Promise<void> {
    const { api, run, store } = this.#context;
    const { selected } = store.state;
    if (selected === null) return;
    const { json } = await api.ask(run, 'neighbour', { ...selected, direction });
    if (json === null) this.#context.announce(this.#words.noMoreSame);
    else this.#goTo(json);
  }

  measure(): void {
    const chosen = this.chosenTime();
    this.isMeasuring = !this.isMeasuring;
    if (this.isMeasuring && chosen !== null) this.setMeasure(chosen);
    if (!this.isMeasuring) this.#measure = null;
    if (this.isMeasuring) {
      const { measuring, duration } = this.#words;
      const measured = chosen === null ? '' : `${duration} ${formatShortDuration(lengthOf(chosen))}. `;
      this.#context.announce(`${measured}${measuring}`);
    }
    this.#redraw();
  }

  setMeasure(window: TimeWindow, isDone = false): void {
    this.#measure = window;
    if (isDone) {
      const length = formatShortDuration(lengthOf(window));
      this.#context.announce(this.#words.measuredSaid(length, exactTime(window.startNs)));
    }
    this.#redraw();
  }

  clear(): void {
    this.isMeasuring = false;
    this.#measure = null;
    this.#context.store.set({ selected: null, bubble: null, area: null, highlighted: null });
    this.#redraw();
  }

  get selected(): SliceDetails | null {
    return this.#selected;
  }

  /** As it is drawn. */
  chosenTime(): TimeWindow | null {
    const slice = this.#selected ?? this.#outlined;
    if (slice !== null) return this.#drawn(slice, this.#shifts.ofTrack(slice.track));
    return this.#bubble === null ? null : this.#drawn(this.#bubble, this.#shifts.ofDevice(this.#bubble.device));
  }

  get #shifts(): Shifts {
    return new Shifts(this.#context.info, this.#context.store.state.shifts);
  }

  #drawn({ startNs, durNs }: { readonly startNs: number; readonly durNs: number }, shiftNs: number): TimeWindow {
    return moved({ startNs, endNs: startNs + durNs }, shiftNs);
  }

  changed(state: ViewState, before: ViewState): void {
    if (state.selected !== before.selected) {
      this.#selected = null;
      if (!isOf(this.#outlined, state.selected)) this.#outlined = null;
      if (state.selected !== null) void this.#learn(state.selected);
    }
    if (!isSameBubble(state.bubble, before.bubble)) {
      this.#bubble = null;
      if (state.bubble !== null) void this.#learnBubble(state.bubble).then(() => this.#sayBubble());
    }
    if (state.highlighted !== before.highlighted || (state.highlighted !== null && state.by !== before.by)) {
      void this.#findInstances(state);
    }
  }

  #placeOf(ref: SliceRef): Promise<SliceDetails | null> {
    return this.#context.slices.of(ref).catch(() => null);
  }

  async #learn(ref: SliceRef): Promise<void> {
    const details = await this.#placeOf(ref);
    if (!isOf(ref, this.#context.store.state.selected)) return;
    this.#selected = details;
    this.#redraw();
  }

  async #findInstances({ by, highlighted }: ViewState): Promise<void> {
    this.#instances = null;
    if (highlighted !== null) {
      const { api, run, store } = this.#context;
      const answer = await api.ask(run, 'instances', { by: groupingOf(by), key: highlighted, limit: MOST_INSTANCES });
      if (store.state.highlighted === highlighted) this.#instances = answer.columns;
    }
    this.#redraw();
  }

  async #learnBubble(ref: BubbleRef): Promise<void> {
    const { api, run, store } = this.#context;
    const bubble = await api.ask(run, 'bubble', ref).then(
      ({ json }) => json,
      () => null,
    );
    if (!isSameBubble(store.state.bubble, ref)) return;
    this.#bubble = bubble;
    this.#redraw();
  }

  #sayBubble(): void {
    const bubble = this.#bubble;
    if (bubble === null) return;
    const { label = '' } = this.#context.info.devices[bubble.device] ?? {};
    const cause = this.#causes.get(bubble.cause) ?? bubble.cause;
    this.#context.announce(this.#words.bubbleSaid(cause, formatShortDuration(bubble.durNs), label));
  }

  /** As near as it was looked at before. */
  #goTo(place: Place): void {
    const { store, info } = this.#context;
    const shown = this.#drawn(place, this.#shifts.ofTrack(place.track));
    const { startNs, endNs } = windowShowing(store.state, shown, info.endNs);
    store.set({ selected: { track: place.track, slice: place.slice }, startNs, endNs });
    this.#say(place);
  }

  #say({ name, durNs, startNs }: Place): void {
    this.#context.announce(this.#words.selectedSaid(name, formatShortDuration(durNs), exactTime(startNs)));
  }
}

const isOf = (a: SliceRef | null, b: SliceRef | null): boolean => a?.track === b?.track && a?.slice === b?.slice;
