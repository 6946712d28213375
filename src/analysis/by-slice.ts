import type { Run, Shard, SliceId } from '../timeline/index.ts';
import type { DeviceTasks } from './device-tasks.ts';

/** Answers by the slice of a task in its shard; `ofShard` is asked once for each shard that the device has streams in. */
export function bySlice(
  { shards }: Pick<Run, 'shards'>,
  { streams, stream, slice }: Pick<DeviceTasks, 'streams' | 'stream' | 'slice'>,
  ofShard: (shard: Shard, number: number) => (slice: SliceId) => number,
): (task: number) => number {
  const made = new Map<number, (slice: SliceId) => number>();
  const ofStream = streams.map(({ shard }) => {
    const known = made.get(shard) ?? ofShard(shards[shard], shard);
    made.set(shard, known);
    return known;
  });
  return (task) => ofStream[stream[task]](slice[task]);
}
