/** Which of the marks a task belongs to. */
import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { Launches } from '../launches.ts';
import type { StepMark } from './step-mark.ts';

/** The mark of each task by its position, NONE where it has none, UNTOLD where the time of the steps has to tell. */
export type Claims = Int32Array;
export const UNTOLD = -2;

/** By the start of each task. */
export function claimedByTime({ length, startNs }: DeviceTasks, marks: readonly StepMark[]): Claims {
  const claims = new Int32Array(length).fill(NONE);
  let mark = 0;
  for (let task = 0; task < length; task++) {
    while (mark < marks.length && startNs[task] >= marks[mark].endNs) mark++;
    if (mark < marks.length && startNs[task] >= marks[mark].startNs) claims[task] = mark;
  }
  return claims;
}

/**
 * By the call that launched each task: the device may be any time behind the host. What follows on a stream without a launch
 * of its own (the ops of a graph) belongs to the launch before it. undefined where no launch is known.
 */
export function claimedByLaunch(
  { length, stream, streams, slice }: DeviceTasks,
  marks: readonly StepMark[],
  launches: Launches,
): Claims | undefined {
  const claims = new Int32Array(length);
  const last = new Int32Array(streams.length).fill(UNTOLD);
  const launchesOf = streams.map(({ shard }) => launches.ofShard(shard));
  let isKnown = false;
  let near = 0;
  for (let task = 0; task < length; task++) {
    const own = stream[task];
    const launchNs = launchesOf[own].startNs(slice[task]);
    if (!Number.isNaN(launchNs)) {
      isKnown = true;
      near = lastBegun(marks, launchNs, near);
      last[own] = near !== NONE && launchNs < marks[near].endNs ? near : NONE;
    }
    claims[task] = last[own];
  }
  return isKnown ? claims : undefined;
}

/** The last mark that begins at or before a time. Launches come nearly in order, so it is sought from the last one found. */
function lastBegun(marks: readonly StepMark[], timeNs: number, near: number): number {
  let mark = Math.max(0, near);
  while (mark + 1 < marks.length && marks[mark + 1].startNs <= timeNs) mark++;
  while (mark >= 0 && marks[mark].startNs > timeNs) mark--;
  return mark;
}
