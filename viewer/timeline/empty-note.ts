import type { PageWords } from '../../src/locale/viewer-page.ts';
import { element } from '../widgets/element.ts';

/** Says in the place of tracks why there are none. */
export class EmptyNote {
  readonly element = element('p', 'nothing quiet');
  readonly #words: PageWords;

  constructor(words: PageWords) {
    this.#words = words;
  }

  show(groupCount: number, rowCount: number): void {
    this.element.hidden = rowCount > 0;
    this.element.textContent = groupCount === 0 ? this.#words.emptyRun : this.#words.noTracks;
  }
}
