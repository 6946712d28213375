import type { DeviceTasks } from '../../device-tasks.ts';
import { isOp } from '../../op-class.ts';
import { byString } from '../../by-string.ts';

/** The kernels of one stream in the order of time, as columns. */
export interface OpSequence {
  readonly length: number;
  /** The kind of each op, as a number below `kinds.length`. */
  readonly kind: Int32Array;
  readonly kinds: readonly string[];
  /** The longest time in which the device ran no op at all between each op and the one before; 0 before the first. */
  readonly gapNs: Float64Array;
  /** The op among the tasks of the device. */
  readonly task: Int32Array;
}

/**
 * The ops of the stream with the most kernels. Other streams run what the host puts beside: their order relative to this
 * one changes from step to step, that of one stream does not.
 */
export function mainSequence(tasks: DeviceTasks): OpSequence {
  const { opClass, stream, startNs, endNs, type, texts } = tasks;
  const counts = opCounts(tasks);
  const main = counts.indexOf(counts.reduce((most, count) => Math.max(most, count), 0));
  const length = counts[main] ?? 0;
  const sequence = { kind: new Int32Array(length), gapNs: new Float64Array(length), task: new Int32Array(length) };
  const kinds: string[] = [];
  const kindOfType = byString(texts.length, (type) => kinds.push(texts.get(type)) - 1);
  let busyNs = Number.POSITIVE_INFINITY;
  let gapNs = 0;
  for (let task = 0, op = 0; op < length; task++) {
    if (!isOp(opClass[task])) continue;
    const isOnMain = stream[task] === main;
    if (op === 0 && !isOnMain) continue;
    gapNs = Math.max(gapNs, startNs[task] - busyNs);
    busyNs = op === 0 ? endNs[task] : Math.max(busyNs, endNs[task]);
    if (!isOnMain) continue;
    sequence.kind[op] = kindOfType(type[task]);
    sequence.gapNs[op] = gapNs;
    sequence.task[op++] = task;
    gapNs = 0;
  }
  return { ...sequence, length, kinds };
}

/** Ops [from, to) as a sequence of their own. */
export function partOf(sequence: OpSequence, from: number, to: number): OpSequence {
  return {
    length: to - from,
    kind: sequence.kind.subarray(from, to),
    kinds: sequence.kinds,
    gapNs: sequence.gapNs.subarray(from, to),
    task: sequence.task.subarray(from, to),
  };
}

function opCounts({ length, opClass, stream, streams }: DeviceTasks): Uint32Array {
  const counts = new Uint32Array(streams.length);
  for (let task = 0; task < length; task++) {
    if (isOp(opClass[task]) && streams[stream[task]].kind === 'stream') counts[stream[task]]++;
  }
  return counts;
}
