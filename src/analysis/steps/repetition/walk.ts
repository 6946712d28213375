/**
 * Follows a template (the kinds of the ops of one step) through a sequence, round and round, past ops that are missing,
 * additional or other than expected.
 */
import { NONE } from '../../../timeline/index.ts';

/** How many ops may be skipped at once on either side, and how many behind them say whether that was right. */
const MOST_SKIPPED = 10;
const LOOKAHEAD = 10;
/** Fewer than this, less what was skipped, is chance. */
const LEAST_SCORE = 3;

export interface WalkEnd {
  /** The op at which the template does not go on. */
  readonly op: number;
  readonly matched: number;
}

/**
 * Walks from op `from` at place `place` of the template to op `to` or to where the two have nothing in common any more.
 * `placeOf`: gets the place of each op that fits, NONE for those that do not.
 */
export function walk(
  kind: Int32Array,
  [from, to]: readonly [number, number],
  template: Int32Array,
  place: number,
  placeOf: Int32Array,
): WalkEnd {
  let op = from;
  let at = place;
  let matched = 0;
  while (op < to) {
    if (kind[op] === template[at]) {
      placeOf[op++] = at;
      at = at + 1 === template.length ? 0 : at + 1;
      matched++;
      continue;
    }
    const skip = bestSkip(kind, op, to, template, at);
    if (skip === NONE) return { op, matched };
    const ops = skip >> 8;
    placeOf.fill(NONE, op, op + ops);
    op += ops;
    at = (at + (skip & 0xff)) % template.length;
  }
  return { op, matched };
}

/** Ops to skip << 8 | places to skip: what makes most of the ops behind fit, at the least expense; NONE where none does. */
function bestSkip(kind: Int32Array, op: number, to: number, template: Int32Array, place: number): number {
  const { length } = template;
  const most = Math.min(MOST_SKIPPED, length >> 1);
  let best = NONE;
  let bestScore = LEAST_SCORE;
  for (let ops = 0; ops <= most && op + ops < to; ops++) {
    for (let places = ops === 0 ? 1 : 0; places <= most; places++) {
      const at = (place + places) % length;
      if (kind[op + ops] !== template[at]) continue;
      const score = scoreFrom(kind, op + ops, to, template, at) - Math.max(ops, places) - Math.min(ops, places) / 2;
      if (score <= bestScore) continue;
      bestScore = score;
      best = (ops << 8) | places;
    }
  }
  return best;
}

/** How many of the next ops fit, where a single one may be missing or additional at some expense. */
function scoreFrom(kind: Int32Array, op: number, to: number, template: Int32Array, place: number): number {
  const { length } = template;
  const end = Math.min(op + LOOKAHEAD, to);
  // Near the end nothing more can be seen, which speaks for no skip against another.
  let score = (LOOKAHEAD - (end - op)) / 2;
  let at = place;
  for (let next = op; next < end; next++) {
    const after = at + 1 === length ? 0 : at + 1;
    if (kind[next] === template[at]) {
      score++;
      at = after;
    } else if (kind[next] === template[after]) at = after + 1 === length ? 0 : after + 1;
    else if (next + 1 === end || kind[next + 1] !== template[at]) at = after;
  }
  return score;
}
