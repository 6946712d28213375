/** One bubble: that of a row, or the next one in time. */
import { BUBBLE_CAUSES, type DeviceBubbles } from '../../analysis/index.ts';
import { firstAbove } from '../../analysis/sorted.ts';
import { NONE } from '../../timeline/index.ts';
import { placeOrNull } from './places.ts';
import type { AnswerTo, Ask, BubbleDetails, Place } from './protocol.ts';
import { deviceBubbles } from './device-bubbles.ts';
import type { ViewedRun } from './viewed-run.ts';

export function bubble(viewed: ViewedRun, { device, kind, row, leastNs }: Ask<'bubble'>): AnswerTo<'bubble'> {
  const bubbles = deviceBubbles(viewed)(kind, leastNs)[device];
  return { json: row < bubbles.length ? detailsOf(viewed, device, bubbles, row) : null, columns: {} };
}

/** Bubbles begin at one time on several devices: that of the first is told. */
export function nextBubble(viewed: ViewedRun, { afterNs, kind, leastNs }: Ask<'nextBubble'>): AnswerTo<'nextBubble'> {
  let best: { device: number; bubbles: DeviceBubbles; row: number } | undefined;
  for (const [device, bubbles] of deviceBubbles(viewed)(kind).entries()) {
    const { startNs, durNs, length } = bubbles;
    let row = firstAbove(startNs, afterNs);
    while (row < length && durNs[row] < leastNs) row++;
    if (row < length && (best === undefined || startNs[row] < best.bubbles.startNs[best.row])) {
      best = { device, bubbles, row };
    }
  }
  return { json: best === undefined ? null : detailsOf(viewed, best.device, best.bubbles, best.row), columns: {} };
}

function detailsOf(viewed: ViewedRun, device: number, bubbles: DeviceBubbles, row: number): BubbleDetails {
  const { launches } = viewed.analysis;
  const { tasks } = viewed.analysis.devices[device];
  const shardOf = (task: number): number => tasks.streams[tasks.stream[task]].shard;
  const taskAt = (task: number): Place | null =>
    task === NONE ? null : placeOrNull(viewed, shardOf(task), tasks.slice[task]);
  const after = bubbles.after[row];
  const call = after === NONE ? NONE : launches.ofShard(shardOf(after)).call(tasks.slice[after]);
  return {
    ...{ device, row, startNs: bubbles.startNs[row], durNs: bubbles.durNs[row] },
    cause: BUBBLE_CAUSES[bubbles.cause[row]],
    confidence: bubbles.confidence[row],
    before: taskAt(bubbles.before[row]),
    after: taskAt(after),
    during: taskAt(bubbles.during[row]),
    launch: call === NONE ? null : placeOrNull(viewed, shardOf(after), call),
    frameworkNs: known(bubbles.frameworkNs[row]),
    launchNs: known(bubbles.launchNs[row]),
  };
}

function known(ns: number): number | null {
  return Number.isNaN(ns) ? null : ns;
}
