/** Which task of which device a slice is. */
import { firstAbove } from '../../analysis/sorted.ts';
import { type SliceId } from '../../timeline/index.ts';
import { perRun } from './per-run.ts';
import { trackNumber } from './places.ts';
import type { ViewedRun } from './viewed-run.ts';

interface StreamOfDevice {
  readonly device: number;
  readonly stream: number;
}

/** By the number of the track in the run. */
const streams = perRun((viewed) => {
  const found = new Map<number, StreamOfDevice>();
  for (const [device, { tasks }] of viewed.analysis.devices.entries()) {
    for (const [stream, { shard, track }] of tasks.streams.entries()) {
      found.set(trackNumber(viewed, shard, track), { device, stream });
    }
  }
  return found;
});

export interface TaskOfDevice {
  readonly device: number;
  readonly task: number;
}

/** undefined for what is no task. */
export function taskOf(viewed: ViewedRun, track: number, slice: SliceId): TaskOfDevice | undefined {
  const known = streams(viewed).get(track);
  if (known === undefined) return undefined;
  const { tasks } = viewed.analysis.devices[known.device];
  const { shard } = viewed.tracks[track];
  const startNs = shard.timeline.slices.startNs[slice] + shard.shiftNs;
  // Times are whole.
  for (let task = firstAbove(tasks.startNs, startNs - 1); tasks.startNs[task] === startNs; task++) {
    if (tasks.stream[task] === known.stream && tasks.slice[task] === slice) return { device: known.device, task };
  }
  return undefined;
}
