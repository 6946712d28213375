import { BUBBLE_THRESHOLD_NS, type BubbleKind, type DeviceBubbles, findBubbles } from '../../analysis/index.ts';
import { perRun } from './per-run.ts';

/** By device: its bubbles of a kind. The analysis has those of the device itself; others are found when asked for. */
export const deviceBubbles = perRun((viewed): ((kind: BubbleKind) => readonly DeviceBubbles[]) => {
  const { run, launches, devices } = viewed.analysis;
  const known = new Map<BubbleKind, readonly DeviceBubbles[]>();
  return (kind) => {
    const found =
      known.get(kind) ??
      devices.map((device) => {
        const had = device.bubbles.find((bubbles) => bubbles.kind === kind);
        const options = { thresholdNs: BUBBLE_THRESHOLD_NS, kinds: [kind] };
        return had ?? findBubbles({ run, launches, ...device }, options)[0];
      });
    known.set(kind, found);
    return found;
  };
});
