import { arrowsOfShards } from './arrows.ts';
import { run } from './run.ts';
import { sameNames } from './same-name.ts';
import type { ViewedRun } from './viewed-run.ts';

/** Works out what the first picture and the first click would wait for: a part of loading. */
export function prepare(viewed: ViewedRun): void {
  run(viewed);
  sameNames(viewed);
  for (const shard of viewed.run.shards.keys()) arrowsOfShards(viewed)(shard);
}
