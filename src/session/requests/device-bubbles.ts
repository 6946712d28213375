import {
  type BubbleKind,
  type DeviceBubbles,
  findBubbles,
  ownThresholdNs,
  type RunAnalysis,
} from '../../analysis/index.ts';
import { perRun } from './per-run.ts';
import { Recent } from './recent.ts';
import type { ViewedRun } from './viewed-run.ts';

/** Each kind, and one that somebody looks at with shorter ones, which may be as many as there are ops. */
const MOST_KEPT = 4;

/** By device: its bubbles of a kind. Where nothing is said, as long as the analysis has them. */
export const deviceBubbles = perRun((viewed) => {
  const { run, launches, devices } = viewed.analysis;
  const ownNs = ownThresholdNs(run);
  const kept = new Recent<readonly DeviceBubbles[]>(MOST_KEPT);
  return (kind: BubbleKind, leastNs = ownNs): readonly DeviceBubbles[] =>
    kept.get(`${kind} ${leastNs}`, () =>
      devices.map((device, number) => {
        const had = leastNs === ownNs ? viewed.knownBubbles(number, kind) : undefined;
        return had ?? findBubbles({ run, launches, ...device }, { thresholdNs: leastNs, kinds: [kind] })[0];
      }),
    );
});

/** The analysis of the run as if it had been asked for bubbles of this kind and length. */
export function analysisWith(viewed: ViewedRun, kind: BubbleKind, leastNs?: number): RunAnalysis {
  const { analysis } = viewed;
  if (kind === 'device' && (leastNs ?? ownThresholdNs(analysis.run)) === ownThresholdNs(analysis.run)) return analysis;
  const bubbles = deviceBubbles(viewed)(kind, leastNs);
  return { ...analysis, devices: analysis.devices.map((device, at) => ({ ...device, bubbles: [bubbles[at]] })) };
}
