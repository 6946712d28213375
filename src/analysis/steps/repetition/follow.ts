import { NONE } from '../../../timeline/index.ts';
import type { Anchor } from './anchors.ts';
import type { OpSequence } from './op-sequence.ts';
import { Walker } from './walk.ts';

/** The ops of one step by kind, and at which place of it the anchor stands. */
export interface Template {
  readonly kinds: Int32Array;
  readonly anchorPlace: number;
}

/** How far anchors may be off the length of the template to be those of two repetitions in a row: a part of it, and an op. */
const TOLERANCE = 0.1;

/**
 * Follows a template from the first anchor on, back from there to the first op, and wherever they lose one another, on
 * from the next anchor and back from it. As layers are alike, the way may slip by one and fit as well as before, but for
 * the edges of the step: an anchor that comes when it should and fits nowhere on the way is believed. The result is the
 * place of each op in the template, NONE for those that fit nowhere.
 */
export function follow(sequence: OpSequence, { kinds, anchorPlace }: Template, anchor: Anchor): Int32Array {
  const { kind } = sequence;
  const placeOf = new Int32Array(kind.length).fill(NONE);
  const reversed = kinds.slice().reverse();
  const firstPlace = (kinds.length - anchorPlace) % kinds.length;
  const ahead = new Walker(kind, kinds);
  let agreed = Number.NEGATIVE_INFINITY;
  let known = 0;
  let place = NONE;
  for (let op = 0; op < kind.length; op++) {
    if (!anchor.isAt(sequence, op)) continue;
    if (place !== NONE) [known, place] = ahead.walk([known, op], place, placeOf);
    const isLost = place === NONE;
    if (isLost || (placeAt(op) === NONE && isDue(op))) {
      walkBack(isLost ? known : agreed + 1, op);
      [known, place] = [op, anchorPlace];
    }
    if (placeAt(op) === anchorPlace) agreed = op;
  }
  if (place !== NONE) ahead.walk([known, kind.length], place, placeOf);
  return placeOf;

  function placeAt(op: number): number {
    if (known > op) return placeOf[op];
    return kind[op] === kinds[place] ? place : NONE;
  }

  function isDue(op: number): boolean {
    const isLikely = kind[op] === kinds[anchorPlace];
    return isLikely && Math.abs(op - agreed - kinds.length) <= 1 + TOLERANCE * kinds.length;
  }

  /** To where both ways meet. */
  function walkBack(from: number, anchorAt: number): void {
    const back = kind.slice(from, anchorAt).reverse();
    const places = new Int32Array(back.length).fill(NONE);
    new Walker(back, reversed).walk([0, back.length], firstPlace, places);
    for (let i = 0; i < back.length; i++) {
      const here = places[i] === NONE ? NONE : kinds.length - 1 - places[i];
      if (here !== NONE && here === placeOf[anchorAt - 1 - i]) break;
      placeOf[anchorAt - 1 - i] = here;
    }
  }
}
