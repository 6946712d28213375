import type { DeviceId } from '../device-id.ts';

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
  'pipeline-launch',
  'slowest-rank',
  'transfer',
  'pipeline-receive',
  'ambiguous',
  'unknown',
] as const;
export type BubbleCause = (typeof BUBBLE_CAUSES)[number];

/** The bubbles of one device and kind, as columns sorted by start. Times are integer ns from the run's origin. */
export interface DeviceBubbles extends DeviceId {
  readonly kind: BubbleKind;
  readonly thresholdNs: number;
  readonly length: number;
  readonly startNs: Float64Array;
  readonly durNs: Float64Array;
  /** The op that ended last before and the one that ends it, among the tasks of the device; NONE at the edges. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** Among the streams of the device; NONE unless the kind is `stream`. */
  readonly stream: Int32Array;
  /** Position in BUBBLE_CAUSES. */
  readonly cause: Uint8Array;
  /** From 0 to 1. */
  readonly confidence: Float32Array;
  /** All bubbles, and those below the threshold, which are in no row: sum of rows + belowThresholdNs = totalNs. */
  readonly totalNs: number;
  readonly belowThresholdNs: number;
  readonly belowThresholdCount: number;
}
