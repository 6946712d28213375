/** The arrows to and from each slice of a shard. */
import { type FlowColumns, NONE, type SliceId, type Timeline } from '../../timeline/index.ts';
import { lazily, perRun } from './per-run.ts';
import { placeOf, trackNumber } from './places.ts';
import type { Place, SliceDetails } from './protocol.ts';
import type { ViewedRun, ViewedTrack } from './viewed-run.ts';

/** The call of a graph launches more than anybody can look at. */
const MOST_ARROWS = 1000;

/** By number of the shard. */
export const arrowsOfShards = perRun(({ run }) => lazily((shard) => new Arrows(run.shards[shard].timeline)));

class Arrows {
  readonly #flows: FlowColumns;
  readonly #byFrom: Uint32Array;
  readonly #byTo: Uint32Array;

  constructor({ flows, slices }: Timeline) {
    this.#flows = flows;
    this.#byFrom = orderedBy(flows.fromSlice, slices.length);
    this.#byTo = orderedBy(flows.toSlice, slices.length);
  }

  /** Those that begin at slices from the first one on and before the other. */
  from(first: SliceId, end = first + 1): Uint32Array {
    return between(this.#byFrom, this.#flows.fromSlice, first, end);
  }

  to(slice: SliceId): Uint32Array {
    return between(this.#byTo, this.#flows.toSlice, slice, slice + 1);
  }
}

/** Arrows that have a slice there, by that slice. */
function orderedBy(slice: Int32Array, sliceCount: number): Uint32Array {
  const next = new Uint32Array(sliceCount + 1);
  for (const each of slice) if (each !== NONE) next[each + 1]++;
  for (let i = 0; i < sliceCount; i++) next[i + 1] += next[i];
  const order = new Uint32Array(next[sliceCount]);
  for (let arrow = 0; arrow < slice.length; arrow++) if (slice[arrow] !== NONE) order[next[slice[arrow]]++] = arrow;
  return order;
}

function between(order: Uint32Array, slice: Int32Array, first: SliceId, end: SliceId): Uint32Array {
  const positionOf = (bound: SliceId): number => {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (slice[order[middle]] < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return order.subarray(positionOf(first), positionOf(end));
}

/** With where they lead, or come from; ends that were not captured are left out. */
export function arrowsOf(
  viewed: ViewedRun,
  { shardNumber }: ViewedTrack,
  slice: SliceId,
): Pick<SliceDetails, 'arrows' | 'arrowCount'> {
  const arrows = arrowsOfShards(viewed)(shardNumber);
  const { flows, strings } = viewed.run.shards[shardNumber].timeline;
  const ends = [
    ...Array.from(arrows.to(slice), (arrow) => ({ arrow, isTo: false })),
    ...Array.from(arrows.from(slice), (arrow) => ({ arrow, isTo: true })),
  ].filter(({ arrow, isTo }) => (isTo ? flows.toTrack : flows.fromTrack)[arrow] !== NONE);
  return {
    arrowCount: ends.length,
    arrows: ends.slice(0, MOST_ARROWS).map(({ arrow, isTo }) => {
      return { name: strings.get(flows.name[arrow]), isTo, place: endOf(viewed, shardNumber, arrow, isTo) };
    }),
  };
}

/** An end without a slice under it is a moment. */
function endOf(viewed: ViewedRun, shard: number, arrow: number, isTo: boolean): Place {
  const { timeline, shiftNs } = viewed.run.shards[shard];
  const { fromTrack, fromNs, fromSlice, toTrack, toNs, toSlice } = timeline.flows;
  const slice = (isTo ? toSlice : fromSlice)[arrow];
  if (slice !== NONE) return placeOf(viewed, shard, slice);
  const track = trackNumber(viewed, shard, (isTo ? toTrack : fromTrack)[arrow]);
  return { track, slice, startNs: (isTo ? toNs : fromNs)[arrow] + shiftNs, durNs: 0, name: '' };
}
