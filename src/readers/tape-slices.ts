import { hashBytes, type NewTrack, type Tape } from '../bytes/index.ts';
import { type EventRows, NONE, type TimelineBuilder } from '../timeline/index.ts';

const UNKNOWN = -2;

/** Makes a track of the builder. `stringOf` gives its numbers of the scanner's strings. */
export type MakeTrack = (track: NewTrack, stringOf: Int32Array) => number;

/** Takes over strings, tracks and slices from the tapes of one scanner, in order, translating its numbers into the builder's. */
export class TapeSlices {
  readonly #builder: TimelineBuilder;
  readonly #makeTrack: MakeTrack;
  #stringOf = new Int32Array(1 << 10);
  #stringCount = 0;
  #trackOf = new Int32Array(1 << 8);
  readonly #tracks: NewTrack[] = [];
  /** How much of each typed column lies in rows that are done. */
  #typedDone: number[] = [];

  constructor(builder: TimelineBuilder, makeTrack: MakeTrack) {
    this.#builder = builder;
    this.#makeTrack = makeTrack;
  }

  /** The next tape of the scanner. Its columns are changed in place. */
  start({ newStrings, newTracks, typed }: Tape): void {
    this.#typedDone = typed.map(() => 0);
    this.#learnStrings(newStrings);
    for (const track of newTracks) {
      if (this.#tracks.length === this.#trackOf.length) this.#trackOf = doubled(this.#trackOf);
      this.#trackOf[this.#tracks.push(track) - 1] = UNKNOWN;
    }
  }

  #learnStrings({ bytes, ends }: Tape['newStrings']): void {
    const { strings } = this.#builder;
    let from = 0;
    for (const to of ends) {
      if (this.#stringCount === this.#stringOf.length) this.#stringOf = doubled(this.#stringOf);
      this.#stringOf[this.#stringCount++] = strings.add(bytes, from, to, hashBytes(bytes, from, to));
      from = to;
    }
  }

  /** Leaves out the slices up to `to`. */
  skip({ typed }: Tape, to: number): void {
    typed.forEach(({ rows }, index) => {
      this.#typedDone[index] = firstFrom(rows, this.#typedDone[index], to);
    });
  }

  /** Adds the slices [from, to) of the tape. */
  take(rows: EventRows, { slices, typed }: Tape, from: number, to: number): void {
    this.translateTracks(slices.track, from, to);
    this.translateStrings(slices.name, from, to);
    this.translateStrings(slices.category, from, to);
    const shift = rows.slices.length - from;
    rows.slices.append(slices, from, to);
    typed.forEach((column, index) => {
      const first = this.#typedDone[index];
      const last = firstFrom(column.rows, first, to);
      if (first === last) return;
      this.#typedDone[index] = last;
      const values = column.values.subarray(first, last);
      rows.typed.append(index, shift, column.rows.subarray(first, last), values, this.#stringOf);
    });
  }

  translateStrings(column: Int32Array, from: number, to: number): void {
    const stringOf = this.#stringOf;
    for (let i = from; i < to; i++) if (column[i] !== NONE) column[i] = stringOf[column[i]];
  }

  translateTracks(column: Int32Array, from: number, to: number): void {
    const trackOf = this.#trackOf;
    for (let i = from; i < to; i++) {
      const track = column[i];
      if (trackOf[track] === UNKNOWN) trackOf[track] = this.#makeTrack(this.#tracks[track], this.#stringOf);
      column[i] = trackOf[track];
    }
  }
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
