/** Bubbles of a device whose causes a test says, where it needs no run that has them. */
import { BubbleRows } from '../../src/analysis/bubbles/bubble-rows.ts';
import { type BubbleCause, CAUSE, type DeviceBubbles } from '../../src/analysis/bubbles/bubble.ts';
import type { DeviceId } from '../../src/analysis/device-id.ts';
import { NONE } from '../../src/timeline/index.ts';

export interface SaidBubble {
  readonly startNs: number;
  readonly endNs: number;
  readonly cause: BubbleCause;
  readonly confidence?: number;
  readonly before: number;
  readonly after: number;
}

const NOTHING_TOLD = { during: NONE, frameworkNs: Number.NaN, launchNs: Number.NaN };

/** All of them are listed. */
export function saidBubbles(id: DeviceId, said: readonly SaidBubble[], thresholdNs: number): DeviceBubbles {
  const rows = new BubbleRows(0, said.length);
  for (const { cause, confidence = 1, ...gap } of said) {
    rows.count(gap.endNs - gap.startNs);
    rows.add(gap, { cause: CAUSE[cause], confidence, ...NOTHING_TOLD });
  }
  const skew = { skewNs: 0, lowNs: 0, highNs: 0, launchCount: 0 };
  return { ...id, kind: 'device', thresholdNs, skew, ...rows.finish() };
}
