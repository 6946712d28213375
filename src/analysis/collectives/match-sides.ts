import { isPointToPoint, NONE } from '../../timeline/index.ts';
import { byString } from '../by-string.ts';
import type { CollectiveSides } from './collective-sides.ts';

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
  const shared = sharedNames(sides);
  const unequalNames = leaveOutUnequal(sides, shared);
  return { ...numbered(shared, sides.occurrence), unequalNames };
}

/** What the sides of one collective have in common: a number of their own, below `count`. */
interface SharedNames {
  readonly count: number;
  /** By side; NONE where it can have no other. */
  readonly of: Int32Array;
}

/** Values of a column by name, while none was seen, and where there are several. */
const [UNSEEN, SEVERAL] = [-2, -3];

/**
 * A name in one job, where several participants have it. Names hold only the last digits of their group's number, so it is
 * the name with the number where that tells several groups apart, and the name alone where some rank knows no group.
 */
function sharedNames({ length, name, group, participant, jobs, texts }: CollectiveSides): SharedNames {
  const participantOf = new Int32Array(texts.length).fill(UNSEEN);
  const groupOf = new Int32Array(texts.length).fill(UNSEEN);
  for (let side = 0; side < length; side++) {
    keepCommon(participantOf, name[side], participant[side]);
    if (groupOf[name[side]] !== NONE) keepCommon(groupOf, name[side], group[side]);
    if (group[side] === NONE) groupOf[name[side]] = NONE;
  }
  const isCollective = byString(texts.length, (text) => Number(!isPointToPoint(texts.get(text))));
  const jobCount = 1 + Math.max(0, ...jobs);
  const others = new Map<number, number>();
  const of = new Int32Array(length).fill(NONE);
  for (let side = 0; side < length; side++) {
    const text = name[side];
    if (participantOf[text] !== SEVERAL || isCollective(text) === 0) continue;
    const ofGroup = groupOf[text] === SEVERAL ? group[side] : 0;
    const key = (ofGroup * jobCount + jobs[participant[side]]) * texts.length + text;
    of[side] = key === text ? text : numberOf(others, key, texts.length);
  }
  return { count: texts.length + others.size, of };
}

function keepCommon(column: Int32Array, row: number, value: number): void {
  if (column[row] !== value) column[row] = column[row] === UNSEEN ? value : SEVERAL;
}

/** Keys are numbered as they come. */
function numberOf(numbers: Map<number, number>, key: number, from: number): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  const number = from + numbers.size;
  numbers.set(key, number);
  return number;
}

/**
 * A capture that began or ended amid the ops of one name would compare each of them with the wrong one. Returns of how many
 * names that is so.
 */
function leaveOutUnequal({ length, participants, sideRange }: CollectiveSides, { count, of }: SharedNames): number {
  const usual = new Uint32Array(count);
  const isUnequal = new Uint8Array(count);
  for (let each = 0; each < participants.length; each++) {
    const counts = new Uint32Array(count);
    for (let side = sideRange[each]; side < sideRange[each + 1]; side++) if (of[side] !== NONE) counts[of[side]]++;
    for (let side = sideRange[each]; side < sideRange[each + 1]; side++) {
      const shared = of[side];
      if (shared === NONE) continue;
      usual[shared] ||= counts[shared];
      if (counts[shared] !== usual[shared]) isUnequal[shared] = 1;
    }
  }
  for (let side = 0; side < length; side++) if (of[side] !== NONE && isUnequal[of[side]] === 1) of[side] = NONE;
  return isUnequal.reduce((sum, each) => sum + each, 0);
}

/** One collective for each occurrence of a name that several sides have, in the order of their first sides. */
function numbered(
  { count, of: shared }: SharedNames,
  occurrence: Uint32Array,
): Omit<MatchedCollectives, 'unequalNames'> {
  const place = new Uint32Array(count + 1);
  for (let side = 0; side < shared.length; side++) {
    if (shared[side] === NONE) continue;
    place[shared[side] + 1] = Math.max(place[shared[side] + 1], occurrence[side] + 1);
  }
  for (let each = 0; each < count; each++) place[each + 1] += place[each];
  const placeOf = (side: number): number => place[shared[side]] + occurrence[side];
  const sizes = new Uint32Array(place[count]);
  for (let side = 0; side < shared.length; side++) if (shared[side] !== NONE) sizes[placeOf(side)]++;
  const numbers = new Int32Array(sizes.length).fill(NONE);
  const of = new Int32Array(shared.length).fill(NONE);
  const from = [0];
  for (let side = 0; side < shared.length; side++) {
    if (shared[side] === NONE || sizes[placeOf(side)] < 2) continue;
    const at = placeOf(side);
    if (numbers[at] === NONE) numbers[at] = from.push(from[from.length - 1] + sizes[at]) - 2;
    of[side] = numbers[at];
  }
  const next = Uint32Array.from(from);
  const members = new Uint32Array(from[from.length - 1]);
  for (let side = 0; side < of.length; side++) if (of[side] !== NONE) members[next[of[side]]++] = side;
  return { count: from.length - 1, of, from: Uint32Array.from(from), members };
}
