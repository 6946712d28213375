import { type ArgColumn, argColumns, type ArgKey, type Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';

/** So many at a time: a column for each key and all tasks would take more memory than the tasks. */
const BATCH = 1 << 16;

/** Hands out what the args of some tasks say, of those that have any: the place among `rows`, and the row of the columns. */
export async function readArgs(
  run: Run,
  { stream, streams, slice }: DeviceTasks,
  rows: Uint32Array,
  keys: readonly ArgKey[],
  tell: (place: number, columns: readonly ArgColumn[], row: number) => void,
): Promise<void> {
  for (const [number, { timeline }] of run.shards.entries()) {
    const { args, slices } = timeline;
    const isHere = streams.map(({ shard }) => shard === number);
    const own = new Uint32Array(rows.length);
    let count = 0;
    for (let place = 0; place < rows.length; place++) {
      const task = rows[place];
      if (isHere[stream[task]] && slices.argsBytes[slice[task]] > 0) own[count++] = place;
    }
    for (let from = 0; from < count; from += BATCH) {
      const places = own.subarray(from, Math.min(count, from + BATCH));
      const batch = places.map((place) => slice[rows[place]]);
      const columns = await argColumns(args, slices, batch, keys);
      for (let row = 0; row < places.length; row++) tell(places[row], columns, row);
    }
  }
}
