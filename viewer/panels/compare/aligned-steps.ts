/** Which steps of two runs are the same step, and how far apart the runs begin when one of them stands above the other. */
import type { RunInfo, StepInfo } from '../../../src/session/requests/protocol.ts';
import { DeviceSteps } from '../../timeline/device-steps.ts';
import type { TimeWindow } from '../../timeline/time-window.ts';

export type StepPair = readonly [own: StepInfo, other: StepInfo];

/** The k-th steps of a phase, in the order of time of the first run; steps are those of the first device. */
export function pairedSteps(own: RunInfo, other: RunInfo): StepPair[] {
  const numbered = numberedSteps(other);
  return [...numberedSteps(own)].flatMap(([key, step]): StepPair[] => {
    const found = numbered.get(key);
    return found === undefined ? [] : [[step, found]];
  });
}

function numberedSteps({ steps }: RunInfo): Map<string, StepInfo> {
  const counts = new Map<string, number>();
  return new Map(
    new DeviceSteps(steps).of(0).map((step) => {
      const number = counts.get(step.phase) ?? 0;
      counts.set(step.phase, number + 1);
      return [`${step.phase} ${number}`, step];
    }),
  );
}

/** `step` counts from 1; 0 are the starts of the runs, which is all there is where they have no step in common. */
export interface AlignedAt {
  readonly step: number;
  readonly ownNs: number;
  readonly otherNs: number;
}

export function alignedAt(pairs: readonly StepPair[], wanted: number): AlignedAt {
  const step = Math.min(wanted, pairs.length);
  if (step === 0) return { step, ownNs: 0, otherNs: 0 };
  const [own, other] = pairs[step - 1];
  return { step, ownNs: own.startNs, otherNs: other.startNs };
}

/** All of a step of both, in the times of this run; of no step both runs whole. */
export function windowOfStep(pairs: readonly StepPair[], { step, ownNs }: AlignedAt, wholeNs: number): TimeWindow {
  if (step === 0) return { startNs: 0, endNs: wholeNs };
  const lengthNs = Math.max(...pairs[step - 1].map(({ startNs, endNs }) => endNs - startNs));
  return { startNs: ownNs, endNs: ownNs + lengthNs };
}
