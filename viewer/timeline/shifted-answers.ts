import type { ViewState } from '../state.ts';
import type { Answers } from './answers.ts';
import type { Arrangement } from './arrangement.ts';
import { moved, type Shifts } from './shifts.ts';

/** What is known of ranks that are drawn with one shift is asked for by their own times. */
export class ShiftedAnswers {
  readonly #make: () => Answers;
  readonly #byShift = new Map<number, Answers>();

  constructor(make: () => Answers) {
    this.#make = make;
  }

  of(shiftNs: number): Answers {
    let answers = this.#byShift.get(shiftNs);
    if (answers === undefined) this.#byShift.set(shiftNs, (answers = this.#make()));
    return answers;
  }

  want(state: ViewState, arrangement: Arrangement, columnsInView: number, shifts: Shifts): void {
    const wanted = shifts.all;
    for (const [shiftNs, answers] of this.#byShift) {
      if (wanted.includes(shiftNs)) continue;
      answers.stop();
      this.#byShift.delete(shiftNs);
    }
    for (const shiftNs of wanted) {
      const own = { ...state, ...moved(state, -shiftNs) };
      this.of(shiftNs).want(own, arrangement, columnsInView, (track) => shifts.ofTrack(track) === shiftNs);
    }
  }

  repaint(): void {
    for (const answers of this.#byShift.values()) answers.repaint();
  }

  stop(): void {
    for (const answers of this.#byShift.values()) answers.stop();
  }
}
