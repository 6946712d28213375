/**
 * Communication ops across ranks: which belong together, and how long each rank waited in them.
 *
 * A collective ends at one time on all its ranks, so a rank waits in it as much longer as the op lasts there than where it
 * is shortest. That compares durations, so it needs no common clock, but it needs all ranks. Of each side the first of
 * these that is known counts:
 *
 * - ranks: its duration minus the shortest of all sides, where all ranks of the group are there.
 * - planes: when a plane waits for a notification while none moves data (plane-waits.ts).
 * - table: the duration minus what the profiler's table says was transferred to other ranks; with it counts what the op
 *   spends on itself.
 *
 * wait + transfer = duration; both are unknown (NaN) where nothing tells.
 */
import { NONE } from '../../timeline/index.ts';
import type { RunAnalysis } from '../analyse-run.ts';
import type { Coverage } from '../coverage.ts';
import { type CollectiveSides, collectiveSides } from './collective-sides.ts';
import { GroupSizes } from './group-sizes.ts';
import { type MatchedCollectives, matchSides } from './match-sides.ts';
import { planeWaits } from './plane-waits.ts';

export const WAIT_SOURCES = ['unknown', 'ranks', 'planes', 'table'] as const;
export type WaitSource = (typeof WAIT_SOURCES)[number];

export interface Collectives {
  readonly sides: CollectiveSides;
  readonly matched: MatchedCollectives;
  /** By collective: 1 where all ranks of its group are there. */
  readonly isComplete: Uint8Array;
  /** By side. */
  readonly waitNs: Float64Array;
  /** By side: position in WAIT_SOURCES. */
  readonly waitSource: Uint8Array;
}

export function collectivesOf(analysis: RunAnalysis): Collectives {
  const sides = collectiveSides(analysis);
  const matched = matchSides(sides);
  const isComplete = completeOnes(analysis, sides, matched);
  const planeWaitNs = waitsOnPlanes(analysis, sides);
  const waitNs = new Float64Array(sides.length);
  const waitSource = new Uint8Array(sides.length);
  const shortest = shortestNs(sides, matched);
  for (let side = 0; side < sides.length; side++) {
    const collective = matched.of[side];
    const byRanks =
      collective === NONE || isComplete[collective] === 0 ? Number.NaN : sides.durNs[side] - shortest[collective];
    const table = sides.table[side];
    const byTable =
      table === undefined || table.transferNs === 0 ? Number.NaN : Math.max(0, sides.durNs[side] - table.transferNs);
    const told = [Number.NaN, byRanks, planeWaitNs[side], byTable];
    const source = Math.max(
      0,
      told.findIndex((ns) => !Number.isNaN(ns)),
    );
    waitSource[side] = source;
    waitNs[side] = told[source];
  }
  return { sides, matched, isComplete, waitNs, waitSource };
}

/** By collective: the shortest of its durations. */
export function shortestNs({ durNs }: CollectiveSides, { count, from, members }: MatchedCollectives): Float64Array {
  return Float64Array.from({ length: count }, (_, collective) => {
    let shortest = Number.POSITIVE_INFINITY;
    for (let at = from[collective]; at < from[collective + 1]; at++) shortest = Math.min(shortest, durNs[members[at]]);
    return shortest;
  });
}

/** Ops of one name and group have the same ranks, so each is looked up once. */
function completeOnes({ run }: RunAnalysis, sides: CollectiveSides, matched: MatchedCollectives): Uint8Array {
  const sizes = new GroupSizes(run);
  const known = new Map<string, boolean>();
  return Uint8Array.from({ length: matched.count }, (_, collective) => {
    const members = matched.members.subarray(matched.from[collective], matched.from[collective + 1]);
    const [first] = members;
    const key = `${sides.group[first]} ${sides.name[first]}`;
    let complete = known.get(key);
    if (complete === undefined) {
      const group = sides.group[first] === NONE ? '' : sides.texts.get(sides.group[first]);
      const ranks = Array.from(members, (side) => sides.participants[sides.participant[side]].rank);
      complete = sizes.isComplete(group, sides.texts.get(sides.name[first]), ranks);
      known.set(key, complete);
    }
    return complete ? 1 : 0;
  });
}

function waitsOnPlanes({ run, devices }: RunAnalysis, sides: CollectiveSides): Float64Array {
  const ofShards: (Map<number, Coverage> | undefined)[] = [];
  return Float64Array.from({ length: sides.length }, (_, side) => {
    if (sides.task[side] === NONE) return Number.NaN;
    const { streams, stream } = devices[sides.participant[side]].tasks;
    const { shard, track } = streams[stream[sides.task[side]]];
    const waits = (ofShards[shard] ??= planeWaits(run.shards[shard].timeline)).get(track);
    if (waits === undefined) return Number.NaN;
    const startNs = sides.startNs[side] - run.shards[shard].shiftNs;
    return waits.withinNs(startNs, startNs + sides.durNs[side]);
  });
}
