import { viewerPanels } from '../../src/locale/viewer-panels.ts';
import type { Language } from '../../src/locale/index.ts';
import { type Child, element } from '../widgets/element.ts';

/** A part of a panel that shows an answer: that it waits for one, what went wrong, or what there is. */
export class Region {
  readonly element = element('div', 'region');
  readonly #language: Language;
  #pending: AbortController | undefined;

  constructor(language: Language) {
    this.#language = language;
  }

  /** Asks and draws what comes. A later call cancels this one; until its answer is there, what was drawn stays. */
  show<T>(ask: (signal: AbortSignal) => Promise<T>, draw: (answer: T) => readonly Child[]): void {
    this.#pending?.abort();
    const pending = new AbortController();
    this.#pending = pending;
    this.element.ariaBusy = 'true';
    if (!this.element.hasChildNodes()) this.say(viewerPanels[this.#language].waiting);
    void this.#fill(ask, draw, pending.signal);
  }

  /** Nothing is asked; this is said instead. */
  tell(...children: readonly Child[]): void {
    this.#pending?.abort();
    this.element.ariaBusy = 'false';
    this.element.replaceChildren(...children);
  }

  say(text: string): void {
    this.element.replaceChildren(element('p', 'quiet', text));
  }

  destroy(): void {
    this.#pending?.abort();
  }

  async #fill<T>(
    ask: (signal: AbortSignal) => Promise<T>,
    draw: (answer: T) => readonly Child[],
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const answer = await ask(signal);
      if (!signal.aborted) this.element.replaceChildren(...draw(answer));
    } catch (error) {
      if (!signal.aborted) this.element.replaceChildren(failure(error, viewerPanels[this.#language].failed));
    }
    if (!signal.aborted) this.element.ariaBusy = 'false';
  }
}

function failure(error: unknown, title: string): HTMLElement {
  const [message, hint] = error instanceof Error ? [error.message, hintOf(error)] : [String(error), ''];
  const box = element('div', 'failure', element('strong', '', title), element('p', '', message));
  if (hint !== '') box.append(element('p', 'quiet', hint));
  box.setAttribute('role', 'alert');
  return box;
}

function hintOf(error: Error): string {
  return 'hint' in error && typeof error.hint === 'string' ? error.hint : '';
}
