import type { ViewedTrack } from './viewed-run.ts';

/** How deep the slices of each lane of a track nest: a lane is drawn in one row for each depth. 0 for lanes without slices. */
export function rowsOfLanes({ shard, track }: ViewedTrack): Uint16Array {
  const { tracks, slices, sliceRange } = shard.timeline;
  const { lane, depth } = slices;
  const rows = new Uint16Array(tracks[track].laneCount);
  for (let slice = sliceRange[track]; slice < sliceRange[track + 1]; slice++) {
    const own = depth[slice] + 1;
    if (own > rows[lane[slice]]) rows[lane[slice]] = own;
  }
  return rows;
}

export function rowCountOf(track: ViewedTrack): number {
  return rowsOfLanes(track).reduce((sum, rows) => sum + rows, 0);
}
