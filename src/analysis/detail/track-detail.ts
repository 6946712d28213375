import type { SliceId, Timeline, TrackId } from '../../timeline/index.ts';
import { RowDetail, type RowDrawing } from './row-detail.ts';
import type { SliceBlocks } from './slice-blocks.ts';
import type { TrackRows } from './track-rows.ts';

/** Another way to draw the same, where there is one. */
type Hold = (blocks: SliceBlocks) => RowDrawing | undefined;

export interface DetailedRow {
  readonly detail: RowDrawing;
  /** The slice of the first row of its columns; the others follow. */
  readonly firstSlice: SliceId;
}

/** The rows of a track, each with its slices in the order of time. Slices of a track of one row are not copied. */
export function detailedRows(timeline: Timeline, track: TrackId, rows: TrackRows, hold?: Hold): DetailedRow[] {
  const drawing = (detail: RowDetail): RowDrawing => hold?.(detail.blocks) ?? detail;
  const { slices, sliceRange } = timeline;
  const [from, to] = [sliceRange[track], sliceRange[track + 1]];
  if (rows.count === 1) {
    const detail = new RowDetail(slices.startNs.subarray(from, to), slices.durNs.subarray(from, to));
    return [{ detail: drawing(detail), firstSlice: from }];
  }
  const slicesOf = Array.from(rows.sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(rows.count);
  for (let slice = from; slice < to; slice++) {
    const row = rows.of(slice);
    slicesOf[row][filled[row]++] = slice;
  }
  return slicesOf.map((own) => ({ detail: drawing(new RowDetail(slices.startNs, slices.durNs, own)), firstSlice: 0 }));
}
