/** Slices by the numbers that requests know them by. */
import { NONE, type SliceId, type TrackId } from '../../timeline/index.ts';
import { wrongAsk } from './checks.ts';
import { perRun } from './per-run.ts';
import type { Place } from './protocol.ts';
import type { ViewedRun, ViewedTrack } from './viewed-run.ts';

/** By shard: the number of each of its tracks in the run. */
const trackNumbers = perRun(({ run, tracks }) => {
  const numbers = run.shards.map(({ timeline }) => new Int32Array(timeline.tracks.length).fill(NONE));
  tracks.forEach(({ shardNumber, track }, number) => {
    numbers[shardNumber][track] = number;
  });
  return numbers;
});

export function trackNumber(viewed: ViewedRun, shard: number, track: TrackId): number {
  return trackNumbers(viewed)[shard][track];
}

/** The slice of a shard. */
export function placeOf(viewed: ViewedRun, shard: number, slice: SliceId): Place {
  const { timeline, shiftNs } = viewed.run.shards[shard];
  const { slices, strings } = timeline;
  return {
    track: trackNumber(viewed, shard, slices.track[slice]),
    slice,
    startNs: slices.startNs[slice] + shiftNs,
    durNs: slices.durNs[slice],
    name: strings.get(slices.name[slice]),
  };
}

/** The same where there may be none. */
export function placeOrNull(viewed: ViewedRun, shard: number, slice: SliceId): Place | null {
  return slice === NONE ? null : placeOf(viewed, shard, slice);
}

/** The track that a slice which somebody asks for has to be on. */
export function trackWith(viewed: ViewedRun, { track, slice }: { track: number; slice: SliceId }): ViewedTrack {
  const viewedTrack = viewed.tracks[track];
  const { sliceRange } = viewedTrack.shard.timeline;
  const [from, to] = [sliceRange[viewedTrack.track], sliceRange[viewedTrack.track + 1]];
  if (slice >= from && slice < to) return viewedTrack;
  const expected = from === to ? 'none, as the track has no slices' : `a slice of track ${track}, ${from} to ${to - 1}`;
  throw wrongAsk('slice', expected, slice);
}
