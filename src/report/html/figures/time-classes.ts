import type { ReportTexts } from '../../texts.ts';
import type { Part } from '../charts/chart.ts';

export interface TimeClasses {
  readonly computeNs: number;
  readonly exposedCommNs: number;
  readonly deviceIdleNs: number;
  /** A part of deviceIdleNs. */
  readonly unseenGraphNs?: number;
}

/** What a device did, as the parts that charts are made of; together they are all of the time. */
export function classParts(
  { computeNs, exposedCommNs, deviceIdleNs, unseenGraphNs = 0 }: TimeClasses,
  { words }: ReportTexts,
): Part[] {
  const unseen = { className: 'unseen', label: words.time.unseenGraph, value: unseenGraphNs };
  return [
    { className: 'compute', label: words.time.compute, value: computeNs },
    { className: 'exposed', label: words.time.exposedComm, value: exposedCommNs },
    { className: 'idle', label: words.time.deviceIdle, value: deviceIdleNs - unseenGraphNs },
    ...(unseenGraphNs > 0 ? [unseen] : []),
  ];
}
