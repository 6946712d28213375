import type { Series } from './recording.ts';

/** Reads a series scrape by scrape, forwards. */
export class Cursor {
  readonly #series: Series | undefined;
  #at = 0;

  constructor(series: Series | undefined) {
    this.#series = series;
  }

  /** NaN where it has none. Scrapes have to be asked for in their order. */
  at(scrape: number): number {
    if (this.#series === undefined) return Number.NaN;
    const { scrapes, values } = this.#series;
    while (this.#at < scrapes.length && scrapes[this.#at] < scrape) this.#at++;
    return this.#at < scrapes.length && scrapes[this.#at] === scrape ? values[this.#at] : Number.NaN;
  }
}
