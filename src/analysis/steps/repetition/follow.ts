import { NONE } from '../../../timeline/index.ts';
import type { Anchor } from './anchors.ts';
import type { OpSequence } from './op-sequence.ts';
import { walk } from './walk.ts';

/** The ops of one step by kind, and at which place of it the anchor stands. */
export interface Template {
  readonly kinds: Int32Array;
  readonly anchorPlace: number;
}

export interface Followed {
  /** The place of each op from `from` on in the template; NONE for ops that fit nowhere. */
  readonly placeOf: Int32Array;
  readonly matched: number;
}

/**
 * Follows a template from the first anchor on, back from there to the first op, and wherever they lose one another, on
 * from the next anchor and back from it.
 */
export function follow(sequence: OpSequence, { kinds, anchorPlace }: Template, anchor: Anchor): Followed {
  const { kind } = sequence;
  const placeOf = new Int32Array(kind.length).fill(NONE);
  const reversed = kinds.slice().reverse();
  const firstPlace = (kinds.length - anchorPlace) % kinds.length;
  let matched = 0;
  let known = 0;
  while (known < kind.length) {
    let next = known;
    while (next < kind.length && !anchor.isAt(sequence, next)) next++;
    if (next === kind.length) break;
    if (next > known) matched += walkBack(known, next);
    const end = walk(kind, [next, kind.length], kinds, anchorPlace, placeOf);
    matched += end.matched;
    known = Math.max(end.op, next + 1);
  }
  return { placeOf, matched };

  function walkBack(from: number, anchorAt: number): number {
    const back = kind.slice(from, anchorAt).reverse();
    const places = new Int32Array(back.length).fill(NONE);
    const { matched: count } = walk(back, [0, back.length], reversed, firstPlace, places);
    for (let i = 0; i < back.length; i++) {
      if (places[i] !== NONE) placeOf[anchorAt - 1 - i] = kinds.length - 1 - places[i];
    }
    return count;
  }
}
