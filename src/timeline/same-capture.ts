import type { Timeline } from './model.ts';

/**
 * Are these two exports of one and the same capture? The device's own times are what an exporter never changes:
 * the same first and last one and as many slices between them. Without a device side the whole timeline stands in.
 */
export function sameCapture(newer: Timeline, older: Timeline): boolean {
  const newerDevice = extentOf(newer, deviceTracks(newer));
  const olderDevice = extentOf(older, deviceTracks(older));
  if (newerDevice.count > 0 || olderDevice.count > 0) return sameExtent(newerDevice, olderDevice);
  const newerWhole = extentOf(newer, allTracks(newer));
  return newerWhole.count > 0 && sameExtent(newerWhole, extentOf(older, allTracks(older)));
}

interface Extent {
  readonly count: number;
  readonly firstNs: bigint;
  readonly lastNs: bigint;
}

function extentOf(timeline: Timeline, tracks: readonly number[]): Extent {
  const { slices, sliceRange } = timeline;
  let count = 0;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const track of tracks) {
    for (let row = sliceRange[track]; row < sliceRange[track + 1]; row++) {
      count++;
      first = Math.min(first, slices.startNs[row]);
      last = Math.max(last, slices.startNs[row] + slices.durNs[row]);
    }
  }
  if (count === 0) return { count, firstNs: 0n, lastNs: 0n };
  return { count, firstNs: timeline.originNs + BigInt(first), lastNs: timeline.originNs + BigInt(last) };
}

function sameExtent(a: Extent, b: Extent): boolean {
  return a.count === b.count && a.firstNs === b.firstNs && a.lastNs === b.lastNs;
}

/** Overlap rows are derived from the others, and differently by different versions of the tool. */
function deviceTracks(timeline: Timeline): number[] {
  return allTracks(timeline).filter((id) => {
    const track = timeline.tracks[id];
    return timeline.processes[track.process].side === 'device' && track.kind !== 'overlap';
  });
}

function allTracks(timeline: Timeline): number[] {
  return timeline.tracks.map((_, id) => id);
}
