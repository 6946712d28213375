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

/** Ranks, paths and findings ask for them: they are matched once. */
const collectivesByAnalysis = new WeakMap<RunAnalysis, Collectives>();

export function collectivesOf(analysis: RunAnalysis): Collectives {
  const collectives = collectivesByAnalysis.get(analysis) ?? matchedCollectives(analysis);
  collectivesByAnalysis.set(analysis, collectives);
  return collectives;
}

function matchedCollectives(analysis: RunAnalysis): Collectives {
  const sides = collectiveSides(analysis);
  const matched = matchSides(sides);
  const isComplete = completeOnes(analysis, sides, matched);
  const told: Readonly<Record<WaitSource, Float64Array>> = {
    unknown: new Float64Array(sides.length).fill(Number.NaN),
    ranks: waitsByRanks(sides, matched, isComplete),
    planes: waitsOnPlanes(analysis, sides),
    table: waitsByTable(sides),
  };
  const waitNs = told.unknown;
  const waitSource = new Uint8Array(sides.length);
  for (const [source, name] of WAIT_SOURCES.entries()) {
    const ns = told[name];
    for (let side = 0; side < sides.length; side++) {
      if (!Number.isNaN(waitNs[side]) || Number.isNaN(ns[side])) continue;
      waitSource[side] = source;
      waitNs[side] = ns[side];
    }
  }
  return { sides, matched, isComplete, waitNs, waitSource };
}

/** By collective: the shortest of its durations. */
export function shortestNs({ durNs }: CollectiveSides, { count, from, members }: MatchedCollectives): Float64Array {
  const shortest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let each = 0; each < count; each++) {
    for (let at = from[each]; at < from[each + 1]; at++) shortest[each] = Math.min(shortest[each], durNs[members[at]]);
  }
  return shortest;
}

function waitsByRanks(sides: CollectiveSides, matched: MatchedCollectives, isComplete: Uint8Array): Float64Array {
  const waits = new Float64Array(sides.length).fill(Number.NaN);
  const shortest = shortestNs(sides, matched);
  for (const side of matched.members) {
    const collective = matched.of[side];
    if (isComplete[collective] === 1) waits[side] = sides.durNs[side] - shortest[collective];
  }
  return waits;
}

function waitsByTable({ length, durNs, table }: CollectiveSides): Float64Array {
  const waits = new Float64Array(length).fill(Number.NaN);
  for (let side = 0; side < length; side++) {
    const { transferNs = 0 } = table[side] ?? {};
    if (transferNs !== 0) waits[side] = Math.max(0, durNs[side] - transferNs);
  }
  return waits;
}

/** Ops of one name and group have the same ranks in a job, so each is looked up once. */
function completeOnes({ run }: RunAnalysis, sides: CollectiveSides, matched: MatchedCollectives): Uint8Array {
  const { participants, jobs, participant, texts } = sides;
  const isComplete = new Uint8Array(matched.count).fill(1);
  const sizes = new GroupSizes(run);
  if (sizes.areUnknown) return isComplete;
  const known = new Map<string, boolean>();
  for (let collective = 0; collective < matched.count; collective++) {
    const members = matched.members.subarray(matched.from[collective], matched.from[collective + 1]);
    const [first] = members;
    const [group, name] = [sides.group[first], sides.name[first]];
    const key = `${jobs[participant[first]]} ${group} ${name}`;
    let complete = known.get(key);
    if (complete === undefined) {
      const ranks = Array.from(members, (side) => participants[participant[side]].rank);
      complete = sizes.isComplete(group === NONE ? '' : texts.get(group), texts.get(name), ranks);
      known.set(key, complete);
    }
    isComplete[collective] = Number(complete);
  }
  return isComplete;
}

function waitsOnPlanes(
  { run, devices }: RunAnalysis,
  { length, sideRange, task, startNs, durNs }: CollectiveSides,
): Float64Array {
  const waits = new Float64Array(length).fill(Number.NaN);
  const ofShards: (Map<number, Coverage> | undefined)[] = [];
  for (const [device, { tasks }] of devices.entries()) {
    const ofStreams = tasks.streams.map(({ shard, track }) =>
      (ofShards[shard] ??= planeWaits(run.shards[shard].timeline)).get(track),
    );
    for (let side = sideRange[device]; side < sideRange[device + 1]; side++) {
      const stream = tasks.stream[task[side]];
      const fromNs = startNs[side] - run.shards[tasks.streams[stream].shard].shiftNs;
      waits[side] = ofStreams[stream]?.withinNs(fromNs, fromNs + durNs[side]) ?? Number.NaN;
    }
  }
  return waits;
}
