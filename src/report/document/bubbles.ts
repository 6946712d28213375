/** Bubbles of one kind on all devices: groups are complete, so they add up; of the bubbles themselves the longest are named. */
import {
  BUBBLE_CAUSES,
  type BubbleRow,
  type DeviceAnalysis,
  type DeviceBubbles,
  groupBubbles,
  topBubbles,
} from '../../analysis/index.ts';
import { NONE } from '../../timeline/index.ts';
import { bubbleHistogram } from './bubble-histogram.ts';
import type { ReportBubble, ReportBubbles } from './report-document.ts';
import { type DeviceNaming, ratio } from './values.ts';

export function bubblesSection(
  devices: readonly DeviceAnalysis[],
  { kind, thresholdNs }: Pick<DeviceBubbles, 'kind' | 'thresholdNs'>,
  limit: number,
  nameOf: DeviceNaming,
): ReportBubbles {
  const all = devices.flatMap(({ bubbles }) => bubbles.filter((each) => each.kind === kind));
  const sum = (of: (bubbles: DeviceBubbles) => number): number =>
    all.reduce((total, bubbles) => total + of(bubbles), 0);
  return {
    ...{ kind, thresholdNs },
    totalNs: sum(({ totalNs }) => totalNs),
    belowThresholdNs: sum(({ belowThresholdNs }) => belowThresholdNs),
    belowThresholdCount: sum(({ belowThresholdCount }) => belowThresholdCount),
    groups: groupBubbles(devices, kind).map(({ cause, before, after, count, totalNs }) => ({
      ...{ cause, before: before ?? null, after: after ?? null, count, totalNs },
    })),
    histogram: bubbleHistogram(all),
    count: sum(({ length }) => length),
    items: topBubbles(devices, kind, limit).map((row) => itemOf(row, nameOf)),
  };
}

function itemOf({ device, bubbles, row }: BubbleRow<DeviceAnalysis>, nameOf: DeviceNaming): ReportBubble {
  const { tasks, steps } = device;
  const opAt = (task: number): string | null => (task === NONE ? null : tasks.texts.get(tasks.name[task]));
  const startNs = bubbles.startNs[row];
  const stream = bubbles.stream[row];
  return {
    ...nameOf(bubbles),
    stream: stream === NONE ? null : tasks.streams[stream].name,
    startNs,
    durNs: bubbles.durNs[row],
    cause: BUBBLE_CAUSES[bubbles.cause[row]],
    confidence: ratio(bubbles.confidence[row]),
    stepId: steps.steps.findLast((step) => step.startNs <= startNs && startNs < step.endNs)?.id ?? null,
    before: opAt(bubbles.before[row]),
    after: opAt(bubbles.after[row]),
  };
}
