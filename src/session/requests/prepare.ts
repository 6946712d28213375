import { arrowsOfShards } from './arrows.ts';
import { sameNames } from './same-name.ts';
import type { ViewedRun } from './viewed-run.ts';

/** Works out what the first click would wait for: about a second for ten million slices. For a time when nobody waits. */
export function prepare(viewed: ViewedRun): void {
  sameNames(viewed);
  for (const shard of viewed.run.shards.keys()) arrowsOfShards(viewed)(shard);
}
