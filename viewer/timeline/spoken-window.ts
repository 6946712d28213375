import { formatShortDuration } from '../../src/report/format.ts';
import type { PageWords } from '../../src/locale/viewer-page.ts';
import { exactTime } from './time-axis.ts';
import { lengthOf, type TimeWindow } from './time-window.ts';

const STILL_MS = 700;

/** Says which time is in view, once it stands still. */
export class SpokenWindow {
  readonly #words: PageWords;
  readonly #say: (text: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(words: PageWords, say: (text: string) => void) {
    this.#words = words;
    this.#say = say;
  }

  changed(window: TimeWindow): void {
    this.stop();
    const text = this.#words.windowSaid(exactTime(window.startNs), formatShortDuration(lengthOf(window)));
    this.#timer = setTimeout(() => this.#say(text), STILL_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
