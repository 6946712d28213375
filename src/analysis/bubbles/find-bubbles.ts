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
import { NONE, type Run } from '../../timeline/index.ts';
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
  const { gap } = idleCause;
  for (let i = 0; i < deviceIdle.length; i += 2) {
    gap.startNs = deviceIdle[i];
    gap.endNs = deviceIdle[i + 1];
    if (!rows.count(gap.endNs - gap.startNs)) continue;
    neighbours.findFor(gap);
    idleCause.explain();
    rows.add(gap, idleCause);
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
  const { gap } = idleCause;
  let idle = 0;
  for (let i = 0; i < gaps.length; i += 2) {
    const whole = { startNs: gaps[i], endNs: gaps[i + 1], before: NONE, after: NONE };
    const { startNs, endNs } = whole;
    if (!rows.count(endNs - startNs)) continue;
    kernels.findFor(whole);
    while (idle < deviceIdle.length && deviceIdle[idle + 1] <= startNs) idle += 2;
    for (let fromNs = startNs; fromNs < endNs;) {
      const idleFromNs = idle < deviceIdle.length ? Math.min(deviceIdle[idle], endNs) : endNs;
      exposed.explain(fromNs, idleFromNs, (pieceFromNs, pieceToNs, cause, confidence, during) => {
        if (pieceToNs <= pieceFromNs) return;
        const why = { cause: CAUSE[cause], confidence, during, frameworkNs: Number.NaN, launchNs: Number.NaN };
        rows.add({ ...whole, startNs: pieceFromNs, endNs: pieceToNs }, why);
      });
      if (idleFromNs === endNs) break;
      fromNs = deviceIdle[idle + 1];
      gap.startNs = idleFromNs;
      gap.endNs = fromNs;
      ops.findFor(gap);
      idleCause.explain();
      rows.add(gap, idleCause);
      idle += 2;
    }
  }
  return rows;
}

function streamBubbles({ tasks }: BubbleContext, idleCause: IdleCause, thresholdNs: number): BubbleRows {
  const { before, after } = streamGaps(tasks);
  const { startNs, endNs, stream } = tasks;
  const rows = new BubbleRows(thresholdNs, 0);
  const { gap } = idleCause;
  for (let i = 0; i < before.length; i++) {
    gap.before = before[i];
    gap.after = after[i];
    gap.startNs = endNs[gap.before];
    gap.endNs = startNs[gap.after];
    if (!rows.count(gap.endNs - gap.startNs)) continue;
    idleCause.explain();
    rows.add(gap, idleCause, stream[gap.after]);
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
