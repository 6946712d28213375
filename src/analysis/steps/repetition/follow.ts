import { NONE } from '../../../timeline/index.ts';
import type { Anchor } from './anchors.ts';
import type { OpSequence } from './op-sequence.ts';
import { Walker } from './walk.ts';

/** The ops of one step by kind, and at which place of it the anchor stands. */
export interface Template {
  readonly kinds: Int32Array;
  readonly anchorPlace: number;
}

/**
 * Follows a template from the first anchor on, back from there to the first op, and wherever they lose one another, on
 * from the next anchor and back from it. The result is the place of each op in the template, NONE for those that fit
 * nowhere.
 */
export function follow(sequence: OpSequence, { kinds, anchorPlace }: Template, anchor: Anchor): Int32Array {
  const { kind } = sequence;
  const placeOf = new Int32Array(kind.length).fill(NONE);
  const reversed = kinds.slice().reverse();
  const firstPlace = (kinds.length - anchorPlace) % kinds.length;
  const ahead = new Walker(kind, kinds);
  let known = 0;
  while (known < kind.length) {
    let next = known;
    while (next < kind.length && !anchor.isAt(sequence, next)) next++;
    if (next === kind.length) break;
    if (next > known) walkBack(known, next);
    known = Math.max(next + 1, ahead.walk([next, kind.length], anchorPlace, placeOf));
  }
  return placeOf;

  function walkBack(from: number, anchorAt: number): void {
    const back = kind.slice(from, anchorAt).reverse();
    const places = new Int32Array(back.length).fill(NONE);
    new Walker(back, reversed).walk([0, back.length], firstPlace, places);
    for (let i = 0; i < back.length; i++) {
      if (places[i] !== NONE) placeOf[anchorAt - 1 - i] = kinds.length - 1 - places[i];
    }
  }
}
