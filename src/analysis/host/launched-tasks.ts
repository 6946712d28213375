import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { bySlice } from '../by-slice.ts';
import { CLASS, isOp } from '../op-class.ts';

/** What keeps a device or its copy engines at work, so that somebody has to launch it. */
export function isWork(opClass: number): boolean {
  return isOp(opClass) || opClass === CLASS.copy;
}

/** Ops and copies of a device whose launch is known, in the order of their starts. Times are ns from the run's origin. */
export interface LaunchedTasks {
  readonly length: number;
  /** Their numbers among the tasks of the device. */
  readonly task: Uint32Array;
  /** Of the call that launched each, on the host's clock. */
  readonly callStartNs: Float64Array;
  readonly callEndNs: Float64Array;
  /** Of all ops and copies, also those whose launch nothing tells. */
  readonly workCount: number;
  readonly workNs: number;
}

export function launchedTasks(
  { run, launches }: Pick<RunAnalysis, 'run' | 'launches'>,
  { tasks }: Pick<DeviceAnalysis, 'tasks'>,
): LaunchedTasks {
  const startOf = bySlice(run, tasks, (_, number) => {
    const ofShard = launches.ofShard(number);
    return (slice) => ofShard.startNs(slice);
  });
  const endOf = bySlice(run, tasks, (_, number) => {
    const ofShard = launches.ofShard(number);
    return (slice) => ofShard.endNs(slice);
  });
  const task = new Uint32Array(tasks.length);
  const [callStartNs, callEndNs] = [new Float64Array(tasks.length), new Float64Array(tasks.length)];
  let [length, workCount, workNs] = [0, 0, 0];
  for (let each = 0; each < tasks.length; each++) {
    if (!isWork(tasks.opClass[each])) continue;
    workCount++;
    workNs += tasks.endNs[each] - tasks.startNs[each];
    const startNs = startOf(each);
    if (Number.isNaN(startNs)) continue;
    task[length] = each;
    callStartNs[length] = startNs;
    callEndNs[length++] = endOf(each);
  }
  return {
    length,
    task: task.subarray(0, length),
    callStartNs: callStartNs.subarray(0, length),
    callEndNs: callEndNs.subarray(0, length),
    workCount,
    workNs,
  };
}
