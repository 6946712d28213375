import type { DeviceTasks } from '../../device-tasks.ts';
import { isOp } from '../../op-class.ts';
import { byString } from '../../by-string.ts';

/** The kernels of one stream in the order of time, as columns. */
export interface OpSequence {
  readonly length: number;
  /** The kind of each op, as a number below `kinds.length`. */
  readonly kind: Int32Array;
  readonly kinds: readonly string[];
  /** How long the stream ran nothing before each op; 0 before the first. */
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
  for (let task = 0, op = 0; op < length; task++) {
    if (stream[task] !== main || !isOp(opClass[task])) continue;
    sequence.kind[op] = kindOfType(type[task]);
    const gapNs = startNs[task] - busyNs;
    if (gapNs > 0) sequence.gapNs[op] = gapNs;
    if (op === 0 || endNs[task] > busyNs) busyNs = endNs[task];
    sequence.task[op++] = task;
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
