import { byString } from '../../analysis/by-string.ts';
import type { StringTable } from '../../timeline/index.ts';
import { assertOrdered } from './checks.ts';
import { perRun } from './per-run.ts';
import type { AnswerTo, Ask } from './protocol.ts';
import type { ViewedRun, ViewedTrack } from './viewed-run.ts';

type OpTotals = AnswerTo<'selection'>['json']['ops'][number];

const MOST_OPS = 1000;
const BLOCK = 256;

/**
 * Slices that touch the area count, with the time that they are in it: `busyNs` of a track counts each moment once, `totalNs`
 * of a name adds up its slices, so that what nests counts in itself and in what is around it.
 */
export function selection(viewed: ViewedRun, { startNs, endNs, tracks }: Ask<'selection'>): AnswerTo<'selection'> {
  assertOrdered({ startNs, endNs });
  const ops = new Totals();
  const ofTracks = [...new Set(tracks)].map((track) => {
    const viewedTrack = viewed.tracks[track];
    const { shiftNs, timeline } = viewedTrack.shard;
    const addTo = ops.ofNames(timeline.strings);
    let [count, busyNs, busyToNs] = [0, 0, startNs];
    forEachWithin(viewed, viewedTrack, startNs - shiftNs, endNs - shiftNs, (slice) => {
      const fromNs = Math.max(timeline.slices.startNs[slice] + shiftNs, startNs);
      const toNs = Math.min(timeline.slices.startNs[slice] + timeline.slices.durNs[slice] + shiftNs, endNs);
      count++;
      if (toNs > busyToNs) {
        busyNs += toNs - Math.max(fromNs, busyToNs);
        busyToNs = toNs;
      }
      addTo(timeline.slices.name[slice], toNs - fromNs);
    });
    return { track, count, busyNs };
  });
  const all = ops.finish();
  return { json: { tracks: ofTracks, ops: all.slice(0, MOST_OPS), opCount: all.length }, columns: {} };
}

/** By name, from whatever shard. */
class Totals {
  readonly #numbers = new Map<string, number>();
  readonly #totals: { name: string; count: number; totalNs: number; maxNs: number }[] = [];
  readonly #ofTables = new Map<StringTable, (name: number) => number>();

  ofNames(strings: StringTable): (name: number, ns: number) => void {
    const numberOf = this.#ofTables.get(strings) ?? byString(strings.size, (name) => this.#number(strings.get(name)));
    this.#ofTables.set(strings, numberOf);
    return (name, ns) => {
      const totals = this.#totals[numberOf(name)];
      totals.count++;
      totals.totalNs += ns;
      if (ns > totals.maxNs) totals.maxNs = ns;
    };
  }

  finish(): OpTotals[] {
    return this.#totals.sort((a, b) => b.totalNs - a.totalNs || b.count - a.count);
  }

  #number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#totals.length);
    return this.#totals.push({ name, count: 0, totalNs: 0, maxNs: 0 }) - 1;
  }
}

/** By shard and block of slices: when the last of them is over. Slices that began long ago are found without looking at all. */
const blockEnds = perRun(({ run }) =>
  run.shards.map(({ timeline: { slices } }) => {
    const { startNs, durNs, length } = slices;
    const ends = new Float64Array(Math.ceil(length / BLOCK)).fill(Number.NEGATIVE_INFINITY);
    for (let slice = 0; slice < length; slice++) {
      const endNs = startNs[slice] + durNs[slice];
      if (endNs > ends[Math.floor(slice / BLOCK)]) ends[Math.floor(slice / BLOCK)] = endNs;
    }
    return ends;
  }),
);

/** Slices of a track in [fromNs, toNs) of its shard's time, in order; those without length where they begin in it. */
function forEachWithin(
  viewed: ViewedRun,
  { shard, shardNumber, track }: ViewedTrack,
  fromNs: number,
  toNs: number,
  visit: (slice: number) => void,
): void {
  const { slices, sliceRange } = shard.timeline;
  const { startNs, durNs } = slices;
  const ends = blockEnds(viewed)[shardNumber];
  for (let slice = sliceRange[track]; slice < sliceRange[track + 1] && startNs[slice] < toNs; slice++) {
    const block = Math.floor(slice / BLOCK);
    if (ends[block] < fromNs) {
      // The last of the block, after which the loop goes on.
      slice = (block + 1) * BLOCK - 1;
      continue;
    }
    if (startNs[slice] >= fromNs || startNs[slice] + durNs[slice] > fromNs) visit(slice);
  }
}
