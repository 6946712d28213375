import type { SliceId, Timeline, TrackId } from '../../timeline/index.ts';
import { RowDetail } from './row-detail.ts';
import { type TrackRows } from './track-rows.ts';

export interface DetailedRow {
  readonly detail: RowDetail;
  /** The slice at each position of the detail; undefined where they follow one another from `firstSlice` on. */
  readonly slices: Uint32Array | undefined;
  /** The first of the track. */
  readonly firstSlice: SliceId;
}

export function sliceAt({ slices, firstSlice }: DetailedRow, position: number): SliceId {
  return slices === undefined ? firstSlice + position : slices[position];
}

/** The rows of a track, each with its slices in the order of time. Slices of a track of one row are not copied. */
export function detailedRows(timeline: Timeline, track: TrackId, rows: TrackRows): DetailedRow[] {
  const { slices, sliceRange } = timeline;
  const [from, to] = [sliceRange[track], sliceRange[track + 1]];
  if (rows.count === 1) {
    const detail = new RowDetail(slices.startNs.subarray(from, to), slices.durNs.subarray(from, to));
    return [{ detail, slices: undefined, firstSlice: from }];
  }
  const sizes = new Uint32Array(rows.count);
  for (let slice = from; slice < to; slice++) sizes[rows.of(slice)]++;
  const slicesOf = Array.from(sizes, (size) => new Uint32Array(size));
  sizes.fill(0);
  for (let slice = from; slice < to; slice++) {
    const row = rows.of(slice);
    slicesOf[row][sizes[row]++] = slice;
  }
  return slicesOf.map((own) => ({
    detail: new RowDetail(slices.startNs, slices.durNs, own),
    ...{ slices: own, firstSlice: from },
  }));
}
