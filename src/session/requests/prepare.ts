import { arrowsOfShards } from './arrows.ts';
import { devices } from './devices.ts';
import { run } from './run.ts';
import { rowsOfTracks } from './run-rows.ts';
import { sameNames } from './same-name.ts';
import type { ViewedRun } from './viewed-run.ts';
import { window } from './window.ts';

/** More are on no screen at first. */
const FIRST_ROWS = 100;

/** Works out what the first picture and the first click would wait for: a part of loading. */
export function prepare(viewed: ViewedRun): void {
  run(viewed);
  sameNames(viewed);
  for (const shard of viewed.run.shards.keys()) arrowsOfShards(viewed)(shard);
  const whole = { startNs: 0, endNs: Math.max(1, viewed.run.endNs), columnCount: 1 };
  devices(viewed, { ...whole, kind: 'device' });
  window(viewed, { ...whole, tracks: firstTracks(viewed), colourBy: 'kind' });
}

function firstTracks(viewed: ViewedRun): number[] {
  let rowCount = 0;
  const end = viewed.tracks.findIndex((_, number) => (rowCount += rowsOfTracks(viewed)(number).count) > FIRST_ROWS);
  return [...viewed.tracks.keys()].slice(0, end < 0 ? undefined : end);
}
