import type { Intervals } from '../intervals.ts';
import type { DeviceOverlap } from '../overlap.ts';
import { RowDetail } from './row-detail.ts';

/** What a device did of the time, each as a row. */
export interface DeviceDetail {
  readonly computing: RowDetail;
  readonly exposed: RowDetail;
  readonly idle: RowDetail;
}

export function deviceDetail({ compute, exposedCommunication, deviceIdle }: DeviceOverlap): DeviceDetail {
  return { computing: rowOf(compute), exposed: rowOf(exposedCommunication), idle: rowOf(deviceIdle) };
}

function rowOf(intervals: Intervals): RowDetail {
  const startNs = new Float64Array(intervals.length / 2);
  const durNs = new Float64Array(startNs.length);
  for (let i = 0; i < startNs.length; i++) {
    startNs[i] = intervals[2 * i];
    durNs[i] = intervals[2 * i + 1] - startNs[i];
  }
  return new RowDetail(startNs, durNs);
}
