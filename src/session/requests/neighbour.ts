import type { SliceId } from '../../timeline/index.ts';
import { placeOf, trackWith } from './places.ts';
import type { AnswerTo, Ask } from './protocol.ts';
import { sameNames, type SlicesOfGroup } from './same-name.ts';
import type { ViewedRun } from './viewed-run.ts';

interface Found {
  readonly startNs: number;
  readonly shard: number;
  readonly slice: SliceId;
}

/** In the order of time, of what begins at one time in the order of tracks; of the tracks none is merged with another for it. */
export function neighbour(viewed: ViewedRun, ask: Ask<'neighbour'>): AnswerTo<'neighbour'> {
  const own = trackWith(viewed, ask);
  const { timeline, shiftNs } = own.shard;
  const names = sameNames(viewed);
  const group = names.groupOf(own, ask.slice);
  const ownNs = timeline.slices.startNs[ask.slice] + shiftNs;
  let best: Found | undefined;
  for (const [number, viewedTrack] of viewed.tracks.entries()) {
    const { shard, shardNumber, track } = viewedTrack;
    if (shard.timeline.tracks[track].kind !== timeline.tracks[own.track].kind) continue;
    const slices = names.onTrack(group, viewedTrack);
    if (slices.length === 0) continue;
    const startNs = (position: number): number => shard.timeline.slices.startNs[slices.at(position)] + shard.shiftNs;
    const isAfter = (position: number): boolean =>
      number === ask.track
        ? slices.at(position) > ask.slice
        : startNs(position) > ownNs || (startNs(position) === ownNs && number > ask.track);
    const first = firstThat(slices, isAfter);
    const before = number === ask.track ? first - 2 : first - 1;
    const position = ask.direction === 1 ? first : before;
    if (position < 0 || position >= slices.length) continue;
    const found = { startNs: startNs(position), shard: shardNumber, slice: slices.at(position) };
    if (isNearer(found, best, ask.direction)) best = found;
  }
  return { json: best === undefined ? null : placeOf(viewed, best.shard, best.slice), columns: {} };
}

/** Tracks come in their order, so of those at one time the first is next and the last is previous. */
function isNearer({ startNs }: Found, best: Found | undefined, direction: -1 | 1): boolean {
  if (best === undefined) return true;
  return direction === 1 ? startNs < best.startNs : startNs >= best.startNs;
}

/** The first position from which on all are so; their number where none is. */
function firstThat({ length }: SlicesOfGroup, isSo: (position: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
