import { NONE, type Run, type SliceId, type Timeline, type TrackId } from '../../timeline/index.ts';
import { firstAbove } from '../sorted.ts';

/** Processes of one capture show one thread under one id, each with what it knows of it. */
export interface HostThread {
  readonly shard: number;
  readonly tracks: readonly TrackId[];
}

/** The threads of all captures of a run under one number each. */
export class HostThreads {
  readonly all: readonly HostThread[];
  /** By shard and track. */
  readonly #numbers: readonly Int32Array[];
  readonly #run: Run;

  constructor(run: Run) {
    const all: { shard: number; tracks: TrackId[] }[] = [];
    this.#run = run;
    this.#numbers = run.shards.map(({ timeline: { tracks } }, shard) => {
      const byKey = new Map<string, number>();
      return Int32Array.from(tracks, ({ kind, key }, track) => {
        if (kind !== 'thread') return NONE;
        const number = byKey.get(key) ?? all.push({ shard, tracks: [] }) - 1;
        byKey.set(key, number);
        all[number].tracks.push(track);
        return number;
      });
    });
    this.all = all;
  }

  /** NONE of no slice, and of one that is on no thread. */
  of(shard: number, slice: SliceId): number {
    return slice === NONE ? NONE : this.#numbers[shard][this.#run.shards[shard].timeline.slices.track[slice]];
  }
}

/** The slices of a track from the first that may reach over a moment, which is one in no other, to the last before another. */
export function slicesBetween(
  { slices, sliceRange }: Timeline,
  track: TrackId,
  fromNs: number,
  toNs: number,
): readonly [from: SliceId, to: SliceId] {
  const [begin, end] = [sliceRange[track], sliceRange[track + 1]];
  let first = firstAbove(slices.startNs, fromNs, begin, end) - 1;
  while (first > begin && slices.depth[first] > 0) first--;
  // `toNs` itself is no part of it.
  let last = firstAbove(slices.startNs, toNs, begin, end);
  while (last > begin && slices.startNs[last - 1] >= toNs) last--;
  return [Math.max(first, begin), last];
}
