/**
 * Slices of one name on one kind of track, in all shards: found once for all names, so that what they have in common can be
 * told of any at once. Four bytes for each slice of the run.
 */
import { byString } from '../../analysis/by-string.ts';
import { RunTexts } from '../../analysis/run-texts.ts';
import { opTypeOfName, plainType, type SliceId, type StringTable, type TrackKind } from '../../timeline/index.ts';
import { grouped } from '../../base/index.ts';
import { perRun } from './per-run.ts';
import type { ViewedRun, ViewedTrack } from './viewed-run.ts';

/** A text has this many kinds of tracks at most. */
const MOST_KINDS = 64;

export const sameNames = perRun((viewed) => new SameNames(viewed));

export interface NameGroup {
  readonly name: string;
  readonly count: number;
  readonly totalNs: number;
}

class SameNames {
  readonly #viewed: ViewedRun;
  readonly #texts = new RunTexts();
  readonly #kinds = new Map<TrackKind, number>();
  readonly #numbers = new Map<number, number>();
  readonly #names: number[] = [];
  readonly #kindOf: number[] = [];
  readonly #counts: number[] = [];
  readonly #totalsNs: number[] = [];
  /** By shard: the number of its first slice among those of the run. */
  readonly #bases: readonly number[];
  /** Slices of group g are rows[from[g]] to rows[from[g + 1] - 1], by shard and row: those of a track stand together. */
  readonly #from: Uint32Array;
  readonly #rows: Uint32Array;
  #alike: ReadonlyMap<string, readonly number[]> | undefined;

  constructor(viewed: ViewedRun) {
    this.#viewed = viewed;
    const lengths = viewed.run.shards.map(({ timeline }) => timeline.slices.length);
    this.#bases = lengths.map((_, shard) => lengths.slice(0, shard).reduce((sum, length) => sum + length, 0));
    const numberOf = this.#numbering();
    this.#visit(({ shard, track }) => {
      const { slices, sliceRange, tracks, strings } = shard.timeline;
      const groupOf = numberOf(strings, tracks[track].kind, shard);
      for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
        const group = groupOf(slices.name[slice]);
        this.#counts[group]++;
        this.#totalsNs[group] += slices.durNs[slice];
      }
    });
    this.#from = new Uint32Array(this.#counts.length + 1);
    this.#counts.forEach((count, group) => {
      this.#from[group + 1] = this.#from[group] + count;
    });
    this.#rows = new Uint32Array(this.#from[this.#counts.length]);
    const next = this.#from.slice();
    this.#visit(({ shard, shardNumber, track }) => {
      const { slices, sliceRange, tracks, strings } = shard.timeline;
      const groupOf = numberOf(strings, tracks[track].kind, shard);
      const base = this.#bases[shardNumber];
      for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
        this.#rows[next[groupOf(slices.name[slice])]++] = base + slice;
      }
    });
  }

  groupOf({ shard, track }: Pick<ViewedTrack, 'shard' | 'track'>, slice: SliceId): number {
    const { tracks, slices } = shard.timeline;
    const kind = this.#kinds.get(tracks[track].kind) ?? 0;
    return this.#numbers.get(this.#texts.of(shard)(slices.name[slice]) * MOST_KINDS + kind) ?? 0;
  }

  /** Each name once, whatever the kinds of its tracks. */
  forEachName(fits: (name: string) => boolean, visit: (group: NameGroup) => void): void {
    const counts = new Float64Array(this.#texts.length);
    const totalsNs = new Float64Array(this.#texts.length);
    for (const [group, text] of this.#names.entries()) {
      counts[text] += this.#counts[group];
      totalsNs[text] += this.#totalsNs[group];
    }
    for (const [text, count] of counts.entries()) {
      if (count === 0) continue;
      const name = this.#texts.get(text);
      if (fits(name)) visit({ name, count, totalNs: totalsNs[text] });
    }
  }

  /** Groups on the same kind of track whose names are alike but for the numbers at their ends. */
  alike(group: number): { readonly key: string; readonly groups: readonly number[] } {
    this.#alike ??= new Map(
      grouped([...this.#names.keys()], (each) => this.#plainKey(each)).map((groups) => [
        this.#plainKey(groups[0]),
        groups,
      ]),
    );
    const key = this.#plainKey(group);
    return { key: key.slice(key.indexOf(' ') + 1), groups: this.#alike.get(key) ?? [group] };
  }

  /** The slices of a group on one track, in the order of time. */
  onTrack(group: number, { shard, shardNumber, track }: ViewedTrack): SlicesOfGroup {
    const base = this.#bases[shardNumber];
    const { sliceRange } = shard.timeline;
    const [first, end] = [this.#from[group], this.#from[group + 1]];
    const from = firstNotBelow(this.#rows, base + sliceRange[track], first, end);
    const to = firstNotBelow(this.#rows, base + sliceRange[track + 1], from, end);
    return { length: to - from, at: (position) => this.#rows[from + position] - base };
  }

  durations(groups: readonly number[]): Float64Array {
    const all = new Float64Array(groups.reduce((sum, group) => sum + this.#counts[group], 0));
    let at = 0;
    for (const group of groups) {
      all.set(this.#durations(group), at);
      at += this.#counts[group];
    }
    return all;
  }

  #plainKey(group: number): string {
    return `${this.#kindOf[group]} ${plainType(opTypeOfName(this.#texts.get(this.#names[group])))}`;
  }

  #durations(group: number): Float64Array {
    const { shards } = this.#viewed.run;
    const durations = new Float64Array(this.#from[group + 1] - this.#from[group]);
    let row = this.#from[group];
    let at = 0;
    for (const [number, { timeline }] of shards.entries()) {
      const base = this.#bases[number];
      const end = base + timeline.slices.length;
      const { durNs } = timeline.slices;
      for (; at < durations.length && this.#rows[row] < end; row++) durations[at++] = durNs[this.#rows[row] - base];
    }
    return durations;
  }

  /** In the order of the columns. */
  #visit(visit: (track: Pick<ViewedTrack, 'shard' | 'shardNumber' | 'track'>) => void): void {
    for (const [shardNumber, shard] of this.#viewed.run.shards.entries()) {
      for (const track of shard.timeline.tracks.keys()) visit({ shard, shardNumber, track });
    }
  }

  /** Each string of a table is looked up once for each kind of track. */
  #numbering(): (strings: StringTable, kind: TrackKind, shard: ViewedTrack['shard']) => (name: number) => number {
    const known = new Map<StringTable, Map<TrackKind, (name: number) => number>>();
    return (strings, kind, shard) => {
      const ofTable = known.get(strings) ?? new Map<TrackKind, (name: number) => number>();
      known.set(strings, ofTable);
      const kindNumber = this.#kinds.get(kind) ?? this.#kinds.size;
      this.#kinds.set(kind, kindNumber);
      const textOf = this.#texts.of(shard);
      const numberOf = ofTable.get(kind) ?? byString(strings.size, (name) => this.#number(textOf(name), kindNumber));
      ofTable.set(kind, numberOf);
      return numberOf;
    };
  }

  #number(text: number, kindNumber: number): number {
    const key = text * MOST_KINDS + kindNumber;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#names.length);
    this.#kindOf.push(kindNumber);
    this.#counts.push(0);
    this.#totalsNs.push(0);
    return this.#names.push(text) - 1;
  }
}

export interface SlicesOfGroup {
  readonly length: number;
  at(position: number): SliceId;
}

/** The first position in an ascending part of a list whose value is not below a bound. */
function firstNotBelow(ascending: Uint32Array, bound: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
