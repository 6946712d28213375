/**
 * How long a device did exactly what: computed only, computed and copied, did nothing of these ... Each moment of the window
 * belongs to one of the eight combinations of compute, communication and copy, so they add up to the window. The same as
 * adding up what a sweep over all starts and ends finds between two of them.
 *
 * Compute and communication are those of overlap.ts, so compute = the four combinations that have its bit. Copies are
 * those of op-class.ts as far as they lie in the window; they overlap with whatever runs beside them.
 */
import type { DeviceAnalysis } from './analyse-run.ts';
import type { DeviceId } from './device-id.ts';
import type { TimeWindow } from './extent.ts';
import { interval, intersection, type Intervals, IntervalUnion } from './intervals.ts';
import { CLASS } from './op-class.ts';

/** What a combination is made of: the number of a combination is the sum of these; 0 is none. */
export const COMBINATION_BITS = { compute: 1, communication: 2, copy: 4 } as const;
export const COMBINATION_COUNT = 8;

export interface DeviceCombinations extends DeviceId {
  readonly window: TimeWindow;
  /** By number of the combination: the time in which exactly this ran. */
  readonly exclusiveNs: Float64Array;
}

export function combinationsOf({ tasks, overlap }: Pick<DeviceAnalysis, 'tasks' | 'overlap'>): DeviceCombinations {
  const { rank, device, capture, window, compute, communication } = overlap;
  const copies = new IntervalUnion(tasks.length);
  for (let task = 0; task < tasks.length; task++) {
    if (tasks.opClass[task] === CLASS.copy) copies.add(tasks.startNs[task], tasks.endNs[task]);
  }
  const copy = intersection(copies.finish(), interval(window.startNs, window.endNs));
  return { rank, device, capture, window, exclusiveNs: sweep({ compute, communication, copy }, window) };
}

/** The sets lie in the window. */
function sweep(sets: Readonly<Record<keyof typeof COMBINATION_BITS, Intervals>>, window: TimeWindow): Float64Array {
  const exclusiveNs = new Float64Array(COMBINATION_COUNT);
  const { compute, communication, copy } = sets;
  const boundOf = (set: Intervals, at: number): number => (at < set.length ? set[at] : window.endNs);
  let [i, j, k] = [0, 0, 0];
  let [computeNs, communicationNs, copyNs] = [boundOf(compute, 0), boundOf(communication, 0), boundOf(copy, 0)];
  let combination = 0;
  let fromNs = window.startNs;
  while (fromNs < window.endNs) {
    const toNs = Math.min(computeNs, communicationNs, copyNs);
    exclusiveNs[combination] += toNs - fromNs;
    // Each bound is the start of an interval or its end.
    if (computeNs === toNs) {
      combination ^= COMBINATION_BITS.compute;
      computeNs = boundOf(compute, ++i);
    }
    if (communicationNs === toNs) {
      combination ^= COMBINATION_BITS.communication;
      communicationNs = boundOf(communication, ++j);
    }
    if (copyNs === toNs) {
      combination ^= COMBINATION_BITS.copy;
      copyNs = boundOf(copy, ++k);
    }
    fromNs = toNs;
  }
  return exclusiveNs;
}
