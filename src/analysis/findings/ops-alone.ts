import type { DeviceAnalysis } from '../analyse-run.ts';
import type { TimeWindow } from '../extent.ts';
import { CLASS } from '../op-class.ts';
import type { RunTexts } from '../run-texts.ts';
import { NameTimes } from './name-times.ts';
import { sumOf } from './over-devices.ts';

/** Compute ops of one kind. */
export interface OpsAlone {
  readonly count: number;
  readonly names: NameTimes;
  /** How long nothing but them computed: without them the device computes that much less. */
  readonly stakeNs: number;
  /** The op of the kind that runs longest beside no other that began before it. */
  readonly window: TimeWindow | undefined;
  readonly computeNs: number;
}

/** Ops of one kind against all other compute ops of a device: what these leave of the computing time. */
export function opsAlone({ tasks, overlap }: DeviceAnalysis, isOfKind: (task: number) => boolean): OpsAlone {
  const { length, opClass, startNs, endNs, type } = tasks;
  const names = new NameTimes();
  let window: TimeWindow | undefined;
  let [count, othersNs, longestNs] = [0, 0, 0];
  let othersEndNs = Number.NEGATIVE_INFINITY;
  for (let task = 0; task < length; task++) {
    if (opClass[task] !== CLASS.compute) continue;
    const fromNs = Math.max(startNs[task], othersEndNs);
    const aloneNs = endNs[task] - fromNs;
    if (isOfKind(task)) {
      count++;
      names.add(type[task], endNs[task] - startNs[task]);
      if (aloneNs <= longestNs) continue;
      longestNs = aloneNs;
      window = { startNs: fromNs, endNs: endNs[task] };
    } else if (aloneNs > 0) {
      othersNs += aloneNs;
      othersEndNs = endNs[task];
    }
  }
  const { computeNs } = overlap.totals;
  return { count, names, stakeNs: computeNs - othersNs, window, computeNs };
}

/** What ops of one kind are, over all devices that have them. */
export type AloneEvidence = Readonly<{
  opCount: number;
  aloneNs: number;
  computeShare: number;
  ops: readonly string[];
}>;

export function aloneEvidence(seen: readonly OpsAlone[], texts: RunTexts): AloneEvidence {
  const aloneNs = sumOf(seen, ({ stakeNs }) => stakeNs);
  return {
    opCount: sumOf(seen, ({ count }) => count),
    aloneNs,
    computeShare: aloneNs / sumOf(seen, ({ computeNs }) => computeNs),
    ops: NameTimes.top(
      seen.map(({ names }) => names),
      texts,
    ),
  };
}
