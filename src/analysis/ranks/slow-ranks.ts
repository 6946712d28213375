/**
 * Who makes the others wait. A collective ends at one time on all ranks, so it is shortest on the rank that came last.
 * Per collective (not point-to-point, at least two of its ranks at hand), that rank gets a vote if its duration is an
 * outlier (outlier.ts). Where ranks are missing and even it spent more than half of the op waiting, all here waited for a
 * rank that is not here.
 *
 * - lost: what the others' durations exceed the shortest by, added up over the votes.
 * - confidence: 1 - the chance that some rank gets so many votes if every rank of a collective is equally likely to come
 *   last; ranks of which only figures are known count like the others.
 * - why: what fills the time since the group's collective before, compared with the mean of the others: computing,
 *   communicating in other groups, or idle; idle is late-host where the launch of most of those collectives came after the
 *   device had run dry. Ranks without tasks are compared by the sums of their steps.
 */
import { collectiveOfName, NONE } from '../../timeline/index.ts';
import { byString } from '../by-string.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import type { CollectiveSides } from '../collectives/collective-sides.ts';
import { type Collectives, shortestNs } from '../collectives/collectives.ts';
import { chanceOfAtLeast, isLowOutlier } from './outlier.ts';
import type { RankStep } from './rank-steps.ts';
import { reasonOf, type SlowReason } from './slow-reason.ts';

export interface SlowRank {
  /** Among the participants. */
  readonly participant: number;
  readonly votes: number;
  /** Collectives it took part in with others. */
  readonly collectives: number;
  /** What the others lost to it, added up over them. */
  readonly lostNs: number;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly reason: SlowReason;
}

export interface SlowRanks {
  /** Those with votes, by what was lost to them. */
  readonly ranks: readonly SlowRank[];
  readonly compared: number;
  /** Collectives in which all ranks here waited for one that is not, and how long they did, added up over them. */
  readonly forAbsentRank: { readonly collectives: number; readonly lostNs: number };
}

/** What ends of one op differ by anyway. */
const FLOOR_NS = 1_000;

export function slowRanks(analysis: RunAnalysis, collectives: Collectives, steps: readonly RankStep[]): SlowRanks {
  const { sides, matched, isComplete, waitNs } = collectives;
  const polls = sides.participants.map(() => new Poll());
  const shortest = shortestNs(sides, matched);
  const forAbsentRank = { collectives: 0, lostNs: 0 };
  for (let collective = 0; collective < matched.count; collective++) {
    const members = matched.members.subarray(matched.from[collective], matched.from[collective + 1]);
    for (const side of members) polls[sides.participant[side]].addCollective(members.length);
    const last = members.find((side) => sides.durNs[side] === shortest[collective])!;
    if (isComplete[collective] === 0 && waitNs[last] > sides.durNs[last] / 2) {
      forAbsentRank.collectives++;
      forAbsentRank.lostNs += members.reduce((sum, side) => sum + (waitNs[side] || 0), 0);
      continue;
    }
    const durations = Float64Array.from(members, (side) => sides.durNs[side]).sort();
    if (!isLowOutlier(durations, FLOOR_NS)) continue;
    const lostNs = durations.reduce((sum, ns) => sum + ns - shortest[collective], 0);
    polls[sides.participant[last]].addVote(collective, lostNs);
  }
  const suspects = polls.filter(({ collectives: count }) => count > 0).length;
  // Most runs have no slow rank, and then nobody asks.
  const isSome = polls.some(({ votes }) => votes.length > 0);
  const previous = isSome ? previousSides(sides) : new Int32Array(0);
  const ranks = polls.flatMap((poll, participant): SlowRank[] => {
    if (poll.votes.length === 0) return [];
    const { votes, lostNs, collectives: count } = poll;
    const reason = reasonOf(analysis, collectives, { participant, votes, previous, steps });
    const confidence = Math.max(0, 1 - suspects * chanceOfAtLeast(votes.length, poll.chances));
    return [{ participant, votes: votes.length, collectives: count, lostNs, confidence, reason }];
  });
  ranks.sort((a, b) => b.lostNs - a.lostNs || a.participant - b.participant);
  return { ranks, compared: matched.count, forAbsentRank };
}

class Poll {
  readonly votes: number[] = [];
  lostNs = 0;
  collectives = 0;
  /** How many collectives it had this chance of being last in. */
  readonly chances = new Map<number, number>();

  addCollective(ranks: number): void {
    this.collectives++;
    this.chances.set(1 / ranks, (this.chances.get(1 / ranks) ?? 0) + 1);
  }

  addVote(collective: number, lostNs: number): void {
    this.votes.push(collective);
    this.lostNs += lostNs;
  }
}

/** By side: the participant's op of the same group before it; NONE for the first. */
function previousSides({ length, participants, sideRange, name, group, texts }: CollectiveSides): Int32Array {
  const numbers = new Map<string, number>();
  const digitsOf = byString(texts.length, (id) => {
    const digits = collectiveOfName(texts.get(id)).group;
    const number = numbers.get(digits) ?? numbers.size;
    numbers.set(digits, number);
    return number;
  });
  const previous = new Int32Array(length);
  for (let each = 0; each < participants.length; each++) {
    const last = new Map<number, number>();
    for (let side = sideRange[each]; side < sideRange[each + 1]; side++) {
      const key = digitsOf(name[side]) * (texts.length + 1) + group[side] - NONE;
      previous[side] = last.get(key) ?? NONE;
      last.set(key, side);
    }
  }
  return previous;
}
