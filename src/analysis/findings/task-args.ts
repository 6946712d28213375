import { type ArgColumn, argColumns, type ArgKey, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';

/** Hands out what the args of some tasks say: the task, and in which row of the columns it stands. */
export async function readArgs(
  run: Run,
  tasks: DeviceTasks,
  rows: readonly number[],
  keys: readonly ArgKey[],
  tell: (task: number, columns: readonly ArgColumn[], row: number) => void,
): Promise<void> {
  for (const [number, { timeline }] of run.shards.entries()) {
    const own = rows.filter((task) => tasks.streams[tasks.stream[task]].shard === number);
    if (own.length === 0) continue;
    const slices = own.map((task) => tasks.slice[task]);
    const columns = await argColumns(timeline.args, timeline.slices, slices, keys);
    own.forEach((task, row) => {
      tell(task, columns, row);
    });
  }
}
