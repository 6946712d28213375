import type { Run } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { Launches } from '../launches.ts';
import type { DeviceOverlap } from '../overlap.ts';
import type { DeviceSteps } from '../steps/step.ts';
import type { BubbleKind, DeviceBubbles } from './bubble.ts';

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
export function findBubbles({ overlap }: BubbleContext, { thresholdNs, kinds }: BubbleOptions): DeviceBubbles[] {
  const { rank, device, capture } = overlap;
  return kinds.map((kind) => ({
    ...{ rank, device, capture, kind, thresholdNs, length: 0 },
    ...{ startNs: new Float64Array(0), durNs: new Float64Array(0) },
    ...{ before: new Int32Array(0), after: new Int32Array(0), stream: new Int32Array(0) },
    ...{ cause: new Uint8Array(0), confidence: new Float32Array(0) },
    ...{ totalNs: 0, belowThresholdNs: 0, belowThresholdCount: 0 },
  }));
}
