/** Two ops of two ranks are drawn at the same place: the first is chosen, then the second, whose rank moves. */
import type { PageWords } from '../../src/locale/viewer-page.ts';
import type { SliceDetails } from '../../src/session/requests/protocol.ts';
import type { PanelContext } from '../panels/panel.ts';
import { button, element } from '../widgets/element.ts';
import { Shifts } from './shifts.ts';
import { exactTime } from './time-axis.ts';
import './alignment.css';

export class Alignment {
  /** Says that the drawing is moved, and nothing else. */
  readonly element = element('div', 'shift-note');
  readonly #context: PanelContext;
  readonly #words: PageWords;
  readonly #selected: () => SliceDetails | null;
  #fixed: SliceDetails | null = null;

  constructor(context: PanelContext, words: PageWords, selected: () => SliceDetails | null) {
    this.#context = context;
    this.#words = words;
    this.#selected = selected;
    this.element.append(
      element('span', '', words.onlyDrawn),
      button(words.commands['undo-align'], () => this.undo()),
    );
    this.update();
  }

  fix(): void {
    this.#fixed = this.#selected();
    const { announce } = this.#context;
    announce(this.#fixed === null ? this.#words.alignFirst : this.#words.alignFixed(this.#fixed.name));
  }

  align(): void {
    const [fixed, other] = [this.#fixed, this.#selected()];
    const { store, info, announce } = this.#context;
    if (fixed === null || other === null || this.#rankOf(fixed) === this.#rankOf(other)) {
      announce(this.#words.alignFirst);
      return;
    }
    const { shifts } = store.state;
    const rank = this.#rankOf(other);
    const shiftNs = fixed.startNs + new Shifts(info, shifts).ofTrack(fixed.track) - other.startNs;
    const others = shifts.filter((each) => each.rank !== rank);
    store.set({ shifts: shiftNs === 0 ? others : [...others, { rank, shiftNs }] });
    announce(`${this.#words.shifted(signed(shiftNs))}. ${this.#words.onlyDrawn}`);
  }

  undo(): void {
    this.#fixed = null;
    this.#context.store.set({ shifts: [] });
  }

  update(): void {
    this.element.hidden = this.#context.store.state.shifts.length === 0;
  }

  #rankOf({ track }: SliceDetails): number {
    const { groups, tracks } = this.#context.info;
    return groups[tracks[track].group].rank;
  }
}

export const signed = (timeNs: number): string => `${timeNs > 0 ? '+' : ''}${exactTime(timeNs)}`;
