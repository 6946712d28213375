import {
  type BubbleKind,
  BUBBLE_THRESHOLD_NS,
  type DeviceBubbles,
  findBubbles,
  type RunAnalysis,
} from '../../analysis/index.ts';
import { oncePerRun, Recent } from './once.ts';
import type { ViewedRun } from './viewed-run.ts';

const found = oncePerRun(() => new Recent<readonly DeviceBubbles[]>(3));

/** By device. */
export function bubblesOfKind(viewed: ViewedRun, kind: BubbleKind): readonly DeviceBubbles[] {
  const { run, launches, devices } = viewed.analysis;
  return found(viewed).get(kind, () =>
    devices.map(({ tasks, overlap, steps, bubbles }) => {
      const context = { run, launches, tasks, overlap, steps };
      const known = bubbles.find((each) => each.kind === kind);
      return known ?? findBubbles(context, { thresholdNs: BUBBLE_THRESHOLD_NS, kinds: [kind] })[0];
    }),
  );
}

/** The analysis of the run as if it had been asked for bubbles of this kind. */
export function analysisWith(viewed: ViewedRun, kind: BubbleKind): RunAnalysis {
  const { analysis } = viewed;
  if (kind === 'device') return analysis;
  const bubbles = bubblesOfKind(viewed, kind);
  return { ...analysis, devices: analysis.devices.map((device, at) => ({ ...device, bubbles: [bubbles[at]] })) };
}
