/** Bubbles of one kind on all devices: groups are complete, so they add up; of the bubbles themselves the longest are named. */
import { BUBBLE_CAUSES, type DeviceAnalysis, type DeviceBubbles } from '../../analysis/index.ts';
import { compareText } from '../../base/index.ts';
import { NONE } from '../../timeline/index.ts';
import { bubbleHistogram } from './bubble-histogram.ts';
import type { ReportBubble, ReportBubbleGroup, ReportBubbles } from './report-document.ts';
import { deviceName, ratio } from './values.ts';

export function bubblesSection(
  devices: readonly DeviceAnalysis[],
  { kind, thresholdNs }: Pick<DeviceBubbles, 'kind' | 'thresholdNs'>,
  limit: number,
): ReportBubbles {
  const all = devices.flatMap((device) =>
    device.bubbles.filter((bubbles) => bubbles.kind === kind).map((bubbles) => ({ device, bubbles })),
  );
  const sum = (of: (bubbles: DeviceBubbles) => number): number =>
    all.reduce((total, { bubbles }) => total + of(bubbles), 0);
  return {
    ...{ kind, thresholdNs },
    totalNs: sum(({ totalNs }) => totalNs),
    belowThresholdNs: sum(({ belowThresholdNs }) => belowThresholdNs),
    belowThresholdCount: sum(({ belowThresholdCount }) => belowThresholdCount),
    groups: groupsOf(all),
    histogram: bubbleHistogram(all.map(({ bubbles }) => bubbles)),
    count: sum(({ length }) => length),
    items: longest(all, limit),
  };
}

interface Place {
  readonly device: DeviceAnalysis;
  readonly bubbles: DeviceBubbles;
}

interface Totals {
  readonly cause: number;
  readonly before: number;
  readonly after: number;
  count: number;
  totalNs: number;
}

/** By numbers, as there may be millions: the texts of all devices have one numbering. */
function groupsOf(all: readonly Place[]): ReportBubbleGroup[] {
  const groups = new Map<number, Totals>();
  for (const { device, bubbles } of all) {
    const { type, texts } = device.tasks;
    const typeOf = (task: number): number => (task === NONE ? NONE : type[task]);
    for (let row = 0; row < bubbles.length; row++) {
      const [cause, before, after] = [bubbles.cause[row], typeOf(bubbles.before[row]), typeOf(bubbles.after[row])];
      const key = (cause * (texts.length + 1) + before + 1) * (texts.length + 1) + after + 1;
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { cause, before, after, count: 1, totalNs: bubbles.durNs[row] });
      else {
        known.count++;
        known.totalNs += bubbles.durNs[row];
      }
    }
  }
  return [...groups.values()]
    .map(({ cause, before, after, ...totals }) => {
      const { texts } = all[0].device.tasks;
      const textOf = (id: number): string | null => (id === NONE ? null : texts.get(id));
      return { cause: BUBBLE_CAUSES[cause], before: textOf(before), after: textOf(after), ...totals };
    })
    .sort((a, b) => b.totalNs - a.totalNs || compareText(groupKey(a), groupKey(b)));
}

function groupKey({ cause, before, after }: ReportBubbleGroup): string {
  return JSON.stringify([cause, before, after]);
}

/** The longest of all devices, the earlier first of those equally long. */
function longest(all: readonly Place[], limit: number): ReportBubble[] {
  return all
    .flatMap((place, order) => longestRows(place.bubbles, limit).map((row) => ({ place, order, row })))
    .sort((a, b) => {
      const [one, other] = [a.place.bubbles, b.place.bubbles];
      return other.durNs[b.row] - one.durNs[a.row] || one.startNs[a.row] - other.startNs[b.row] || a.order - b.order;
    })
    .slice(0, limit)
    .map(({ place, row }) => itemOf(place, row));
}

function longestRows({ length, durNs }: DeviceBubbles, limit: number): number[] {
  const rows = new Uint32Array(length).map((_, row) => row).sort((a, b) => durNs[b] - durNs[a] || a - b);
  return [...rows.subarray(0, limit)];
}

function itemOf({ device, bubbles }: Place, row: number): ReportBubble {
  const { tasks, steps } = device;
  const nameOf = (task: number): string | null => (task === NONE ? null : tasks.texts.get(tasks.name[task]));
  const startNs = bubbles.startNs[row];
  const stream = bubbles.stream[row];
  return {
    ...deviceName(bubbles),
    stream: stream === NONE ? null : tasks.streams[stream].name,
    startNs,
    durNs: bubbles.durNs[row],
    cause: BUBBLE_CAUSES[bubbles.cause[row]],
    confidence: ratio(bubbles.confidence[row]),
    stepId: steps.steps.findLast((step) => step.startNs <= startNs && startNs < step.endNs)?.id ?? null,
    before: nameOf(bubbles.before[row]),
    after: nameOf(bubbles.after[row]),
  };
}
