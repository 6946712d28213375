/**
 * The device is idle because the next op had not been launched: bubbles whose cause is host-late, in the framework or in
 * the launch call.
 *
 * Stake: their whole length, as a host that runs ahead leaves none of them.
 */
import { NONE } from '../../timeline/index.ts';
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import type { TimeWindow } from '../extent.ts';
import { launchedTasks } from '../host/launched-tasks.ts';
import { deviceQueue } from '../host/queue-length.ts';
import type { FindingRule } from './finding.ts';
import { idleBubbles, isFrameworkLate, isHostLate } from './host-idle.ts';
import { NameTimes } from './name-times.ts';
import { type DeviceStake, overDevices, sumOf } from './over-devices.ts';

/** Of the window. The vendor's advisor calls more than a tenth of free time too much. */
export const HOST_BOUND_SHARE = 0.1;

interface LateHost extends DeviceStake {
  readonly device: DeviceAnalysis;
  readonly gapCount: number;
  readonly idleNs: number;
  readonly frameworkNs: number;
  /** The sum of (length * confidence) of the bubbles. */
  readonly trustedNs: number;
  readonly ops: NameTimes;
}

export const hostBound: FindingRule<{
  gapCount: number;
  lateNs: number;
  windowShare: number;
  idleShare: number;
  /** Where most of it is lost. */
  layer: 'framework' | 'launch';
  layerShare: number;
  ops: readonly string[];
  /** Of the idle time, when all queues were empty; undefined where launches are not known. */
  emptyShare: number | undefined;
}> = (analysis) => {
  const { devices } = analysis;
  return overDevices(devices, HOST_BOUND_SHARE, lateHost, (seen, windowNs) => {
    const lateNs = sumOf(seen, ({ stakeNs }) => stakeNs);
    const frameworkNs = sumOf(seen, (each) => each.frameworkNs);
    return {
      confidence: sumOf(seen, ({ trustedNs }) => trustedNs) / lateNs,
      evidence: {
        gapCount: sumOf(seen, ({ gapCount }) => gapCount),
        lateNs,
        windowShare: lateNs / windowNs,
        idleShare: lateNs / sumOf(seen, ({ idleNs }) => idleNs),
        layer: 2 * frameworkNs >= lateNs ? 'framework' : 'launch',
        layerShare: Math.max(frameworkNs, lateNs - frameworkNs) / lateNs,
        ops: NameTimes.top(
          seen.map(({ ops }) => ops),
          devices[0].tasks.texts,
        ),
        emptyShare: emptyShare(analysis, seen),
      },
    };
  });
};

function emptyShare(analysis: RunAnalysis, seen: readonly LateHost[]): number | undefined {
  const queues = seen.flatMap(({ device }) => deviceQueue(device, launchedTasks(analysis, device)) ?? []);
  if (queues.length < seen.length) return undefined;
  const idleNs = sumOf(seen, ({ device }) => device.overlap.totals.deviceIdleNs);
  return idleNs === 0 ? undefined : queues.reduce((sum, { emptyIdleNs }) => sum + emptyIdleNs, 0) / idleNs;
}

function lateHost(device: DeviceAnalysis): LateHost | undefined {
  const bubbles = idleBubbles(device);
  if (bubbles === undefined) return undefined;
  const ops = new NameTimes();
  let window: TimeWindow | undefined;
  let [gapCount, stakeNs, frameworkNs, trustedNs, longestNs] = [0, 0, 0, 0, 0];
  for (let bubble = 0; bubble < bubbles.length; bubble++) {
    if (!isHostLate(bubbles.cause[bubble])) continue;
    const [startNs, durNs, op] = [bubbles.startNs[bubble], bubbles.durNs[bubble], bubbles.after[bubble]];
    gapCount++;
    stakeNs += durNs;
    if (isFrameworkLate(bubbles.cause[bubble])) frameworkNs += durNs;
    trustedNs += durNs * bubbles.confidence[bubble];
    if (op !== NONE) ops.add(device.tasks.name[op], durNs);
    if (durNs <= longestNs) continue;
    longestNs = durNs;
    window = { startNs, endNs: startNs + durNs };
  }
  return { device, stakeNs, window, gapCount, idleNs: bubbles.totalNs, frameworkNs, trustedNs, ops };
}
