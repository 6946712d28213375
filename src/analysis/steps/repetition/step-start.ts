/**
 * With which op a step begins: a template is a circle, found from wherever its anchor stands.
 *
 * 1. Behind the last op that only runs at the end of a token (sampling), or with the one that only runs at its beginning
 *    (embedding): with the longest pause near it where one stands out, else where the capture begins or ends if that is
 *    near it; where one of the two was lost, so that they differ, with the one at a lookup, as of embeddings.
 * 2. Else with the longest pause, where it stands out.
 * 3. Else with the first op of the capture.
 */
import { NONE } from '../../../timeline/index.ts';
import { FIRST_OPS, LAST_OPS, LOOKUPS } from '../step-names.ts';
import type { Template } from './follow.ts';
import type { OpSequence } from './op-sequence.ts';

export interface StepStart {
  readonly place: number;
  /** The step begins with a pause much longer than all within it. */
  readonly hasPause: boolean;
  /** The usual pause before it. */
  readonly pauseNs: number;
  /** An op of the table of first and last ones is among those of the template. */
  readonly isNamed: boolean;
}

/** How many times as long as any other a pause has to be to stand out. */
const STANDS_OUT = 1.5;
const MOST_SAMPLES = 64;
const NEAR_OPS = 16;

export function stepStart(sequence: OpSequence, { kinds }: Template, placeOf: Int32Array): StepStart {
  const { length } = kinds;
  const pauses = usualPauses(sequence, placeOf, length);
  const isFirst = (place: number): boolean => FIRST_OPS.test(sequence.kinds[kinds[place]]);
  const isLast = (place: number): boolean => LAST_OPS.test(sequence.kinds[kinds[place]]);
  const places = Array.from({ length }, (_, place) => place);
  const isNamed = places.some((place) => isFirst(place) || isLast(place));
  const place = isNamed ? namedStart() : (longestOf(places) ?? captureEdges(placeOf, length)[0] ?? 0);
  const others = places.filter((each) => each !== place).reduce((most, each) => Math.max(most, pauses[each]), 0);
  return { place, isNamed, hasPause: pauses[place] > STANDS_OUT * others, pauseNs: pauses[place] };

  /** Every place that may begin a step: up to the next first op, or some way behind the last one. */
  function namedStart(): number {
    const candidates = places.flatMap((each) => {
      if (isLast(each)) return near(each + 1, (next) => isFirst(next));
      if (isFirst(each)) return near(each - Math.min(NEAR_OPS, length >> 2), (next) => next === each, each);
      return [];
    });
    const lastOps = places.filter(isLast);
    const standard = lastOps.length > 0 ? (lastOps[lastOps.length - 1] + 1) % length : places.find(isFirst)!;
    const edges = captureEdges(placeOf, length).filter((each) => candidates.includes(each));
    const edge = edges.find((each) => LOOKUPS.test(sequence.kinds[kinds[each]])) ?? edges[0] ?? standard;
    return longestOf([...new Set(candidates)]) ?? edge;
  }

  /** Places from one on, round the circle, at most as far as is near and to the first that ends them. */
  function near(from: number, ends: (place: number) => boolean, to = NONE): number[] {
    const found: number[] = [];
    for (let i = 0; i <= Math.min(NEAR_OPS, length >> 2); i++) {
      const each = (from + i + length) % length;
      found.push(each);
      if (ends(each) || each === to) break;
    }
    return found;
  }

  function longestOf(candidates: readonly number[]): number | undefined {
    const [best, second] = [...candidates].sort((a, b) => pauses[b] - pauses[a]);
    if (best === undefined || pauses[best] === 0) return undefined;
    return second === undefined || pauses[best] > STANDS_OUT * pauses[second] ? best : undefined;
  }
}

/** The places where the capture begins, and behind its last op; those of ops that fit nowhere are not known. */
function captureEdges(placeOf: Int32Array, length: number): number[] {
  const [first, last] = [placeOf[0], placeOf[placeOf.length - 1]];
  return [...(first === NONE ? [] : [first]), ...(last === NONE ? [] : [(last + 1) % length])];
}

/** The median of the pauses before the ops of each place. */
function usualPauses({ gapNs }: OpSequence, placeOf: Int32Array, length: number): Float64Array {
  const samples = Array.from({ length }, (): number[] => []);
  for (let op = 1; op < placeOf.length; op++) {
    const place = placeOf[op];
    if (place === NONE || samples[place].length === MOST_SAMPLES) continue;
    // Where the op before is missing, its pause is part of this one.
    if (placeOf[op - 1] === (place + length - 1) % length) samples[place].push(gapNs[op]);
  }
  return Float64Array.from(samples, (each) => each.sort((a, b) => a - b)[each.length >> 1] ?? 0);
}
