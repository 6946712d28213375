import type { OpGrouping } from '../../analysis/index.ts';
import { mergeSorted } from '../../analysis/sorted-merge.ts';
import { GroupKeys, groupsOf } from '../../analysis/top-ops/group-keys.ts';
import { groupsThatCount } from '../../analysis/top-ops/grouped-tasks.ts';
import { NONE } from '../../timeline/index.ts';
import { perRun } from './per-run.ts';
import { Recent } from './recent.ts';
import { trackNumber } from './places.ts';
import type { AnswerTo, Ask } from './protocol.ts';
import type { ViewedRun } from './viewed-run.ts';

/** Four bytes for each task: people look at one grouping, and may look back. */
const MOST_KEPT = 2;

interface Grouped {
  readonly keys: readonly string[];
  /** By device and task: its group; NONE for tasks that do not count. */
  readonly groups: readonly Int32Array[];
}

const kept = perRun(() => new Recent<Promise<Grouped>>(MOST_KEPT));

/** The ops that the table of top ops counts in this group. */
export async function instances(
  viewed: ViewedRun,
  { by, key, limit }: Ask<'instances'>,
): Promise<AnswerTo<'instances'>> {
  const { keys, groups } = await kept(viewed).get(JSON.stringify(by), () => groupedBy(viewed, by));
  const group = keys.indexOf(key);
  const { devices } = viewed.analysis;
  const lists = devices.map(({ tasks }, device) => tasksIn(group, groups[device], tasks.startNs, tasks.endNs));
  const total = lists.reduce((sum, { to }) => sum + to, 0);
  const length = Math.min(limit, total);
  const columns = {
    track: new Int32Array(length),
    slice: new Int32Array(length),
    startNs: new Float64Array(length),
    durNs: new Float64Array(length),
  };
  let row = 0;
  mergeSorted(lists, (device, from, to) => {
    const { tasks } = devices[device];
    const numbers = tasks.streams.map(({ shard, track }) => trackNumber(viewed, shard, track));
    for (let at = from; at < to && row < length; at++, row++) {
      const task = lists[device].tasks[at];
      columns.track[row] = numbers[tasks.stream[task]];
      columns.slice[row] = tasks.slice[task];
      columns.startNs[row] = lists[device].startNs[at];
      columns.durNs[row] = lists[device].durNs[at];
    }
  });
  return { json: { total }, columns };
}

async function groupedBy({ analysis }: ViewedRun, by: OpGrouping): Promise<Grouped> {
  const keys = new GroupKeys();
  const ofDevice = groupsOf(analysis, by, keys);
  const groups: Int32Array[] = [];
  for (const device of analysis.devices) groups.push(groupsThatCount(device, await ofDevice(device.tasks), { by }));
  return { keys: keys.keys, groups };
}

function tasksIn(group: number, groups: Int32Array, startNs: Float64Array, endNs: Float64Array) {
  let count = 0;
  if (group !== NONE) for (const each of groups) if (each === group) count++;
  const tasks = new Uint32Array(count);
  for (let task = 0, at = 0; at < count; task++) if (groups[task] === group) tasks[at++] = task;
  const starts = Float64Array.from(tasks, (task) => startNs[task]);
  const durations = Float64Array.from(tasks, (task) => endNs[task] - startNs[task]);
  return { tasks, startNs: starts, durNs: durations, shiftNs: 0, from: 0, to: count };
}
