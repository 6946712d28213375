import type { Part } from '../widgets/legend.ts';
import type { PanelTexts } from './panel-texts.ts';

export interface TimeClasses {
  readonly computeNs: number;
  readonly exposedCommNs: number;
  readonly deviceIdleNs: number;
}

/** What a device did, in the parts that charts are made of; together they are all of the time. */
export function timeParts({ computeNs, exposedCommNs, deviceIdleNs }: TimeClasses, { report }: PanelTexts): Part[] {
  return [
    { className: 'fill-compute', label: report.time.compute, value: computeNs },
    { className: 'fill-communication', label: report.time.exposedComm, value: exposedCommNs },
    { className: 'fill-idle', label: report.time.deviceIdle, value: deviceIdleNs },
  ];
}
