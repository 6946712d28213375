/**
 * What may mark a step: a kind of op, two kinds in a row or a long pause that come back in about the same number of ops.
 * Of those that come back as often the most regular one stands for all. Kinds once per layer are among them, too: which of
 * these is the step, others say.
 */
import type { OpSequence } from './op-sequence.ts';

export interface Anchor {
  /** Whether it stands at an op of a sequence, the one it was found in or a part or the whole of that. */
  readonly isAt: (sequence: OpSequence, op: number) => boolean;
  /** Ops from one to the next, in the middle. */
  readonly periodOps: number;
  /** Which part of the distances is about the middle one, or twice as long as where one was missed. */
  readonly regularity: number;
}

const LEAST_OCCURRENCES = 3;
const LEAST_PERIOD_OPS = 4;
const LEAST_REGULARITY = 0.7;
const MOST_ANCHORS = 12;
/** More kinds than this make too many pairs, and need none. */
const MOST_KINDS_FOR_PAIRS = 1024;

/** Candidates in [0, length) of a sequence, those with the longest periods first. */
export function anchorsOf(sequence: OpSequence): Anchor[] {
  const found = [...ofKinds(sequence), ...ofPairs(sequence), ...ofPauses(sequence)];
  const byPeriod = new Map<number, Anchor>();
  for (const anchor of found) {
    const period = Math.round(Math.log(anchor.periodOps) / Math.log(1.03));
    const [near = period] = [period, period - 1, period + 1].filter((each) => byPeriod.has(each));
    const known = byPeriod.get(near);
    if (known === undefined || known.regularity < anchor.regularity) byPeriod.set(near, anchor);
  }
  return [...byPeriod.values()].sort((a, b) => b.periodOps - a.periodOps).slice(0, MOST_ANCHORS);
}

function ofKinds({ kind, kinds }: OpSequence): Anchor[] {
  return regular(kind, kinds.length).map(({ id, ...rest }) => ({
    ...rest,
    isAt: (within, op) => within.kind[op] === id,
  }));
}

function ofPairs({ kind, kinds, length }: OpSequence): Anchor[] {
  const { length: count } = kinds;
  if (count > MOST_KINDS_FOR_PAIRS) return [];
  const pairs = new Int32Array(length);
  for (let op = 0; op < length; op++) pairs[op] = (op === 0 ? kind[0] : kind[op - 1]) * count + kind[op];
  return regular(pairs, count * count).map(({ id, ...rest }) => {
    const [first, second] = [Math.floor(id / count), id % count];
    return { ...rest, isAt: (within, op) => within.kind[op] === second && op > 0 && within.kind[op - 1] === first };
  });
}

/** Pauses longer than twice, four times, ... the usual one. */
function ofPauses({ gapNs, length }: OpSequence): Anchor[] {
  const usualNs = Math.max(1, gapNs.slice().sort()[length >> 1]);
  return Array.from({ length: 14 }, (_, power) => usualNs * 2 ** (power + 1)).flatMap((leastNs) => {
    const isLong = Int32Array.from(gapNs, (ns) => Number(ns >= leastNs));
    return regular(isLong, 2)
      .filter(({ id }) => id === 1)
      .map(({ id: _, ...rest }) => ({
        ...rest,
        isAt: (within: OpSequence, op: number) => within.gapNs[op] >= leastNs,
      }));
  });
}

interface Regular extends Omit<Anchor, 'isAt'> {
  readonly id: number;
}

/** Those of the ids below `count` that stand in a column at regular distances. */
function regular(ids: Int32Array, count: number): Regular[] {
  const from = new Uint32Array(count + 1);
  for (const id of ids) from[id + 1]++;
  for (let id = 0; id < count; id++) from[id + 1] += from[id];
  const next = from.slice();
  const ops = new Uint32Array(ids.length);
  for (let op = 0; op < ids.length; op++) ops[next[ids[op]]++] = op;
  const found: Regular[] = [];
  for (let id = 0; id < count; id++) {
    const occurrences = from[id + 1] - from[id];
    if (occurrences < LEAST_OCCURRENCES || occurrences * LEAST_PERIOD_OPS > ids.length) continue;
    const distances = ops.subarray(from[id] + 1, from[id + 1]).map((op, i) => op - ops[from[id] + i]);
    const periodOps = distances.slice().sort()[distances.length >> 1];
    const regularity = shareAbout(distances, periodOps);
    if (periodOps >= LEAST_PERIOD_OPS && regularity >= LEAST_REGULARITY) found.push({ id, periodOps, regularity });
  }
  return found;
}

function shareAbout(distances: Uint32Array, periodOps: number): number {
  const toleranceOps = 1 + periodOps * 0.1;
  let about = 0;
  for (const distance of distances) {
    const periods = Math.min(2, Math.max(1, Math.round(distance / periodOps)));
    if (Math.abs(distance - periods * periodOps) <= toleranceOps) about++;
  }
  return about / distances.length;
}
