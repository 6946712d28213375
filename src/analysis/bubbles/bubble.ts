import type { DeviceId } from '../device-id.ts';
import type { ClockSkew } from './clock-skew.ts';

/**
 * Where a device, or one of its streams, does nothing. device: neither computes nor communicates. compute: does not compute
 * (device and what communication is exposed). stream: nothing runs on one stream.
 */
export const BUBBLE_KINDS = ['device', 'compute', 'stream'] as const;
export type BubbleKind = (typeof BUBBLE_KINDS)[number];

/** Why. The table of docs/analysis.md says how each is told. */
export const BUBBLE_CAUSES = [
  'start-up',
  'tail',
  'host-late-framework',
  'host-late-launch',
  'event-wait',
  'copy',
  'device-scheduling',
  'graph-launch',
  'unseen-graph',
  'pipeline-launch',
  'slowest-rank',
  'transfer',
  'pipeline-receive',
  'ambiguous',
  'unknown',
] as const;
export type BubbleCause = (typeof BUBBLE_CAUSES)[number];

/** The position of each cause in BUBBLE_CAUSES. */
export const CAUSE = Object.fromEntries(BUBBLE_CAUSES.map((cause, code) => [cause, code])) as Readonly<
  Record<BubbleCause, number>
>;

/**
 * The bubbles of one device and kind, as columns sorted by start. A gap in computing that communication fills in part is
 * several bubbles, one behind the other, each with a cause of its own. Times are integer ns from the run's origin. */
export interface DeviceBubbles extends DeviceId {
  readonly kind: BubbleKind;
  readonly thresholdNs: number;
  readonly length: number;
  readonly startNs: Float64Array;
  readonly durNs: Float64Array;
  /** The op that ended last before and the one that ends it, among the tasks of the device; NONE at the edges. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** The task that shows the cause: the copy, the wait, or the collective that is exposed; NONE where none does. */
  readonly during: Int32Array;
  /** How much of it had passed before the launch call of the op after began, and what the call took of it; NaN: unknown. */
  readonly frameworkNs: Float64Array;
  readonly launchNs: Float64Array;
  /** Among the streams of the device; NONE unless the kind is `stream`. */
  readonly stream: Int32Array;
  /** Position in BUBBLE_CAUSES. */
  readonly cause: Uint8Array;
  /** From 0 to 1. */
  readonly confidence: Float32Array;
  /** How far the clocks of host and device are apart; what it leaves open is `ambiguous`. */
  readonly skew: ClockSkew;
  /** All gaps, and those below the threshold, which are in no row: sum of rows + belowThresholdNs = totalNs. */
  readonly totalNs: number;
  readonly belowThresholdNs: number;
  readonly belowThresholdCount: number;
}
