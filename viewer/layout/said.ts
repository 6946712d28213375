import { element } from '../widgets/element.ts';
import './said.css';

const SHOWN_MS = 3000;

/** What is told to programs that read the screen, and short notes that everybody sees. */
export class Said {
  readonly element = element('div', 'said');
  readonly #live = element('div', 'unseen');
  readonly #note = element('div', 'note');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.#live.setAttribute('role', 'status');
    this.#live.setAttribute('aria-live', 'polite');
    this.#note.setAttribute('aria-hidden', 'true');
    this.#note.hidden = true;
    this.element.append(this.#live, this.#note);
  }

  say(text: string): void {
    this.#live.textContent = text;
  }

  show(text: string): void {
    this.say(text);
    this.#note.textContent = text;
    this.#note.hidden = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#note.hidden = true), SHOWN_MS);
  }
}
