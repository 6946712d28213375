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

/** How many times the usual pause a long one is. */
const PAUSES = Array.from({ length: 14 }, (_, power) => 2 ** (power + 1));
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
  const ops = new Uint32Array(length);
  return PAUSES.flatMap((times) => {
    const leastNs = usualNs * times;
    let count = 0;
    for (let op = 0; op < length; op++) if (gapNs[op] >= leastNs) ops[count++] = op;
    const found = regularityOf(ops.subarray(0, count), length);
    return found === undefined ? [] : [{ ...found, isAt: (within, op) => within.gapNs[op] >= leastNs }];
  });
}

type Regularity = Omit<Anchor, 'isAt'>;

/** Those of the ids below `count` that stand in a column at regular distances. */
function regular(ids: Int32Array, count: number): (Regularity & { readonly id: number })[] {
  const from = new Uint32Array(count + 1);
  for (let op = 0; op < ids.length; op++) from[ids[op] + 1]++;
  for (let id = 0; id < count; id++) from[id + 1] += from[id];
  const next = from.slice();
  const ops = new Uint32Array(ids.length);
  for (let op = 0; op < ids.length; op++) ops[next[ids[op]]++] = op;
  const found: (Regularity & { readonly id: number })[] = [];
  for (let id = 0; id < count; id++) {
    const regularity = regularityOf(ops.subarray(from[id], from[id + 1]), ids.length);
    if (regularity !== undefined) found.push({ id, ...regularity });
  }
  return found;
}

/** undefined where the ops are too few, too many of all of them, or come irregularly. */
function regularityOf(ops: Uint32Array, length: number): Regularity | undefined {
  if (ops.length < LEAST_OCCURRENCES || ops.length * LEAST_PERIOD_OPS > length) return undefined;
  const distances = new Uint32Array(ops.length - 1);
  for (let i = 0; i < distances.length; i++) distances[i] = ops[i + 1] - ops[i];
  const periodOps = distances.slice().sort()[distances.length >> 1];
  if (periodOps < LEAST_PERIOD_OPS) return undefined;
  const regularity = shareAbout(distances, periodOps);
  return regularity < LEAST_REGULARITY ? undefined : { periodOps, regularity };
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
