import type { SliceId, Timeline, TrackId } from '../../timeline/index.ts';

/** The rows that a track is drawn in: one for each depth of each lane. Slices in one row never overlap. */
export class TrackRows {
  readonly count: number;
  readonly #lane: Uint32Array;
  readonly #depth: Uint16Array;
  /** By lane: its first row. */
  readonly #firstRow: Uint32Array;

  constructor({ slices, sliceRange, tracks }: Timeline, track: TrackId) {
    this.#lane = slices.lane;
    this.#depth = slices.depth;
    const rowCounts = new Uint32Array(tracks[track].laneCount);
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      const lane = slices.lane[slice];
      if (slices.depth[slice] >= rowCounts[lane]) rowCounts[lane] = slices.depth[slice] + 1;
    }
    this.#firstRow = new Uint32Array(rowCounts.length);
    let count = 0;
    for (let lane = 0; lane < rowCounts.length; lane++) {
      this.#firstRow[lane] = count;
      count += rowCounts[lane];
    }
    this.count = count;
  }

  of(slice: SliceId): number {
    return this.#firstRow[this.#lane[slice]] + this.#depth[slice];
  }
}
