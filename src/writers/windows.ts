import type { Timeline, TrackId } from '../timeline/index.ts';
import { ArgsMemory, type ArgsPlaces, type WindowArgs } from './args-memory.ts';

/** Rows whose args are in memory at the same time. */
const WINDOW_ROWS = 1 << 15;
const MOST_ROWS = WINDOW_ROWS * 2;
const ROWS_PER_SAMPLE = 1 << 8;

/**
 * Rows near each other in time, and so in the file their args stand in; their args are in memory. `order` lists them
 * track by track in time: a slice by its row, an instant as ~row. A slice goes before an instant of the same time,
 * which lies in it.
 */
export interface LoadedWindow {
  readonly order: Int32Array;
  /** In the order of `order`. */
  readonly args: WindowArgs;
  /** How far a writer has come. */
  at: number;
}

/** All slices and instants of a timeline in windows; each track's rows come in order. A window ends the one before. */
export async function* loadedWindows(
  timeline: Timeline,
  tracks: readonly TrackId[],
  memory = new ArgsMemory(timeline.args),
): AsyncGenerator<LoadedWindow> {
  const places = new WindowPlaces();
  for (const order of timeWindows(timeline, tracks)) {
    places.find(timeline, order);
    for (const [from, to] of places.partsWithin(memory.sizeBytes)) {
      const args = await memory.load(places.part(from, to));
      yield { order: order.subarray(from, to), args, at: 0 };
    }
  }
}

/** Where the args of a window's rows stand. One instance is used for all windows, as its arrays are large. */
class WindowPlaces {
  readonly #argsFrom = new Float64Array(MOST_ROWS);
  readonly #argsBytes = new Uint32Array(MOST_ROWS);
  #length = 0;
  #sizeBytes = 0;

  find({ slices, instants }: Timeline, order: Int32Array): void {
    this.#length = order.length;
    this.#sizeBytes = 0;
    for (let i = 0; i < order.length; i++) {
      const columns = order[i] >= 0 ? slices : instants;
      const row = order[i] >= 0 ? order[i] : ~order[i];
      this.#argsFrom[i] = columns.argsFrom[row];
      this.#argsBytes[i] = columns.argsBytes[row];
      this.#sizeBytes += columns.argsBytes[row];
    }
  }

  part(from: number, to: number): ArgsPlaces {
    return { argsFrom: this.#argsFrom.subarray(from, to), argsBytes: this.#argsBytes.subarray(from, to) };
  }

  /** Ranges of rows whose args fit the memory together, or of one row that does not. */
  *partsWithin(memoryBytes: number): Generator<[from: number, to: number]> {
    let from = 0;
    let size = 0;
    for (let i = 0; this.#sizeBytes > memoryBytes && i < this.#length; i++) {
      if (size + this.#argsBytes[i] > memoryBytes && i > from) {
        yield [from, i];
        from = i;
        size = 0;
      }
      size += this.#argsBytes[i];
    }
    yield [from, this.#length];
  }
}

/** Every row is in exactly one window. All use one array. */
function* timeWindows(timeline: Timeline, tracks: readonly TrackId[]): Generator<Int32Array> {
  const cursors = new TrackCursors(timeline);
  const window = new WindowRows();
  for (const beforeNs of windowEnds(timeline)) {
    for (const track of tracks) {
      while (!cursors.take(track, beforeNs, window)) {
        yield window.order;
        window.length = 0;
      }
    }
    if (window.length > 0) yield window.order;
    window.length = 0;
  }
}

/** Track t owns the rows [ranges[t], ranges[t + 1]) of a column sorted by track. */
export function rangesOfTracks(track: Int32Array, length: number, trackCount: number): Uint32Array {
  const ranges = new Uint32Array(trackCount + 1);
  for (let row = 0; row < length; row++) ranges[track[row] + 1]++;
  for (let t = 0; t < trackCount; t++) ranges[t + 1] += ranges[t];
  return ranges;
}

/** Times that part the rows into windows of about WINDOW_ROWS, found from a sample of them; the last is infinite. */
function windowEnds(timeline: Timeline): number[] {
  const { slices, instants } = timeline;
  const samples: number[] = [];
  for (let row = 0; row < slices.length; row += ROWS_PER_SAMPLE) samples.push(slices.startNs[row]);
  for (let row = 0; row < instants.length; row += ROWS_PER_SAMPLE) samples.push(instants.timeNs[row]);
  samples.sort((a, b) => a - b);
  const step = WINDOW_ROWS / ROWS_PER_SAMPLE;
  const ends = samples.filter((_, index) => index > 0 && index % step === 0);
  return [...new Set(ends), Number.POSITIVE_INFINITY];
}

/** How far each track has been walked. */
class TrackCursors {
  readonly #timeline: Timeline;
  readonly #sliceRange: Uint32Array;
  readonly #instantRange: Uint32Array;
  readonly #slice: Uint32Array;
  readonly #instant: Uint32Array;

  constructor(timeline: Timeline) {
    const { instants, tracks } = timeline;
    this.#timeline = timeline;
    this.#sliceRange = timeline.sliceRange;
    this.#instantRange = rangesOfTracks(instants.track, instants.length, tracks.length);
    this.#slice = this.#sliceRange.slice();
    this.#instant = this.#instantRange.slice();
  }

  /** Moves a track's rows that begin before `beforeNs` into the window. False when the window filled up on the way. */
  take(track: TrackId, beforeNs: number, window: WindowRows): boolean {
    const { startNs } = this.#timeline.slices;
    const { timeNs } = this.#timeline.instants;
    const sliceEnd = this.#sliceRange[track + 1];
    const instantEnd = this.#instantRange[track + 1];
    let slice = this.#slice[track];
    let instant = this.#instant[track];
    let done = false;
    while (!done && window.length < MOST_ROWS) {
      const nextSliceNs = slice < sliceEnd ? startNs[slice] : Number.POSITIVE_INFINITY;
      const nextInstantNs = instant < instantEnd ? timeNs[instant] : Number.POSITIVE_INFINITY;
      if (nextSliceNs <= nextInstantNs) {
        if (nextSliceNs < beforeNs) window.addSlice(slice++);
        else done = true;
      } else if (nextInstantNs < beforeNs) {
        window.addInstant(instant++);
      } else {
        done = true;
      }
    }
    this.#slice[track] = slice;
    this.#instant[track] = instant;
    return done;
  }
}

class WindowRows {
  readonly #rows = new Int32Array(MOST_ROWS);
  length = 0;

  addSlice(row: number): void {
    this.#rows[this.length++] = row;
  }

  addInstant(row: number): void {
    this.#rows[this.length++] = ~row;
  }

  get order(): Int32Array {
    return this.#rows.subarray(0, this.length);
  }
}
