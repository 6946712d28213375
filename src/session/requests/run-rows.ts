import { type DetailedRow, detailedRows } from '../../analysis/detail/track-detail.ts';
import { TrackRows } from '../../analysis/detail/track-rows.ts';
import { FastRows } from './wasm/fast-rows.ts';
import { lazily, perRun } from './per-run.ts';
import type { ViewedRun } from './viewed-run.ts';

/** By number of the track: which rows its slices are drawn in. */
export const rowsOfTracks = perRun((viewed): ((track: number) => TrackRows) =>
  lazily((number) => new TrackRows(viewed.timelineOf(viewed.tracks[number]), viewed.tracks[number].track)),
);

/** By number of the track: its rows with what tells quickly how they look. */
export const detailsOfTracks = perRun((viewed: ViewedRun): ((track: number) => readonly DetailedRow[]) => {
  const rowsOf = rowsOfTracks(viewed);
  const fast = FastRows.start();
  return lazily((number) => {
    const track = viewed.tracks[number];
    return detailedRows(viewed.timelineOf(track), track.track, rowsOf(number), (blocks) => fast?.hold(blocks));
  });
});
