import type { SliceId, Timeline, TrackId } from '../../timeline/index.ts';

/** The rows that a track is drawn in: one for each depth of each lane. Slices in one row never overlap. */
export class TrackRows {
  /** By row: how many slices are in it. */
  readonly sizes: Uint32Array;
  readonly #lane: Uint32Array;
  readonly #depth: Uint16Array;
  /** By lane: its first row. */
  readonly #firstRow: Uint32Array;

  constructor({ slices, sliceRange, tracks }: Timeline, track: TrackId) {
    const { lane, depth } = slices;
    [this.#lane, this.#depth] = [lane, depth];
    const sizesOfLanes = Array.from({ length: tracks[track].laneCount }, (): number[] => []);
    for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
      const sizes = sizesOfLanes[lane[slice]];
      while (sizes.length <= depth[slice]) sizes.push(0);
      sizes[depth[slice]]++;
    }
    this.#firstRow = new Uint32Array(sizesOfLanes.length);
    for (let each = 1; each < sizesOfLanes.length; each++) {
      this.#firstRow[each] = this.#firstRow[each - 1] + sizesOfLanes[each - 1].length;
    }
    this.sizes = Uint32Array.from(sizesOfLanes.flat());
  }

  get count(): number {
    return this.sizes.length;
  }

  of(slice: SliceId): number {
    return this.#firstRow[this.#lane[slice]] + this.#depth[slice];
  }
}
