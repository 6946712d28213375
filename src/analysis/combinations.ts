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
import { interval, intersection, IntervalUnion, lengthNs, sharedNs } from './intervals.ts';
import { CLASS } from './op-class.ts';

/** What a combination is made of: the number of a combination is the sum of these; 0 is none. */
export const COMBINATION_BITS = { compute: 1, communication: 2, copy: 4 } as const;
const COMBINATION_COUNT = 8;

export interface DeviceCombinations extends DeviceId {
  readonly window: TimeWindow;
  /** By number of the combination: the time in which exactly this ran. */
  readonly exclusiveNs: Float64Array;
}

export function combinationsOf({ tasks, overlap }: Pick<DeviceAnalysis, 'tasks' | 'overlap'>): DeviceCombinations {
  const { rank, device, capture, window, overlapped, exposedCommunication, deviceIdle, totals } = overlap;
  const copies = new IntervalUnion();
  for (let task = 0; task < tasks.length; task++) {
    if (tasks.opClass[task] === CLASS.copy) copies.add(tasks.startNs[task], tasks.endNs[task]);
  }
  const copy = intersection(copies.finish(), interval(window.startNs, window.endNs));
  const { compute, communication, copy: withCopy } = COMBINATION_BITS;
  const exclusiveNs = new Float64Array(COMBINATION_COUNT);
  exclusiveNs[0] = totals.deviceIdleNs;
  exclusiveNs[compute] = totals.computeNs - totals.overlappedNs;
  exclusiveNs[communication] = totals.exposedCommunicationNs;
  exclusiveNs[compute | communication] = totals.overlappedNs;
  const move = (combination: number, copiedNs: number): void => {
    exclusiveNs[combination] -= copiedNs;
    exclusiveNs[combination | withCopy] = copiedNs;
  };
  const idleNs = sharedNs(deviceIdle, copy);
  const exposedNs = sharedNs(exposedCommunication, copy);
  const overlappedNs = sharedNs(overlapped, copy);
  move(0, idleNs);
  move(communication, exposedNs);
  move(compute | communication, overlappedNs);
  move(compute, lengthNs(copy) - idleNs - exposedNs - overlappedNs);
  return { rank, device, capture, window, exclusiveNs };
}
