import { hashBytes, type NewTrack, type ScannedRun, type Tape } from '../../bytes/index.ts';
import { type EventRows, NONE, type TimelineBuilder, typedColumns } from '../../timeline/index.ts';
import type { Dialect } from './dialect.ts';
import type { FlowKeys } from './flow-keys.ts';
import type { SeriesTracks } from './series-tracks.ts';

type Ends = ScannedRun['ends'];

const NOTHING: Ends = { slices: 0, counters: 0, flows: 0 };
const UNKNOWN = -2;

/** What the scanners of one capture share: where their rows, tracks and arrows go. */
export interface TapeTarget {
  readonly builder: TimelineBuilder;
  readonly dialect: Dialect;
  readonly series: SeriesTracks;
  readonly flowKeys: FlowKeys;
}

/** Takes over the tapes of one scanner, in order, and translates its numbers of strings and tracks into the builder's. */
export class TapeRows {
  readonly #target: TapeTarget;
  readonly #isText: readonly boolean[];
  #stringOf = new Int32Array(1 << 10);
  #stringCount = 0;
  #trackOf = new Int32Array(1 << 8);
  readonly #tracks: NewTrack[] = [];
  #tape: Tape | undefined;
  #done = NOTHING;
  /** How much of each typed column lies in rows that are done. */
  #typedDone: number[] = [];
  #noSlice = new Int32Array(0);

  constructor(target: TapeTarget) {
    this.#target = target;
    this.#isText = typedColumns(target.dialect.typedKeys).map(({ kind }) => kind === 'text');
  }

  /** The next tape of the scanner. Its columns are changed in place. */
  start(tape: Tape): void {
    this.#tape = tape;
    this.#done = NOTHING;
    this.#typedDone = tape.typed.map(() => 0);
    this.#learnStrings(tape.newStrings);
    for (const track of tape.newTracks) {
      if (this.#tracks.length === this.#trackOf.length) this.#trackOf = doubled(this.#trackOf);
      this.#trackOf[this.#tracks.push(track) - 1] = UNKNOWN;
    }
  }

  #learnStrings({ bytes, ends }: Tape['newStrings']): void {
    const { strings } = this.#target.builder;
    let from = 0;
    for (const to of ends) {
      if (this.#stringCount === this.#stringOf.length) this.#stringOf = doubled(this.#stringOf);
      this.#stringOf[this.#stringCount++] = strings.add(bytes, from, to, hashBytes(bytes, from, to));
      from = to;
    }
  }

  /** Leaves out the rows up to these ends: they are no rows of the timeline. */
  skip(ends: Ends): void {
    this.#done = ends;
    this.#tape?.typed.forEach(({ rows }, index) => {
      this.#typedDone[index] = firstFrom(rows, this.#typedDone[index], ends.slices);
    });
  }

  /** Adds the rows of the tape from those that are done up to these ends. */
  take(rows: EventRows, ends: Ends): void {
    const tape = this.#tape;
    if (tape === undefined) return;
    const from = this.#done;
    this.#done = ends;
    if (ends.slices > from.slices) this.#takeSlices(rows, tape, from.slices, ends.slices);
    if (ends.counters > from.counters) {
      this.#translateTracks(tape.counters.track, from.counters, ends.counters);
      rows.counters.append(tape.counters, from.counters, ends.counters);
    }
    if (ends.flows > from.flows) this.#takeFlows(rows, tape, from.flows, ends.flows);
  }

  #takeSlices(rows: EventRows, { slices, typed }: Tape, from: number, to: number): void {
    this.#translateTracks(slices.track, from, to);
    this.#translateStrings(slices.name, from, to);
    this.#translateStrings(slices.category, from, to);
    const shift = rows.slices.length - from;
    rows.slices.append(slices, from, to);
    typed.forEach((column, index) => {
      const first = this.#typedDone[index];
      const last = firstFrom(column.rows, first, to);
      if (first === last) return;
      this.#typedDone[index] = last;
      if (this.#isText[index]) this.#translateStrings(column.values, first, last);
      rows.typed.append(index, shift, column.rows.subarray(first, last), column.values.subarray(first, last));
    });
  }

  #takeFlows(rows: EventRows, { flows }: Tape, from: number, to: number): void {
    this.#translateTracks(flows.track, from, to);
    this.#translateStrings(flows.name, from, to);
    this.#translateStrings(flows.category, from, to);
    const { name, category, idHigh, idLow } = flows;
    const { flowKeys } = this.#target;
    const key = new Int32Array(to);
    for (let i = from; i < to; i++) key[i] = flowKeys.numbered(category[i], name[i], idHigh[i], idLow[i]);
    if (to > this.#noSlice.length) this.#noSlice = new Int32Array(to).fill(NONE);
    rows.flowEnds.append({ ...flows, key, slice: this.#noSlice }, from, to);
  }

  #translateStrings(column: Int32Array | Float64Array, from: number, to: number): void {
    const stringOf = this.#stringOf;
    // One loop for each kind of array: a loop over both is several times slower.
    if (column instanceof Int32Array) translate(column, stringOf, from, to);
    else for (let i = from; i < to; i++) column[i] = stringOf[column[i]];
  }

  #translateTracks(column: Int32Array, from: number, to: number): void {
    const trackOf = this.#trackOf;
    for (let i = from; i < to; i++) {
      if (trackOf[column[i]] === UNKNOWN) trackOf[column[i]] = this.#makeTrack(this.#tracks[column[i]]);
      column[i] = trackOf[column[i]];
    }
  }

  #makeTrack(track: NewTrack): number {
    const { builder, series } = this.#target;
    const keyOf = (key: string): number => builder.keys.addText(key);
    const pid = keyOf(String(track.pid));
    switch (track.kind) {
      case 'thread':
        return builder.tracks.thread(pid, track.tid === NONE ? NONE : keyOf(String(track.tid)));
      case 'series': {
        const selectors = track.selectors.map(({ key, value }) => ({
          key: keyOf(key),
          value: { bytes: value, from: 0, to: value.length },
        }));
        const name = this.#stringOf[track.name];
        return series.track({ pid, name, key: keyOf(track.key), selectors, id: undefined });
      }
      default:
        return track satisfies never;
    }
  }
}

function translate(column: Int32Array, numberOf: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) if (column[i] !== NONE) column[i] = numberOf[column[i]];
}

/** The first index from `at` on whose row is not below `row`. */
function firstFrom(rows: Uint32Array, at: number, row: number): number {
  if (rows.length > 0 && rows[rows.length - 1] < row) return rows.length;
  while (at < rows.length && rows[at] < row) at++;
  return at;
}

function doubled(numbers: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(numbers.length * 2);
  bigger.set(numbers);
  return bigger;
}
