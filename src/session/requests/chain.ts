/** From the framework's operator over the calls of the runtime to the device. */
import { NONE, type SliceId, type Timeline } from '../../timeline/index.ts';
import { arrowsOfShards } from './arrows.ts';
import { placeOf } from './places.ts';
import type { SliceDetails } from './protocol.ts';
import type { ViewedRun, ViewedTrack } from './viewed-run.ts';

/** A slice of the host may hold millions of launches; its own chain begins with the first ones. */
const MOST_TRIED = 64;

type Chain = SliceDetails['chain'];

/** The chain that a slice is part of: of a task its own, of a call or an operator that of the first task it led to. */
export function chainOf(viewed: ViewedRun, { shard, shardNumber, track }: ViewedTrack, slice: SliceId): Chain {
  const { timeline } = shard;
  if (timeline.tracks[track].kind !== 'thread') return chainOfTask(viewed, shardNumber, slice);
  const { toSlice } = timeline.flows;
  const within = arrowsOfShards(viewed)(shardNumber).from(slice, endOfNested(timeline, track, slice));
  for (const arrow of within.subarray(0, MOST_TRIED)) {
    if (toSlice[arrow] === NONE || isOnHost(timeline, toSlice[arrow])) continue;
    const chain = chainOfTask(viewed, shardNumber, toSlice[arrow]);
    if (chain.some((link) => link.slice === slice)) return chain;
  }
  return [];
}

function isOnHost({ tracks, slices }: Timeline, slice: SliceId): boolean {
  return tracks[slices.track[slice]].kind === 'thread';
}

/** The first slice of the track that begins when this one is over. */
function endOfNested({ slices, sliceRange }: Timeline, track: number, slice: SliceId): SliceId {
  const endNs = slices.startNs[slice] + slices.durNs[slice];
  let [low, high] = [slice + 1, sliceRange[track + 1]];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (slices.startNs[middle] < endNs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Latencies are from start to start, so they add up; that of the first link is known only of launches that are no slices. */
function chainOfTask(viewed: ViewedRun, shard: number, task: SliceId): Chain {
  const launches = viewed.analysis.launches.ofShard(shard);
  const launchNs = launches.startNs(task);
  if (Number.isNaN(launchNs)) return [];
  const slices = [launches.operator(task), launches.outermostCall(task), launches.call(task), task];
  const places = [...new Set(slices)].filter((slice) => slice !== NONE).map((slice) => placeOf(viewed, shard, slice));
  return places.map((place, at) => {
    if (at > 0) return { ...place, latencyNs: place.startNs - places[at - 1].startNs };
    return { ...place, latencyNs: places.length === 1 ? place.startNs - launchNs : null };
  });
}
