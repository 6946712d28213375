/**
 * The profiler itself slowed the host: call stacks, modules, memory or arguments were recorded for every op, or the level
 * was the highest. Nobody can tell by how much, so it is only told where the device waited for the host at all.
 *
 * Stake: the idle time that may be the host's (late, ambiguous or of unknown cause).
 */
import type { FindingRule } from './finding.ts';
import { HOST_BOUND_SHARE } from './host-bound.ts';
import { hostIdle } from './host-idle.ts';
import { overDevices, sumOf } from './over-devices.ts';
import { costlySettings, type CostlySetting } from './costly-settings.ts';

/** Shapes cost little and are recorded by nearly everybody, so they are not in the list. */
const COSTLY: readonly CostlySetting[] = [
  { name: 'with_stack', key: 'with_stack', values: /^true$/i },
  { name: 'with_modules', key: 'with_modules', values: /^true$/i },
  { name: 'profile_memory', key: 'profile_memory', values: /^true$/i },
  { name: 'record_op_args', key: 'record_op_args', values: /^true$/i },
  { name: 'profiler_level', key: '_profiler_level', values: /Level2$/ },
];

/** Some of the time at stake is the profiler's; most often it is not the most, and some may not even be the host's. */
const CONFIDENCE = { hostLate: 0.25, unknown: 0.1 };

export const profilingOverhead: FindingRule<{
  settings: readonly string[];
  hostIdleNs: number;
  windowShare: number;
}> = ({ run, devices }) => {
  const settings = costlySettings(run, COSTLY);
  if (settings.length === 0) return undefined;
  return overDevices(devices, HOST_BOUND_SHARE, hostIdle, (seen, windowNs) => {
    const hostIdleNs = sumOf(seen, ({ stakeNs }) => stakeNs);
    const lateShare = sumOf(seen, ({ lateNs }) => lateNs) / hostIdleNs;
    return {
      confidence: CONFIDENCE.unknown + (CONFIDENCE.hostLate - CONFIDENCE.unknown) * lateShare,
      evidence: { settings, hostIdleNs, windowShare: hostIdleNs / windowNs },
    };
  });
};
