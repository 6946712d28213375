import { columnsOf } from '../../analysis/detail/time-columns.ts';
import { type DetailedRow, sliceAt } from '../../analysis/detail/track-detail.ts';
import { NONE } from '../../timeline/index.ts';
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
    for (const each of detailsOfTracks(viewed)(number)) {
      const [from, to] = [row * ask.columnCount, (row + 1) * ask.columnCount];
      const longest = slice.subarray(from, to);
      const picture = { coverage: coverage.subarray(from, to), longest };
      each.detail.draw(columns, picture, (position) => wide.add(track.shard, row, sliceAt(each, position)));
      nameSlices(each, longest, colour.subarray(from, to), colours);
      row++;
    }
  }
  return { json: { rowCounts, names: wide.names }, columns: { coverage, slice, colour, ...wide.columns() } };
}

/** Positions in a row become slices, with colours. */
function nameSlices(row: DetailedRow, longest: Int32Array, colour: Uint8Array, colours: Uint8Array): void {
  for (let column = 0; column < longest.length; column++) {
    if (longest[column] === NONE) continue;
    const slice = sliceAt(row, longest[column]);
    longest[column] = slice;
    colour[column] = colours[slice - row.firstSlice];
  }
}
