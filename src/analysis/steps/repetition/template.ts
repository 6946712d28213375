/** What all repetitions of a step have in common, found from repetitions of which each lacks something. */
import { NONE } from '../../../timeline/index.ts';
import type { Anchor } from './anchors.ts';
import { follow, type Template } from './follow.ts';
import { type OpSequence, partOf } from './op-sequence.ts';

const MOST_REPETITIONS = 48;
const MOST_ROUNDS = 6;
const NEARLY_WHOLE = 0.95;

/**
 * Begins with the most usual repetition, then takes out what most of the others lack and puts in what most of them have
 * besides. undefined where there are no two anchors.
 */
export function templateOf(sequence: OpSequence, anchor: Anchor): Template | undefined {
  const bounds = anchorOps(sequence, anchor);
  if (bounds.length < 2) return undefined;
  const here = partOf(sequence, bounds[0], bounds[bounds.length - 1]);
  let kinds = mostUsual(sequence, bounds);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const better = improved(here, { kinds, anchorPlace: 0 }, anchor, bounds.length - 1);
    if (better === undefined) break;
    if (better.length < 2) return undefined;
    kinds = better;
  }
  return { kinds, anchorPlace: 0 };
}

/** The repetition whose numbers of ops of each kind are nearest to what they are on average. */
function mostUsual({ kind, kinds }: OpSequence, bounds: readonly number[]): Int32Array {
  const repetitions = bounds.length - 1;
  const average = new Float64Array(kinds.length);
  for (let op = bounds[0]; op < bounds[repetitions]; op++) average[kind[op]] += 1 / repetitions;
  let best = kind.subarray(bounds[0], bounds[1]);
  let leastOff = Number.POSITIVE_INFINITY;
  for (let i = 0; i < repetitions; i++) {
    const own = kind.subarray(bounds[i], bounds[i + 1]);
    const rest = average.slice();
    for (const each of own) rest[each]--;
    const off = rest.reduce((sum, count) => sum + Math.abs(count), 0);
    if (off < leastOff) [best, leastOff] = [own, off];
  }
  return best.slice();
}

/** Some in the middle, as the first steps may be others; and the end, where the last repetition may be whole. */
function anchorOps(sequence: OpSequence, anchor: Anchor): number[] {
  const { length } = sequence;
  const all: number[] = [];
  for (let op = 0; op < length; op++) if (anchor.isAt(sequence, op)) all.push(op);
  if (length - all[all.length - 1] >= NEARLY_WHOLE * anchor.periodOps) all.push(length);
  const from = Math.max(0, (all.length - MOST_REPETITIONS) >> 1);
  return all.slice(from, from + MOST_REPETITIONS + 1);
}

/** undefined where nothing is to be improved. */
function improved(
  sequence: OpSequence,
  template: Template,
  anchor: Anchor,
  repetitions: number,
): Int32Array | undefined {
  const { length } = template.kinds;
  const { kind } = sequence;
  const placeOf = follow(sequence, template, anchor);
  const visits = new Uint32Array(length);
  /** By place: the kinds of ops that stand right behind it but have no place, and how often. */
  const besides = new Map<number, Map<number, number>>();
  for (let op = 0; op < kind.length; op++) {
    const place = placeOf[op];
    if (place !== NONE) visits[place]++;
    else if (op > 0 && placeOf[op - 1] !== NONE) count(besides, placeOf[op - 1], kind[op]);
  }
  const better: number[] = [];
  for (let place = 0; place < length; place++) {
    if (2 * visits[place] > repetitions) better.push(template.kinds[place]);
    for (const [other, times] of besides.get(place) ?? []) if (2 * times > repetitions) better.push(other);
  }
  const isSame = better.length === length && better.every((each, place) => each === template.kinds[place]);
  return isSame ? undefined : Int32Array.from(better);
}

function count(counts: Map<number, Map<number, number>>, place: number, kind: number): void {
  const ofPlace = counts.get(place) ?? new Map<number, number>();
  counts.set(place, ofPlace.set(kind, (ofPlace.get(kind) ?? 0) + 1));
}
