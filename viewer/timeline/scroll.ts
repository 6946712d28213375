import { element } from '../widgets/element.ts';

/**
 * How far rows are scrolled. It is kept here: a page that is asked for it in the middle of a picture lays itself out first.
 */
export class Scroll {
  readonly #body: HTMLElement;
  readonly #extent = element('div', 'timeline-extent');
  #px = 0;
  #extentPx = 0;

  constructor(body: HTMLElement, changed: () => void) {
    this.#body = body;
    body.append(this.#extent);
    const scrolled = (): void => {
      this.#px = body.scrollTop;
      changed();
    };
    body.addEventListener('scroll', scrolled, { passive: true });
  }

  get px(): number {
    return this.#px;
  }

  to(px: number): void {
    if (px === this.#px) return;
    this.#body.scrollTop = px;
    this.#px = this.#body.scrollTop;
  }

  /** How much there is below what is seen at first. */
  extend(px: number): void {
    if (px === this.#extentPx) return;
    this.#extentPx = px;
    this.#extent.style.height = `${px}px`;
    this.#px = this.#body.scrollTop;
  }
}
