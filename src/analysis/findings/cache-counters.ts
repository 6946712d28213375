/**
 * The profiler read the counters of the L2 cache, which it does between any two ops: in real captures with `l2_cache` 180
 * of 184 gaps of a stream last at least 87 us, without it the shortest are 0.1 us.
 *
 * Stake: the bubbles before ops that had been launched in time and started late.
 */
import { BUBBLE_CAUSES } from '../bubbles/bubble.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import type { TimeWindow } from '../extent.ts';
import type { FindingRule } from './finding.ts';
import { idleBubbles } from './host-idle.ts';
import { type DeviceStake, overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';
import { costlySettings } from './costly-settings.ts';

const CACHE_COUNTERS = { name: 'l2_cache', key: '_l2_cache', values: /^true$/i };
const SCHEDULING = BUBBLE_CAUSES.indexOf('device-scheduling');

/** Nothing else is known that stops a device between all of its ops for so long. */
const CONFIDENCE = 0.8;

interface LateStarts extends DeviceStake {
  readonly gapCount: number;
}

export const cacheCounters: FindingRule<{
  gapCount: number;
  meanNs: number;
  pausedNs: number;
  windowShare: number;
}> = ({ run, devices }) => {
  if (costlySettings(run, [CACHE_COUNTERS]).length === 0) return undefined;
  return overDevices(devices, WORTH_TELLING, lateStarts, (seen, windowNs) => {
    const pausedNs = sumOf(seen, ({ stakeNs }) => stakeNs);
    const gapCount = sumOf(seen, (each) => each.gapCount);
    return {
      confidence: CONFIDENCE,
      evidence: { gapCount, meanNs: pausedNs / gapCount, pausedNs, windowShare: pausedNs / windowNs },
    };
  });
};

function lateStarts(device: DeviceAnalysis): LateStarts | undefined {
  const bubbles = idleBubbles(device);
  if (bubbles === undefined) return undefined;
  let [gapCount, stakeNs, longestNs] = [0, 0, 0];
  let window: TimeWindow | undefined;
  for (let bubble = 0; bubble < bubbles.length; bubble++) {
    if (bubbles.cause[bubble] !== SCHEDULING) continue;
    const [startNs, durNs] = [bubbles.startNs[bubble], bubbles.durNs[bubble]];
    gapCount++;
    stakeNs += durNs;
    if (durNs <= longestNs) continue;
    longestNs = durNs;
    window = { startNs, endNs: startNs + durNs };
  }
  return { stakeNs, window, gapCount };
}
