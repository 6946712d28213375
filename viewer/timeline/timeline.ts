/** The timeline: what is drawn, what is asked for it, and what hands and keys do with it. */
import { reportWords } from '../../src/locale/report-words.ts';
import type { PageWords } from '../../src/locale/viewer-page.ts';
import type { Place } from '../../src/session/requests/protocol.ts';
import type { PanelContext } from '../panels/panel.ts';
import type { Area, SliceRef, ViewState } from '../state.ts';
import { element } from '../widgets/element.ts';
import { tracksBetween } from './area.ts';
import { Alignment } from './alignment.ts';
import { Answers } from './answers.ts';
import { Arrangement, type PlacedRow } from './arrangement.ts';
import { Choices } from './choices.ts';
import { DeviceSteps, stepName } from './device-steps.ts';
import { causeNames } from './draw/devices.ts';
import { Labels } from './draw/labels.ts';
import { drawPicture } from './draw/picture.ts';
import { EmptyNote } from './empty-note.ts';
import { type GestureTarget, listenToGestures, type Point } from './gestures.ts';
import { Gutter } from './gutter.ts';
import type { Picture } from '../export/sheet.ts';
import { namesDivider } from './names-width.ts';
import { Overview } from './overview.ts';
import { readPalette } from './palette.ts';
import { Card, pointedAt } from './pointed.ts';
import { listenToRowDrags } from './row-drag.ts';
import { RowMoves } from './row-moves.ts';
import { Pointing } from './pointing.ts';
import { Ruler } from './ruler.ts';
import type { Scene } from './scene.ts';
import { Scroll } from './scroll.ts';
import { ShiftedAnswers } from './shifted-answers.ts';
import { moved, Shifts } from './shifts.ts';
import { ShownTracks } from './shown-tracks.ts';
import { SliceList, slicesInView } from './slice-list.ts';
import { SpokenWindow } from './spoken-window.ts';
import { fitWindow, type TimeScale, timeScale, type TimeWindow, wholeWindow, windowAround } from './time-window.ts';
import { ZoomHistory } from './zoom-history.ts';
import './timeline.css';

const FONT_PX = 12;

export class Timeline implements GestureTarget {
  readonly element = element('section', 'timeline');
  /** Where the page puts the filter of tracks. */
  readonly corner = element('div', 'overview-corner');
  readonly choices: Choices;
  readonly alignment: Alignment;
  readonly tracks: ShownTracks;
  readonly zooms = new ZoomHistory();
  readonly #context: PanelContext;
  readonly #words: PageWords;
  readonly #canvas = element('canvas', 'tracks-canvas');
  readonly #drawing: CanvasRenderingContext2D;
  readonly #labels: Labels;
  readonly #body = element('div', 'timeline-body');
  readonly #view = element('div', 'timeline-view');
  readonly #scroll: Scroll;
  readonly #list: SliceList;
  readonly #empty: EmptyNote;
  readonly #spoken: SpokenWindow;
  readonly #gutter: Gutter;
  readonly #ruler = new Ruler();
  readonly #overview: Overview;
  readonly #card: Card;
  readonly #pointing: Pointing;
  readonly #answers: ShiftedAnswers;
  readonly #causes;
  readonly #moves: RowMoves;
  readonly #steps: DeviceSteps;
  readonly #resizes: ResizeObserver;
  readonly #stopListening: () => void;
  #palette = readPalette(document.documentElement);
  #frame = 0;
  #widthPx = 1;
  #heightPx = 1;

  constructor(context: PanelContext, words: PageWords) {
    this.#context = context;
    this.#words = words;
    const { info, store, api, run } = context;
    const drawing = this.#canvas.getContext('2d', { alpha: false });
    if (drawing === null) throw new Error('no canvas');
    this.#drawing = drawing;
    this.#labels = new Labels(drawing);
    this.#causes = causeNames(reportWords[context.language].causes);
    this.tracks = new ShownTracks(info, store);
    this.#moves = new RowMoves(this.tracks, context, words);
    this.#steps = new DeviceSteps(info.steps);
    this.#card = new Card(info, words, this.#causes);
    this.#pointing = new Pointing(this.#canvas, this.#card, context.slices);
    this.#empty = new EmptyNote(words);
    this.#spoken = new SpokenWindow(words, context.announce);
    const redraw = (): void => this.redraw();
    this.#body.append(this.#view);
    this.#scroll = new Scroll(this.#body, redraw);
    this.choices = new Choices(context, words, this.#causes, redraw);
    this.#list = new SliceList(info, words, (slice) => this.choices.selectSlice(slice));
    this.alignment = new Alignment(context, words, () => this.choices.selected);
    const failed = (why: unknown): void => context.announce(words.failed(String(why)));
    this.#answers = new ShiftedAnswers(() => new Answers(api, run, info, () => this.#palette, redraw, failed));
    this.#gutter = new Gutter(info, words, this.tracks);
    this.#overview = new Overview(info.endNs, words.overview, (window) => this.setWindow(window));
    this.#resizes = new ResizeObserver(() => this.#resized());
    this.#build();
    listenToGestures(this.#canvas, this);
    this.#stopListening = store.listen((state, before) => this.#changed(state, before));
  }

  /** Once it is in the page: asks for what is seen before anybody else asks for anything. */
  start(): void {
    this.#resized();
    const { api, run, info } = this.#context;
    void this.#overview.load(api, run, info.devices.length, this.#palette, devicePixelRatio).catch(() => undefined);
  }

  /** Draws once before the next picture of the screen, however often it is called. */
  redraw(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#stopListening();
    this.#resizes.disconnect();
    this.#answers.stop();
    this.#pointing.stop();
    this.#spoken.stop();
    this.element.remove();
  }

  focus(): void {
    this.#canvas.focus({ preventScroll: true });
  }

  themeChanged(): void {
    this.#palette = readPalette(document.documentElement);
    this.#answers.repaint();
    this.#overview.paint(this.#context.info.devices.length, this.#palette, devicePixelRatio);
    this.redraw();
  }

  // What gestures and commands ask for.

  now(): { window: TimeWindow; widthPx: number; runEndNs: number } {
    return { window: this.#context.store.state, widthPx: this.#widthPx, runEndNs: this.#context.info.endNs };
  }

  setWindow(window: TimeWindow): void {
    const fitted = fitWindow(window, this.#context.info.endNs);
    this.#context.store.set(fitted, this.zooms.isNew(performance.now()) ? 'push' : 'replace');
  }

  scrollBy(px: number): void {
    this.#scroll.to(this.#scroll.px + px);
  }

  isMeasuring(): boolean {
    return this.choices.isMeasuring;
  }

  click(at: Point): void {
    this.focus();
    const pointed = this.#pointedAt(at);
    if (pointed?.kind === 'slice') {
      const { track, hit } = pointed;
      this.choices.selectSlice({ track, slice: hit.slice }, hit.isExact ? { ...hit, track } : undefined);
    } else if (pointed?.kind === 'bubble') this.choices.selectBubble(pointed.bubble);
    // All of its name, with when each was.
    else if (pointed?.kind === 'instant') this.#context.store.set({ search: pointed.mark.name, panel: 'search' });
    else this.choices.clear();
  }

  doubleClick(at: Point): void {
    const pointed = this.#pointedAt(at);
    const show = ({ startNs, durNs }: Pick<Place, 'startNs' | 'durNs'>, shiftNs: number): void =>
      this.setWindow(windowAround(moved({ startNs, endNs: startNs + durNs }, shiftNs), this.#context.info.endNs));
    if (pointed?.kind === 'bubble') show(pointed.bubble, this.#shifts.ofDevice(pointed.bubble.device));
    if (pointed?.kind !== 'slice') return;
    const { track, hit } = pointed;
    const shiftNs = this.#shifts.ofTrack(track);
    if (hit.isExact) show(hit, shiftNs);
    else
      void this.#context.slices.of({ track, slice: hit.slice }).then(
        (slice) => show(slice, shiftNs),
        () => undefined,
      );
  }

  hover(at: Point | null): void {
    this.#pointing.at = at;
    this.redraw();
  }

  drag(kind: 'area' | 'measure', from: Point, to: Point, isDone: boolean): void {
    const scale = this.#scale();
    const [startNs, endNs] = [from.x, to.x].map((x) => Math.round(scale.timeAt(x))).sort((a, b) => a - b);
    if (endNs <= startNs) return;
    if (kind === 'measure') {
      this.choices.setMeasure({ startNs, endNs }, isDone);
      return;
    }
    const all = tracksBetween(this.#arrangement(), this.tracks.tree, from.y, to.y);
    // Times are those of one clock: that of the track it begins on.
    const shiftNs = this.#shifts.ofTrack((from.y <= to.y ? all[0] : all.at(-1)) ?? 0);
    const tracks = all.filter((track) => this.#shifts.ofTrack(track) === shiftNs);
    const area: Area = { ...moved({ startNs, endNs }, -shiftNs), tracks };
    this.#context.store.set(isDone ? { area, panel: 'selection' } : { area }, 'replace');
  }

  fit(): void {
    const { store, info } = this.#context;
    const { area } = store.state;
    const chosen = area === null ? this.choices.chosenTime() : moved(area, this.#shifts.ofTrack(area.tracks[0] ?? 0));
    const whole = wholeWindow(info.endNs);
    const wanted = chosen === null ? whole : windowAround(chosen, info.endNs);
    const isThere = wanted.startNs === store.state.startNs && wanted.endNs === store.state.endNs;
    this.setWindow(isThere ? whole : wanted);
  }

  resetOrder(): void {
    this.tracks.inCapturedOrder();
    this.#context.announce(this.#words.asCaptured);
  }

  /** Moves the row whose name has the focus, or else that of the selected slice. */
  moveRow(by: -1 | 1): void {
    const { selected } = this.#context.store.state;
    const placed =
      this.#gutter.focusedRow ?? (selected === null ? undefined : this.#arrangement().ofTrack(selected.track));
    if (placed === undefined) {
      this.#context.announce(this.#words.moveWhat);
      return;
    }
    this.#moves.step(placed, by);
    const node = this.tracks.nodeOf(placed.row);
    this.#sizeExtent();
    if (!placed.isPinned) this.#scrollTo(this.#arrangement().find((row) => this.tracks.nodeOf(row) === node));
  }

  toggleList(): void {
    this.#list.toggle(() => this.#slicesInView());
  }

  scrollToTrack(track: number): void {
    this.#scrollTo(this.#arrangement().ofTrack(track));
  }

  #scrollTo(placed: PlacedRow | undefined): void {
    if (placed === undefined || placed.isPinned) return;
    const { fixedPx } = this.#arrangement();
    const isSeen = placed.yPx >= fixedPx && placed.yPx + Math.min(placed.row.heightPx, 60) <= this.#heightPx;
    if (!isSeen) this.scrollBy(placed.yPx - fixedPx - (this.#heightPx - fixedPx) / 3);
  }

  /** Where keys zoom: at the pointer while it is over the tracks, else in the middle. */
  get pointerShare(): number {
    return this.#pointing.at === null ? 0.5 : this.#pointing.at.x / this.#widthPx;
  }

  /** What is seen now, to be drawn elsewhere. */
  picture(): Picture {
    const arrangement = this.#arrangement();
    return {
      scene: { ...this.#scene(arrangement, this.#context.store.state), pointerNs: null },
      ...{ scale: this.#scale(), palette: this.#palette, labels: this.#labels, measure: this.#drawing },
      heightPx: Math.min(this.#heightPx, arrangement.wholePx),
    };
  }

  #build(): void {
    const { timeline, timelineHint } = this.#words;
    this.element.setAttribute('aria-label', timeline);
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute('role', 'application');
    this.#canvas.setAttribute('aria-label', `${timeline}. ${timelineHint}`);
    const notes = [this.#empty.element, this.alignment.element, this.#card.element];
    const plot = element('div', 'timeline-plot', this.#canvas, ...notes);
    const divider = namesDivider(this.element, this.#gutter.element, this.#words.namesSize);
    this.#view.append(this.#gutter.element, plot, divider, this.#dropLine());
    for (const each of [this.#body, plot]) this.#resizes.observe(each);
    const axis = element('div', 'ruler-place', this.#ruler.element);
    this.element.append(this.corner, this.#overview.element, this.#ruler.corner, axis, this.#body, this.#list.element);
  }

  #dropLine(): HTMLElement {
    return listenToRowDrags(this.#gutter.element, {
      rowAt: (yPx) => this.#arrangement().at(yPx),
      movable: (placed) => this.#moves.movable(placed),
      topPx: (isPinned) => this.#arrangement().topPx(isPinned),
      seen: (isPinned) => this.#arrangement().seen(isPinned),
      drop: (movable, gap) => this.#moves.drop(movable, gap),
    });
  }

  #changed(state: ViewState, before: ViewState): void {
    const isMoved = state.startNs !== before.startNs || state.endNs !== before.endNs;
    if (isMoved) {
      this.zooms.changed(before, performance.now());
      this.#spoken.changed(state);
    }
    if (this.tracks.changed(state, before) && state.trackFilter !== before.trackFilter) this.#scroll.to(0);
    this.alignment.update();
    this.choices.changed(state, before);
    if (state.selected !== null && state.selected !== before.selected) this.#reveal(state.selected);
    const { bubble } = state;
    if (bubble !== null && bubble !== before.bubble) {
      this.#scrollTo(this.#arrangement().find((row) => row.kind === 'group' && row.group.device === bubble.device));
    }
    this.redraw();
  }

  /** Opens what a selected slice is folded into. */
  #reveal({ track }: SliceRef): void {
    this.tracks.open(track);
    this.#sizeExtent();
    this.scrollToTrack(track);
  }

  #resized(): void {
    const plot = this.#canvas.parentElement!;
    this.#widthPx = Math.max(plot.clientWidth, 1);
    this.#heightPx = Math.max(this.#body.clientHeight, 1);
    this.#canvas.style.width = `${this.#widthPx}px`;
    this.#canvas.style.height = `${this.#heightPx}px`;
    this.#view.style.height = `${this.#heightPx}px`;
    this.#draw();
  }

  get #shifts(): Shifts {
    return new Shifts(this.#context.info, this.#context.store.state.shifts);
  }

  #scale(): TimeScale {
    return timeScale(this.#context.store.state, this.#widthPx);
  }

  #arrangement(): Arrangement {
    const hasSteps = this.#context.info.steps.length > 0;
    return new Arrangement(this.tracks.main, this.tracks.pinned, hasSteps, this.#scroll.px, this.#heightPx);
  }

  #sizeExtent(): void {
    const whole = this.#arrangement().wholePx;
    this.#scroll.extend(Math.max(0, whole - this.#heightPx));
  }

  #draw(): void {
    this.#sizeExtent();
    const { state } = this.#context.store;
    const arrangement = this.#arrangement();
    const scale = this.#scale();
    const pixelRatio = devicePixelRatio;
    const [width, height] = [Math.round(this.#widthPx * pixelRatio), Math.round(this.#heightPx * pixelRatio)];
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    const context = this.#drawing;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.imageSmoothingEnabled = false;
    context.textBaseline = 'middle';
    context.font = `${FONT_PX}px ${this.#palette.font}`;
    const frame = { context, scale, palette: this.#palette, pixelRatio, heightPx: this.#heightPx };
    drawPicture(frame, this.#labels, this.#scene(arrangement, state));
    this.#ruler.show(scale);
    this.#overview.show(state, this.#widthPx);
    this.#gutter.show(arrangement, this.#shifts);
    this.#empty.show(this.tracks.tree.length, this.tracks.main.rows.length);
    this.#answers.want(state, arrangement, width, this.#shifts);
    this.#list.show(() => this.#slicesInView());
    this.#pointing.tell(this.#pointing.at === null ? null : this.#pointedAt(this.#pointing.at));
  }

  #scene(arrangement: Arrangement, state: ViewState): Scene {
    const { info, language } = this.#context;
    const { phases } = reportWords[language];
    const track = state.selected?.track;
    const device = track === undefined ? -1 : info.groups[info.tracks[track].group].device;
    return {
      ...{ info, state, arrangement, shifts: this.#shifts, steps: this.#steps.of(device), causes: this.#causes },
      answersOf: (shiftNs) => this.#answers.of(shiftNs),
      ...this.choices.marks(),
      pointerNs: this.#pointing.at === null ? null : this.#scale().timeAt(this.#pointing.at.x),
      stepName: (step) => stepName(step, phases),
    };
  }

  #pointedAt(at: Point) {
    const answersOf = (shiftNs: number): Answers => this.#answers.of(shiftNs);
    return pointedAt(at, this.#arrangement(), this.#shifts, answersOf, this.#scale(), this.#context.info);
  }

  #slicesInView() {
    const answerOf = (shiftNs: number) => this.#answers.of(shiftNs).slices?.answer;
    return slicesInView(answerOf, this.#arrangement(), this.#context.store.state, this.#shifts);
  }
}
