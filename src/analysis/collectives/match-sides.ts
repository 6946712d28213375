import { isPointToPoint, NONE } from '../../timeline/index.ts';
import { type CollectiveSides, occurrenceKey } from './collective-sides.ts';

/** Which sides are of one collective. */
export interface MatchedCollectives {
  readonly count: number;
  /** By side: the number of its collective; NONE where it has no other side, or point-to-point ops, whose ends differ. */
  readonly of: Int32Array;
  /** The sides of collective c are members[from[c]] to members[from[c + 1] - 1], at least two, by participant. */
  readonly from: Uint32Array;
  readonly members: Uint32Array;
  /** Names that were left out because they occur more often on one participant than on another. */
  readonly unequalNames: number;
}

export function matchSides(sides: CollectiveSides): MatchedCollectives {
  const sharedName = ofOneJob(sides, sharedNames(sides));
  const unequal = unequalNames(sides, sharedName);
  const numbers = new Map<number, number>();
  const sizes: number[] = [];
  const of = new Int32Array(sides.length).fill(NONE);
  for (let side = 0; side < sides.length; side++) {
    if (sharedName[side] === NONE || unequal.has(sharedName[side])) continue;
    const key = occurrenceKey(sharedName[side], sides.occurrence[side]);
    const number = numbers.get(key) ?? sizes.push(0) - 1;
    numbers.set(key, number);
    of[side] = number;
    sizes[number]++;
  }
  return { ...grouped(of, sizes), unequalNames: unequal.size };
}

/** A name with the number of its group, as names hold only the last digits of it; the name where some rank knows no group. */
function sharedNames({ length, name, group, texts }: CollectiveSides): Int32Array {
  const lacksGroup = new Set<number>();
  for (let side = 0; side < length; side++) if (group[side] === NONE) lacksGroup.add(name[side]);
  const isCollective = new Map<number, boolean>();
  const withGroup = new Map<number, number>();
  return Int32Array.from({ length }, (_, side) => {
    const plain = name[side];
    let collective = isCollective.get(plain);
    if (collective === undefined) isCollective.set(plain, (collective = !isPointToPoint(texts.get(plain))));
    if (!collective) return NONE;
    if (lacksGroup.has(plain)) return plain;
    const key = occurrenceKey(plain, group[side]);
    let shared = withGroup.get(key);
    if (shared === undefined) {
      shared = texts.add(`${texts.get(plain)}@${texts.get(group[side])}`);
      withGroup.set(key, shared);
    }
    return shared;
  });
}

/** Names of one job are none of another's. */
function ofOneJob({ jobs, participant, texts }: CollectiveSides, names: Int32Array): Int32Array {
  if (jobs.every((job) => job === 0)) return names;
  return names.map((name, side) =>
    name === NONE ? NONE : texts.add(`${texts.get(name)} of job ${jobs[participant[side]]}`),
  );
}

/** A capture that began or ended amid the ops of one name would compare each of them with the wrong one. */
function unequalNames({ length, participant }: CollectiveSides, sharedName: Int32Array): Set<number> {
  const counts = new Map<number, Map<number, number>>();
  for (let side = 0; side < length; side++) {
    if (sharedName[side] === NONE) continue;
    const ofName = counts.get(sharedName[side]) ?? new Map<number, number>();
    counts.set(sharedName[side], ofName);
    ofName.set(participant[side], (ofName.get(participant[side]) ?? 0) + 1);
  }
  const unequal = new Set<number>();
  for (const [name, ofName] of counts) if (new Set(ofName.values()).size > 1) unequal.add(name);
  return unequal;
}

/** Renumbers those that have several sides. */
function grouped(of: Int32Array, sizes: readonly number[]): Omit<MatchedCollectives, 'unequalNames'> {
  const renumbered = new Int32Array(sizes.length).fill(NONE);
  const from = [0];
  sizes.forEach((size, number) => {
    if (size < 2) return;
    renumbered[number] = from.length - 1;
    from.push(from[from.length - 1] + size);
  });
  const next = Uint32Array.from(from);
  const members = new Uint32Array(from[from.length - 1]);
  for (let side = 0; side < of.length; side++) {
    of[side] = of[side] === NONE ? NONE : renumbered[of[side]];
    if (of[side] !== NONE) members[next[of[side]]++] = side;
  }
  return { count: from.length - 1, of, from: Uint32Array.from(from), members };
}
