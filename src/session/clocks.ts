import { jobsOf, partsOf, type Shard, type Timeline } from '../timeline/index.ts';
import { type CollectiveEnds, collectiveEnds, type OwnTimeline } from './collectives.ts';

export type UnplacedShard = Omit<Shard, 'shiftNs'>;

/** What counts time by itself: the shards of one rank and capture, which keep their places to each other. */
export interface Clock {
  readonly name: string;
  /** NONE where unknown. */
  readonly rank: number;
  /** One of its files. */
  readonly path: string;
  /** Its first event and its last end, by itself. */
  readonly firstNs: bigint;
  readonly lastNs: bigint;
  /** By their numbers in the run. */
  readonly shards: readonly number[];
  /** Those of the shards. */
  readonly timelines: readonly OwnTimeline[];
  /** Only known where there is another clock. */
  readonly collectives: CollectiveEnds;
}

/** A clock at its place on the axis of the run. */
export interface PlacedClock extends Clock {
  /** What was added to it. */
  readonly shiftNs: bigint;
  /** Why it was left as it is, where it should not have been. */
  readonly unplacedWhy?: string;
}

/** From the lowest rank on. Shards in which nothing happens have no time. */
export function clocksOf(shards: readonly UnplacedShard[]): Clock[] {
  const parts = partsOf(shards);
  const clocks = parts.flatMap(({ name, rank, shards: all }) => {
    const own = all.filter((shard) => hasRows(shards[shard].timeline));
    if (own.length === 0) return [];
    const firstNs = earliest(own.map((shard) => shards[shard].timeline.originNs));
    const ends = own.map((shard) => shards[shard].timeline.originNs + BigInt(shards[shard].timeline.endNs));
    const timelines = own.map((shard) => {
      const { timeline } = shards[shard];
      return { timeline, fromNs: Number(timeline.originNs - firstNs) };
    });
    return {
      name,
      rank,
      path: shards[own[0]].files[0] ?? name,
      firstNs,
      lastNs: ends.reduce((last, ns) => (ns > last ? ns : last)),
      shards: own,
      timelines,
      collectives: parts.length > 1 ? collectiveEnds(timelines) : new Map<string, number>(),
      capture: shards[own[0]].capture,
    };
  });
  return withCollectivesOfJobs(clocks);
}

/** Collectives of one name in two jobs are not the same one. */
function withCollectivesOfJobs(clocks: readonly (Clock & { readonly capture: string | undefined })[]): Clock[] {
  const originNs = clocks.length === 0 ? 0n : earliest(clocks.map(({ firstNs }) => firstNs));
  const jobs = jobsOf(
    clocks.map(({ rank, capture, firstNs, lastNs }) => {
      return { rank, capture, time: { startNs: Number(firstNs - originNs), endNs: Number(lastNs - originNs) } };
    }),
  );
  return clocks.map(({ capture: _, ...clock }, index) => {
    const { collectives } = clock;
    if (jobs[index] === 0) return clock;
    return { ...clock, collectives: new Map([...collectives].map(([key, endNs]) => [`${jobs[index]} ${key}`, endNs])) };
  });
}

/** Of at least one. */
export function earliest(times: readonly bigint[]): bigint {
  return times.reduce((first, ns) => (ns < first ? ns : first));
}

export function hasRows({ slices, instants, counters, flows }: Timeline): boolean {
  return slices.length + instants.length + counters.length + flows.length > 0;
}
