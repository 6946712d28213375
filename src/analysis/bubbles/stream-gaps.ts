import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { isOp } from '../op-class.ts';
import { mergedOrder } from '../sorted-merge.ts';

/** The ops of one stream around each of its gaps, in the order in which gaps start. */
export interface StreamGaps {
  readonly before: Int32Array;
  readonly after: Int32Array;
}

/** Where a stream computes and communicates nothing, between its first op and its last. */
export function streamGaps(tasks: DeviceTasks): StreamGaps {
  const { streams, startNs, endNs } = tasks;
  const counts = new Uint32Array(streams.length + 1);
  forEachGap(tasks, (stream) => counts[stream + 1]++);
  const bounds = Array.from(counts);
  for (let stream = 0; stream < streams.length; stream++) bounds[stream + 1] += bounds[stream];
  const length = bounds[streams.length];
  const filled = Uint32Array.from(bounds);
  const [before, after] = [new Int32Array(length), new Int32Array(length)];
  forEachGap(tasks, (stream, beforeGap, afterGap) => {
    const gap = filled[stream]++;
    before[gap] = beforeGap;
    after[gap] = afterGap;
  });
  const starts = Float64Array.from(before, (task) => endNs[task]);
  const lengths = Float64Array.from(after, (task, gap) => startNs[task] - starts[gap]);
  const order = mergedOrder(bounds, starts, lengths);
  return { before: gathered(before, order), after: gathered(after, order) };
}

/** Gaps of a stream in the order of time; ops without length neither begin a gap nor end one. */
function forEachGap(
  { length, streams, stream, opClass, startNs, endNs }: DeviceTasks,
  take: (stream: number, before: number, after: number) => void,
): void {
  const last = new Int32Array(streams.length).fill(NONE);
  for (let task = 0; task < length; task++) {
    if (!isOp(opClass[task])) continue;
    if (endNs[task] <= startNs[task]) continue;
    const before = last[stream[task]];
    if (before !== NONE && startNs[task] > endNs[before]) take(stream[task], before, task);
    if (before === NONE || endNs[task] > endNs[before]) last[stream[task]] = task;
  }
}

function gathered(values: Int32Array, order: Uint32Array): Int32Array {
  const result = new Int32Array(order.length);
  for (let at = 0; at < order.length; at++) result[at] = values[order[at]];
  return result;
}
