import type { Diagnostics, Place } from '../../base/index.ts';
import { type EventRows, NONE } from '../../timeline/index.ts';

/** Stands for a duration that is not known yet. */
const OPEN = Number.MAX_VALUE;

interface LooseEnd {
  readonly track: number;
  readonly timeNs: number;
  readonly place: Place;
}

/**
 * Matches ends with begins while packets are read: an end closes what was begun last on its track. Where a track's packets
 * turn out to lie out of order, with ends that fit nothing, it is matched once more by time when all is read.
 */
export class OpenSlices {
  readonly #diagnostics: Diagnostics;
  /** By track: rows that are open, outermost first, and the table they are in. */
  readonly #open: number[][] = [];
  readonly #rows: EventRows[] = [];
  readonly #lastNs: number[] = [];
  readonly #isUnsorted = new Set<number>();
  readonly #isOdd = new Set<number>();
  readonly #looseEnds: LooseEnd[] = [];

  constructor(diagnostics: Diagnostics) {
    this.#diagnostics = diagnostics;
  }

  begin(track: number, rows: EventRows, row: number, timeNs: number): void {
    this.#look(track, rows, timeNs);
    this.#open[track].push(row);
    rows.slices.columns.durNs[row] = OPEN;
  }

  /** The slice that ends, or NONE. */
  end(track: number, rows: EventRows, timeNs: number, place: () => Place): number {
    this.#look(track, rows, timeNs);
    const row = this.#open[track].pop();
    if (row === undefined) {
      this.#isOdd.add(track);
      this.#looseEnds.push({ track, timeNs, place: place() });
      return NONE;
    }
    const durNs = timeNs - rows.slices.columns.startNs[row];
    rows.slices.columns.durNs[row] = durNs;
    if (durNs < 0) this.#isOdd.add(track);
    return row;
  }

  /** The innermost slice that is open on a track, or NONE. */
  innermost(track: number, rows: EventRows): number {
    return this.#rows[track] === rows ? (this.#open[track].at(-1) ?? NONE) : NONE;
  }

  #look(track: number, rows: EventRows, timeNs: number): void {
    if (this.#rows[track] === rows) {
      if (timeNs < this.#lastNs[track]) this.#isUnsorted.add(track);
      this.#lastNs[track] = timeNs;
      return;
    }
    // Times of another world cannot end what was begun in this one.
    for (const row of this.#open[track] ?? []) {
      this.#diagnostics.add('slice_not_ended');
      this.#rows[track].slices.columns.durNs[row] = 0;
    }
    this.#open[track] = [];
    this.#rows[track] = rows;
    this.#lastNs[track] = timeNs;
  }

  /** All has been read: what is still open ends with the trace. */
  finish(tables: readonly EventRows[], path: string): void {
    const odd = new Set<number>();
    this.#open.forEach((open, track) => {
      if (this.#isUnsorted.has(track) && (open.length > 0 || this.#isOdd.has(track))) odd.add(track);
    });
    for (const { track, place } of this.#looseEnds) {
      if (!odd.has(track)) this.#diagnostics.add('end_without_begin', place);
    }
    for (const rows of tables) if (odd.size > 0) this.#matchByTime(rows, odd);
    for (const rows of tables) this.#endWithTrace(rows, path);
  }

  #matchByTime(rows: EventRows, tracks: ReadonlySet<number>): void {
    const rowsOf = new Map<number, number[]>();
    const { track, durNs } = rows.slices.columns;
    for (let row = 0; row < rows.slices.length; row++) {
      if (durNs[row] === 0 || !tracks.has(track[row]) || this.#rows[track[row]] !== rows) continue;
      const known = rowsOf.get(track[row]);
      if (known === undefined) rowsOf.set(track[row], [row]);
      else known.push(row);
    }
    const looseOf = new Map<number, LooseEnd[]>();
    for (const end of this.#looseEnds) {
      const known = looseOf.get(end.track);
      if (known === undefined) looseOf.set(end.track, [end]);
      else known.push(end);
    }
    for (const [each, own] of rowsOf) this.#matchTrack(rows, own, looseOf.get(each) ?? []);
  }

  /** Ends come before what begins at the same time, unless nothing is open. */
  #matchTrack({ slices }: EventRows, begins: number[], loose: readonly LooseEnd[]): void {
    const { startNs, durNs } = slices.columns;
    const ends = begins.flatMap((row) => (durNs[row] === OPEN ? [] : [startNs[row] + durNs[row]]));
    const places = new Map(loose.map(({ timeNs, place }) => [timeNs, place]));
    const endTimes = Float64Array.from([...ends, ...loose.map(({ timeNs }) => timeNs)]).sort();
    begins.sort((a, b) => startNs[a] - startNs[b] || a - b);
    const open: number[] = [];
    let next = 0;
    for (const endNs of endTimes) {
      while (
        next < begins.length &&
        (startNs[begins[next]] < endNs || (open.length === 0 && startNs[begins[next]] === endNs))
      ) {
        durNs[begins[next]] = OPEN;
        open.push(begins[next++]);
      }
      const row = open.pop();
      if (row === undefined) this.#diagnostics.add('end_without_begin', places.get(endNs));
      else durNs[row] = endNs - startNs[row];
    }
    while (next < begins.length) durNs[begins[next++]] = OPEN;
  }

  #endWithTrace(rows: EventRows, path: string): void {
    const { startNs, durNs } = rows.slices.columns;
    const { length } = rows.slices;
    let endNs = Number.NEGATIVE_INFINITY;
    let openCount = 0;
    for (let row = 0; row < length; row++) {
      if (durNs[row] === OPEN) openCount++;
      endNs = Math.max(endNs, durNs[row] === OPEN ? startNs[row] : startNs[row] + durNs[row]);
    }
    if (openCount === 0) return;
    for (const times of [rows.instants.column('timeNs'), rows.counters.column('timeNs')]) {
      for (const timeNs of times) if (timeNs > endNs) endNs = timeNs;
    }
    for (let row = 0; row < length; row++) if (durNs[row] === OPEN) durNs[row] = endNs - startNs[row];
    this.#diagnostics.add('slice_not_ended', { path }, undefined, openCount);
  }
}
