import type { Timeline } from '../../timeline/index.ts';
import { onlyTracks } from '../../timeline/pick.ts';

/** What a mark of memory without totals becomes while it is read: by how much memory grew at that moment. */
export const GROWTH = '[memory] Bytes';
/** How much more memory is allocated than when the recording began: what was allocated before it is not known. */
const SINCE_START = 'Allocated since start';

/** Adds up, in the order of time, what marks of 2021 say; only where nothing in the process tells totals. */
export function withMemorySinceStart(timeline: Timeline): Timeline {
  const { tracks, counters, counterRange } = timeline;
  const grown = tracks.flatMap(({ series }, track) => (series === GROWTH ? [track] : []));
  if (grown.length === 0) return timeline;
  const told = new Set(
    tracks.flatMap(({ process, series }) =>
      /^Total (Alloc|Reserv)/.test(series) || series === SINCE_START ? process : [],
    ),
  );
  const value = counters.value.slice();
  for (const track of grown) {
    let sum = 0;
    for (let row = counterRange[track]; row < counterRange[track + 1]; row++) value[row] = sum += value[row];
  }
  const summed = {
    ...timeline,
    counters: { ...counters, value },
    tracks: tracks.map((track) => (track.series === GROWTH ? { ...track, series: SINCE_START, unit: 'B' } : track)),
  };
  return onlyTracks(summed, (track) => !(grown.includes(track) && told.has(tracks[track].process)));
}
