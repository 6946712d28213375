import type { SliceDetails } from '../../src/session/requests/protocol.ts';
import type { KnownSlices } from '../known-slices.ts';
import type { SliceRef } from '../state.ts';
import type { Point } from './gestures.ts';
import { Latest } from './latest.ts';
import type { Card, Pointed } from './pointed.ts';

const CHOSEN_BY_CLICK: ReadonlySet<string> = new Set(['slice', 'bubble', 'instant']);

/** Tells of what is under the pointer, with each picture: rows and times move below a pointer that rests. */
export class Pointing {
  at: Point | null = null;
  readonly #canvas: HTMLElement;
  readonly #card: Card;
  /** Of slices that share a column only the number is known. */
  readonly #places: Latest<SliceRef, SliceDetails>;
  #told = '';
  #sought: SliceRef | undefined;
  #found: SliceDetails | undefined;

  constructor(canvas: HTMLElement, card: Card, slices: KnownSlices) {
    this.#canvas = canvas;
    this.#card = card;
    this.#places = new Latest(
      (ref) => slices.of(ref),
      (found) => {
        this.#found = found;
        this.#tellFound();
      },
      () => undefined,
    );
  }

  tell(pointed: Pointed): void {
    const { at } = this;
    const told = JSON.stringify([at, pointed]);
    if (told === this.#told) return;
    this.#told = told;
    this.#canvas.classList.toggle('is-pointing', pointed !== null && CHOSEN_BY_CLICK.has(pointed.kind));
    this.#sought =
      pointed?.kind === 'slice' && !pointed.hit.isExact
        ? { track: pointed.track, slice: pointed.hit.slice }
        : undefined;
    if (at === null || pointed === null) this.#card.hide();
    else if (this.#sought === undefined) this.#card.tell(pointed, at);
    else if (!this.#tellFound()) {
      this.#card.hide();
      this.#places.want(this.#sought);
    }
  }

  stop(): void {
    this.#places.stop();
  }

  #tellFound(): boolean {
    const [found, sought] = [this.#found, this.#sought];
    const isSought = found !== undefined && found.track === sought?.track && found.slice === sought.slice;
    if (isSought && this.at !== null) this.#card.showSlice(found, false, this.at);
    return isSought;
  }
}
