import { BUBBLE_CAUSES, type BubbleCause, type DeviceBubbles } from '../bubbles/bubble.ts';
import type { DeviceAnalysis } from '../analyse-run.ts';
import type { TimeWindow } from '../extent.ts';
import type { DeviceStake } from './over-devices.ts';

/** The first two are the host's; of the others nothing says that they are not. */
const FRAMEWORK = BUBBLE_CAUSES.indexOf('host-late-framework');
const LAUNCH = BUBBLE_CAUSES.indexOf('host-late-launch');
const MAYBE_HOST: readonly BubbleCause[] = ['host-late-framework', 'host-late-launch', 'ambiguous', 'unknown'];

/** undefined where nobody looked for them. */
export function idleBubbles({ bubbles }: DeviceAnalysis): DeviceBubbles | undefined {
  return bubbles.find(({ kind }) => kind === 'device');
}

export function isFrameworkLate(cause: number): boolean {
  return cause === FRAMEWORK;
}

export function isHostLate(cause: number): boolean {
  return cause === FRAMEWORK || cause === LAUNCH;
}

export interface HostIdle extends DeviceStake {
  /** Of it, what is known to be the host's. */
  readonly lateNs: number;
}

/** Idle time of a device that a faster host might save; undefined where nobody looked for bubbles. */
export function hostIdle(device: DeviceAnalysis): HostIdle | undefined {
  const bubbles = idleBubbles(device);
  if (bubbles === undefined) return undefined;
  let [stakeNs, lateNs, longestNs] = [0, 0, 0];
  let window: TimeWindow | undefined;
  for (let bubble = 0; bubble < bubbles.length; bubble++) {
    if (!MAYBE_HOST.includes(BUBBLE_CAUSES[bubbles.cause[bubble]])) continue;
    const [startNs, durNs] = [bubbles.startNs[bubble], bubbles.durNs[bubble]];
    stakeNs += durNs;
    if (isHostLate(bubbles.cause[bubble])) lateNs += durNs;
    if (durNs <= longestNs) continue;
    longestNs = durNs;
    window = { startNs, endNs: startNs + durNs };
  }
  return { stakeNs, window, lateNs };
}
