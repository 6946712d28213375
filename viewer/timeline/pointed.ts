/** What is under the pointer, and the card that says so. */
import { formatAmount, formatDuration, formatShare } from '../../src/report/format.ts';
import type { BubbleCause } from '../../src/analysis/index.ts';
import type { PageWords } from '../../src/locale/viewer-page.ts';
import type { RunInfo } from '../../src/session/requests/protocol.ts';
import { element } from '../widgets/element.ts';
import type { Arrangement } from './arrangement.ts';
import type { Answers } from './answers.ts';
import { CAUSE_SIGNS } from './cause-signs.ts';
import type { InstantMark } from './draw/instants.ts';
import type { DrawnBubble } from './device-answer.ts';
import type { Point } from './gestures.ts';
import { trackName } from './track-names.ts';
import { type Hit, sliceAt } from './hit-test.ts';
import { HEIGHTS } from './rows.ts';
import type { Shifts } from './shifts.ts';
import { exactTime } from './time-axis.ts';
import type { TimeScale } from './time-window.ts';
import './pointed.css';

export type Pointed =
  | { readonly kind: 'slice'; readonly track: number; readonly hit: Hit }
  | { readonly kind: 'bubble'; readonly bubble: DrawnBubble }
  | { readonly kind: 'device'; readonly computing: number; readonly exposed: number; readonly idle: number }
  | { readonly kind: 'counter'; readonly track: number; readonly value: number }
  | { readonly kind: 'instant'; readonly mark: InstantMark }
  | null;

export function pointedAt(
  point: Point,
  arrangement: Arrangement,
  shifts: Shifts,
  answersOf: (shiftNs: number) => Answers,
  scale: TimeScale,
  { tracks }: RunInfo,
): Pointed {
  const placed = arrangement.at(point.y);
  if (placed === undefined) return null;
  const { row, yPx } = placed;
  const shiftNs = shifts.ofRow(row);
  const timeNs = scale.timeAt(point.x) - shiftNs;
  const answers = answersOf(shiftNs);
  switch (row.kind) {
    case 'group': {
      const { device } = row.group;
      const bubble = answers.devices?.answer.bubbleAt(device, timeNs);
      if (bubble !== undefined) return { kind: 'bubble', bubble };
      const shares = device < 0 ? undefined : answers.devices?.answer.sharesAt(device, timeNs);
      return shares === undefined ? null : { kind: 'device', ...shares };
    }
    case 'process':
      return null;
    case 'track': {
      const mark = answers.instants?.at(tracks[row.track], row.track, timeNs, point.y - yPx, scale.nsPerPx);
      if (mark !== undefined) return { kind: 'instant', mark };
      const value = answers.counters?.lastAt(row.track, timeNs);
      if (value !== undefined && !Number.isNaN(value)) return { kind: 'counter', track: row.track, value };
      const answer = answers.slices?.answer;
      const rows = answer?.rowsOf(row.track);
      const at = Math.floor((point.y - yPx) / HEIGHTS.slices);
      if (answer === undefined || rows === undefined || at >= rows.count) return null;
      const hit = sliceAt(answer, rows.first + at, timeNs, scale.nsPerPx);
      return hit === undefined ? null : { kind: 'slice', track: row.track, hit };
    }
  }
}

/** Name, duration and start of what is pointed at; beside the pointer and never under it. */
export class Card {
  readonly element = element('div', 'card');
  readonly #info: RunInfo;
  readonly #words: PageWords;
  readonly #causes: ReadonlyMap<BubbleCause, string>;

  constructor(info: RunInfo, words: PageWords, causes: ReadonlyMap<BubbleCause, string>) {
    this.#info = info;
    this.#words = words;
    this.#causes = causes;
    this.element.hidden = true;
    this.element.setAttribute('aria-hidden', 'true');
  }

  hide(): void {
    this.element.hidden = true;
  }

  show(title: string, lines: readonly string[], { x, y }: Point): void {
    this.element.replaceChildren(element('strong', '', title), ...lines.map((line) => element('div', 'quiet', line)));
    this.element.hidden = false;
    const { clientWidth = 0, clientHeight = 0 } = this.element.parentElement ?? {};
    const left = x + 14 + this.element.offsetWidth > clientWidth ? x - 14 - this.element.offsetWidth : x + 14;
    const top = Math.min(y + 16, clientHeight - this.element.offsetHeight - 4);
    this.element.style.transform = `translate(${Math.max(left, 4)}px, ${Math.max(top, 4)}px)`;
  }

  showSlice(slice: { name: string; startNs: number; durNs: number }, isExact: boolean, at: Point): void {
    const more = isExact ? '' : ` · ${this.#words.several}`;
    const lines = [`${formatDuration(slice.durNs)}${more}`, `${this.#words.start} ${exactTime(slice.startNs)}`];
    this.show(slice.name, lines, at);
  }

  /** A slice that is not exactly known is told by `showSlice` when it is. */
  tell(pointed: NonNullable<Pointed>, at: Point): void {
    const { computing, exposed, idle, bubble, start } = this.#words;
    switch (pointed.kind) {
      case 'slice':
        if (pointed.hit.isExact) this.showSlice(pointed.hit, true, at);
        break;
      case 'bubble': {
        const { cause, durNs, startNs } = pointed.bubble;
        const title = `${CAUSE_SIGNS[cause].letter} · ${this.#causes.get(cause) ?? cause}`;
        this.show(title, [`${bubble} ${formatDuration(durNs)}`, `${start} ${exactTime(startNs)}`], at);
        break;
      }
      case 'device': {
        const rest = [`${exposed} ${formatShare(pointed.exposed)}`, `${idle} ${formatShare(pointed.idle)}`];
        this.show(`${computing} ${formatShare(pointed.computing)}`, rest, at);
        break;
      }
      case 'counter': {
        const { unit } = this.#info.tracks[pointed.track];
        this.show(formatAmount(pointed.value, unit), [trackName(this.#info, pointed.track)], at);
        break;
      }
      case 'instant': {
        const { name, timeNs, count } = pointed.mark;
        const more = count > 1 ? [this.#words.moreMarks(count - 1)] : [];
        this.show(name, [exactTime(timeNs), ...more], at);
      }
    }
  }
}
