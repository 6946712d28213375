/**
 * Every gap of a device, of its computing or of one of its streams, with the ops around it and its cause.
 *
 * - device: the time in the window in which the device neither computes nor communicates.
 * - compute: the time in the window in which it does not compute. Where communication fills a part of such a gap, that part
 *   is a bubble of its own, as are waiting and transfer in it: the threshold is for the whole gap. A part that is idle has
 *   the ops around that part; a part that communicates has the kernels around the gap.
 * - stream: the time between ops of one stream, from its first to its last, in which none of its ops runs.
 *
 * Rows and what is below the threshold add up to the idle time of the kind, to the nanosecond.
 */
import type { Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { difference, interval } from '../intervals.ts';
import type { Launches } from '../launches.ts';
import type { DeviceOverlap } from '../overlap.ts';
import type { DeviceSteps } from '../steps/step.ts';
import { type BubbleKind, CAUSE, type DeviceBubbles } from './bubble.ts';
import { BubbleRows } from './bubble-rows.ts';
import { estimateSkew } from './clock-skew.ts';
import { CollectiveWaits } from './collective-waits.ts';
import { ExposedCommunication } from './exposed-communication.ts';
import { IdleCause } from './idle-cause.ts';
import { Neighbours } from './neighbours.ts';
import { streamGaps } from './stream-gaps.ts';

export interface BubbleOptions {
  readonly thresholdNs: number;
  readonly kinds: readonly BubbleKind[];
}

export interface BubbleContext {
  readonly run: Run;
  readonly tasks: DeviceTasks;
  readonly overlap: DeviceOverlap;
  readonly steps: DeviceSteps;
  readonly launches: Launches;
}

/** The bubbles of one device, one entry for each kind asked for. */
export function findBubbles(context: BubbleContext, { thresholdNs, kinds }: BubbleOptions): DeviceBubbles[] {
  const { tasks, overlap, launches } = context;
  const { rank, device, capture } = overlap;
  if (kinds.length === 0) return [];
  const skew = estimateSkew(tasks, overlap.deviceIdle, launches);
  const idleCause = new IdleCause(context, skew);
  return kinds.map((kind) => {
    const rows = bubblesOf[kind](context, idleCause, thresholdNs);
    return { rank, device, capture, kind, thresholdNs, skew, ...rows.finish() };
  });
}

type Find = (context: BubbleContext, idleCause: IdleCause, thresholdNs: number) => BubbleRows;

const bubblesOf: Readonly<Record<BubbleKind, Find>> = {
  device: deviceBubbles,
  compute: computeBubbles,
  stream: streamBubbles,
};

function deviceBubbles({ tasks, overlap }: BubbleContext, idleCause: IdleCause, thresholdNs: number): BubbleRows {
  const { deviceIdle } = overlap;
  const rows = new BubbleRows(thresholdNs, countFrom(deviceIdle, thresholdNs));
  const neighbours = new Neighbours(tasks, 'ops');
  for (let i = 0; i < deviceIdle.length; i += 2) {
    const [startNs, endNs] = [deviceIdle[i], deviceIdle[i + 1]];
    if (!rows.count(endNs - startNs)) continue;
    neighbours.moveTo(endNs);
    const { before, after } = neighbours;
    idleCause.explain(startNs, endNs, before, after);
    rows.add(startNs, endNs, before, after, idleCause);
  }
  return rows;
}

function computeBubbles(context: BubbleContext, idleCause: IdleCause, thresholdNs: number): BubbleRows {
  const { run, tasks, overlap } = context;
  const { window, compute, deviceIdle } = overlap;
  const gaps = difference(interval(window.startNs, window.endNs), compute);
  const rows = new BubbleRows(thresholdNs, countFrom(gaps, thresholdNs));
  const kernels = new Neighbours(tasks, 'compute');
  const ops = new Neighbours(tasks, 'ops');
  const exposed = new ExposedCommunication(tasks, waitsOf(run));
  let idle = 0;
  for (let i = 0; i < gaps.length; i += 2) {
    const [startNs, endNs] = [gaps[i], gaps[i + 1]];
    if (!rows.count(endNs - startNs)) continue;
    kernels.moveTo(endNs);
    const { before, after } = kernels;
    while (idle < deviceIdle.length && deviceIdle[idle + 1] <= startNs) idle += 2;
    for (let fromNs = startNs; fromNs < endNs;) {
      const idleFromNs = idle < deviceIdle.length ? Math.min(deviceIdle[idle], endNs) : endNs;
      exposed.explain(fromNs, idleFromNs, (pieceFromNs, pieceToNs, cause, confidence, during) => {
        if (pieceToNs <= pieceFromNs) return;
        const why = { cause: CAUSE[cause], confidence, during, frameworkNs: Number.NaN, launchNs: Number.NaN };
        rows.add(pieceFromNs, pieceToNs, before, after, why);
      });
      if (idleFromNs === endNs) break;
      fromNs = deviceIdle[idle + 1];
      ops.moveTo(fromNs);
      idleCause.explain(idleFromNs, fromNs, ops.before, ops.after);
      rows.add(idleFromNs, fromNs, ops.before, ops.after, idleCause);
      idle += 2;
    }
  }
  return rows;
}

function streamBubbles({ tasks }: BubbleContext, idleCause: IdleCause, thresholdNs: number): BubbleRows {
  const { before, after } = streamGaps(tasks);
  const { startNs, endNs, stream } = tasks;
  const rows = new BubbleRows(thresholdNs, 0);
  for (let gap = 0; gap < before.length; gap++) {
    const [fromNs, toNs] = [endNs[before[gap]], startNs[after[gap]]];
    if (!rows.count(toNs - fromNs)) continue;
    idleCause.explain(fromNs, toNs, before[gap], after[gap]);
    rows.add(fromNs, toNs, before[gap], after[gap], idleCause, stream[after[gap]]);
  }
  return rows;
}

function countFrom(gaps: Float64Array, thresholdNs: number): number {
  let count = 0;
  for (let i = 0; i < gaps.length; i += 2) if (gaps[i + 1] - gaps[i] >= thresholdNs) count++;
  return count;
}

/** What devices of a run know of one another's collectives is found once for all of them. */
const waitsByRun = new WeakMap<Run, CollectiveWaits>();

function waitsOf(run: Run): CollectiveWaits {
  const waits = waitsByRun.get(run) ?? new CollectiveWaits(run);
  waitsByRun.set(run, waits);
  return waits;
}
