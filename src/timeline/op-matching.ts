import { NONE, type Timeline, type Track, type TrackId } from './model.ts';
import type { TypedColumn } from './typed-column.ts';

/**
 * Starts that are off by so much are the same; the narrow one counts first. Exporters cut or round the last nanosecond, and collectives are off by one or two. Tables of 2023 and older passed
 * through doubles and lost what is finer than a quarter of a microsecond.
 */
const TOLERANCES_NS: readonly number[] = [2, 500];

/** Only broken clocks put more slices of a track into one tolerance; they are not searched through for every row. */
const MOST_AT_ONE_TIME = 512;

/** Of several slices that may be meant, one of the same name is. */
const DIFFERENT_NAME_NS = 1e12;

/** Which slices of a timeline are meant by the rows of op tables. */
export class OpMatching {
  readonly #timeline: Timeline;
  readonly #ops: Timeline;
  readonly #shiftNs: number;
  readonly #isTaken: Uint8Array;
  readonly #streams: BothColumns;
  readonly #tasks: BothColumns;
  /** By slice of the ops: the slice of the timeline, or NONE. */
  readonly sliceOf: Int32Array;

  constructor(timeline: Timeline, ops: Timeline) {
    this.#timeline = timeline;
    this.#ops = ops;
    this.#shiftNs = Number(ops.originNs - timeline.originNs);
    this.#isTaken = new Uint8Array(timeline.slices.length);
    this.#streams = bothColumns(timeline, ops, 'streamId');
    this.#tasks = bothColumns(timeline, ops, 'taskId');
    this.sliceOf = new Int32Array(ops.slices.length).fill(NONE);
    for (const toleranceNs of TOLERANCES_NS) {
      for (const track of ops.tracks.keys()) this.#matchTrack(track, toleranceNs);
    }
  }

  #matchTrack(opTrack: TrackId, toleranceNs: number): void {
    const rows = this.#openRows(opTrack);
    if (rows.length === 0) return;
    for (const track of this.#candidates(opTrack)) this.#matchTracks(rows, track, toleranceNs);
  }

  #openRows(opTrack: TrackId): Uint32Array {
    const { sliceRange } = this.#ops;
    const rows = new Uint32Array(sliceRange[opTrack + 1] - sliceRange[opTrack]);
    let count = 0;
    for (let row = sliceRange[opTrack]; row < sliceRange[opTrack + 1]; row++) {
      if (this.sliceOf[row] === NONE) rows[count++] = row;
    }
    return rows.subarray(0, count);
  }

  /** Tracks of the same kind and device, those of the same stream first: a stream's row may bear another number. */
  #candidates(opTrack: TrackId): TrackId[] {
    const { tracks } = this.#timeline;
    const op = this.#ops.tracks[opTrack];
    const device = deviceOf(this.#ops, op);
    const isCandidate = (track: Track): boolean =>
      track.kind === op.kind && (device === NONE || [NONE, device].includes(deviceOf(this.#timeline, track)));
    const isOther = (id: TrackId): number => Number(tracks[id].stream !== op.stream);
    return [...tracks.keys()].filter((id) => isCandidate(tracks[id])).sort((a, b) => isOther(a) - isOther(b) || a - b);
  }

  /** Rows and slices are both in order of their starts, so one walk along both finds all pairs. */
  #matchTracks(rows: Uint32Array, track: TrackId, toleranceNs: number): void {
    const { slices, sliceRange } = this.#timeline;
    const end = sliceRange[track + 1];
    let from = sliceRange[track];
    for (const row of rows) {
      if (this.sliceOf[row] !== NONE) continue;
      const startNs = this.#ops.slices.startNs[row] + this.#shiftNs;
      while (from < end && (slices.startNs[from] < startNs - toleranceNs || this.#isTaken[from] === 1)) from++;
      let best = NONE;
      let bestDistance = Number.POSITIVE_INFINITY;
      const to = Math.min(end, from + MOST_AT_ONE_TIME);
      for (let slice = from; slice < to && slices.startNs[slice] <= startNs + toleranceNs; slice++) {
        if (bestDistance === 0) break;
        const distance = this.#distance(slice, row, startNs);
        if (distance >= bestDistance) continue;
        best = slice;
        bestDistance = distance;
      }
      if (best === NONE) continue;
      this.sliceOf[row] = best;
      this.#isTaken[best] = 1;
    }
  }

  /** Infinite for what cannot be the same op: ids that differ, or different names where there are no ids. */
  #distance(slice: number, row: number, startNs: number): number {
    const mine = this.#timeline.slices;
    const theirs = this.#ops.slices;
    if (this.#isTaken[slice] === 1) return Number.POSITIVE_INFINITY;
    const stream = agreement(this.#streams, slice, row);
    const task = agreement(this.#tasks, slice, row);
    if (stream === 'differ' || task === 'differ') return Number.POSITIVE_INFINITY;
    const hasName = mine.name[slice] === theirs.name[row];
    if (!hasName && (stream === 'unknown' || task === 'unknown')) return Number.POSITIVE_INFINITY;
    const offNs = Math.abs(mine.startNs[slice] - startNs) + Math.abs(mine.durNs[slice] - theirs.durNs[row]);
    return hasName ? offNs : offNs + DIFFERENT_NAME_NS;
  }
}

/** One column of ids of the timeline and of the ops. */
interface BothColumns {
  readonly mine: TypedColumn | undefined;
  readonly theirs: TypedColumn | undefined;
}

function bothColumns(timeline: Timeline, ops: Timeline, column: string): BothColumns {
  return { mine: timeline.slices.typed.get(column), theirs: ops.slices.typed.get(column) };
}

function agreement({ mine, theirs }: BothColumns, slice: number, row: number): 'agree' | 'differ' | 'unknown' {
  const a = mine?.at(slice) ?? Number.NaN;
  const b = theirs?.at(row) ?? Number.NaN;
  if (Number.isNaN(a) || Number.isNaN(b)) return 'unknown';
  return a === b ? 'agree' : 'differ';
}

function deviceOf({ processes }: Timeline, { process }: Track): number {
  return processes[process].device;
}
