import { deviceWordOf, makerOf } from '../base/index.ts';
import type { Shard } from './model.ts';

/** What all devices of the shards are called: NPU, TPU, GPU, MUSA. undefined where they are not alike, or nothing says it. */
export function commonDeviceWord(shards: readonly Shard[]): string | undefined {
  const words = shards.flatMap(({ readerId, timeline: { processes } }) => [
    makerOf(readerId)?.word,
    ...processes.filter(({ side }) => side === 'device').map(({ label }) => deviceWordOf(label)),
  ]);
  const known = new Set(words.filter((word) => word !== undefined));
  return known.size === 1 ? [...known][0] : undefined;
}
