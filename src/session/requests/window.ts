import { columnsOf } from '../../analysis/detail/time-columns.ts';
import { NONE, type SliceId } from '../../timeline/index.ts';
import { assertOrdered, cellCount } from './checks.ts';
import type { AnswerTo, Ask } from './protocol.ts';
import { detailsOfTracks, rowsOfTracks } from './run-rows.ts';
import { sliceColours } from './slice-colours.ts';
import type { ViewedRun } from './viewed-run.ts';
import { WideSlices } from './wide-slices.ts';

export function window(viewed: ViewedRun, ask: Ask<'window'>): AnswerTo<'window'> {
  assertOrdered(ask);
  const rowCounts = ask.tracks.map((track) => rowsOfTracks(viewed)(track).count);
  const rowCount = rowCounts.reduce((sum, count) => sum + count, 0);
  const length = cellCount(rowCount, ask);
  const coverage = new Uint8Array(length);
  const slice = new Int32Array(length).fill(NONE);
  const colour = new Uint8Array(length);
  const wide = new WideSlices();
  let row = 0;
  for (const number of ask.tracks) {
    const track = viewed.tracks[number];
    const columns = columnsOf(ask, track.shard.shiftNs);
    const colours = sliceColours(viewed)(number, ask.colourBy);
    const trackFrom = track.shard.timeline.sliceRange[track.track];
    for (const { detail, firstSlice } of detailsOfTracks(viewed)(number)) {
      const [from, to] = [row * ask.columnCount, (row + 1) * ask.columnCount];
      const longest = slice.subarray(from, to);
      const picture = { coverage: coverage.subarray(from, to), longest };
      detail.draw(columns, picture, (at) => wide.add(track.shard, row, firstSlice + at));
      nameSlices(longest, firstSlice);
      colourSlices(longest, trackFrom, colours, colour.subarray(from, to));
      row++;
    }
  }
  return { json: { rowCounts, names: wide.names }, columns: { coverage, slice, colour, ...wide.columns() } };
}

/** Rows of the columns of times become slices. */
function nameSlices(longest: Int32Array, firstSlice: SliceId): void {
  if (firstSlice === 0) return;
  for (let column = 0; column < longest.length; column++) if (longest[column] !== NONE) longest[column] += firstSlice;
}

function colourSlices(slices: Int32Array, from: SliceId, colours: Uint8Array, colour: Uint8Array): void {
  for (let column = 0; column < slices.length; column++) {
    if (slices[column] !== NONE) colour[column] = colours[slices[column] - from];
  }
}
