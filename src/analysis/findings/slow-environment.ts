/**
 * Variables of the environment that are meant for the search for errors: every launch waits for its op, or the logs are
 * full.
 *
 * Stake: the idle time that may be the host's (late, ambiguous or of unknown cause).
 */
import type { FindingRule } from './finding.ts';
import { hostIdle } from './host-idle.ts';
import { overDevices, sumOf, WORTH_TELLING } from './over-devices.ts';
import { costlySettings, type CostlySetting } from './costly-settings.ts';

/** Levels 0 and 1 of the log are "debug" and "info"; the default is 3, "error". */
const COSTLY: readonly CostlySetting[] = [
  { name: 'ASCEND_LAUNCH_BLOCKING', key: 'ASCEND_LAUNCH_BLOCKING', values: /^1$/ },
  { name: 'ASCEND_GLOBAL_LOG_LEVEL', key: 'ASCEND_GLOBAL_LOG_LEVEL', values: /^[01]$/ },
];

const CONFIDENCE = 0.8;

export const slowEnvironment: FindingRule<{
  settings: readonly string[];
  hostIdleNs: number;
  windowShare: number;
}> = ({ run, devices }) => {
  const settings = costlySettings(run, COSTLY);
  if (settings.length === 0) return undefined;
  return overDevices(devices, WORTH_TELLING, hostIdle, (seen, windowNs) => {
    const hostIdleNs = sumOf(seen, ({ stakeNs }) => stakeNs);
    return { confidence: CONFIDENCE, evidence: { settings, hostIdleNs, windowShare: hostIdleNs / windowNs } };
  });
};
