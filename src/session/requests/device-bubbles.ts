import {
  BUBBLE_THRESHOLD_NS,
  type BubbleKind,
  type DeviceBubbles,
  findBubbles,
  type RunAnalysis,
} from '../../analysis/index.ts';
import { perRun } from './per-run.ts';
import type { ViewedRun } from './viewed-run.ts';

/** By device: its bubbles of a kind. The analysis has those of the device itself; others are found when asked for. */
export const deviceBubbles = perRun((viewed): ((kind: BubbleKind) => readonly DeviceBubbles[]) => {
  const { run, launches, devices } = viewed.analysis;
  const known = new Map<BubbleKind, readonly DeviceBubbles[]>();
  return (kind) => {
    const found =
      known.get(kind) ??
      devices.map((device, number) => {
        const had = viewed.knownBubbles(number, kind);
        const options = { thresholdNs: BUBBLE_THRESHOLD_NS, kinds: [kind] };
        return had ?? findBubbles({ run, launches, ...device }, options)[0];
      });
    known.set(kind, found);
    return found;
  };
});

/** The analysis of the run as if it had been asked for bubbles of this kind. */
export function analysisWith(viewed: ViewedRun, kind: BubbleKind): RunAnalysis {
  const { analysis } = viewed;
  if (kind === 'device') return analysis;
  const bubbles = deviceBubbles(viewed)(kind);
  return { ...analysis, devices: analysis.devices.map((device, at) => ({ ...device, bubbles: [bubbles[at]] })) };
}
