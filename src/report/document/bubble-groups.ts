/** Bubbles of several devices: what costs most comes first. */
import {
  BUBBLE_CAUSES,
  type BubbleCause,
  type BubbleKind,
  type DeviceAnalysis,
  type DeviceBubbles,
} from '../../analysis/index.ts';
import { compareText } from '../../base/index.ts';
import { NONE } from '../../timeline/index.ts';

/** Bubbles with one cause between ops of the same types. */
export interface BubbleGroup {
  readonly cause: BubbleCause;
  /** Types of ops; '' at the edges. */
  readonly before: string;
  readonly after: string;
  readonly count: number;
  readonly totalNs: number;
}

export interface BubbleRow {
  readonly device: DeviceAnalysis;
  readonly bubbles: DeviceBubbles;
  readonly row: number;
}

interface Totals {
  readonly cause: number;
  readonly before: number;
  readonly after: number;
  count: number;
  totalNs: number;
}

/** By numbers, as there may be millions: the texts of all devices have one numbering. */
export function groupBubbles(devices: readonly DeviceAnalysis[], kind: BubbleKind): BubbleGroup[] {
  const groups = new Map<number, Totals>();
  for (const { device, bubbles } of bubblesOf(devices, kind)) {
    const { type, texts } = device.tasks;
    const typeOf = (task: number): number => (task === NONE ? NONE : type[task]);
    for (let row = 0; row < bubbles.length; row++) {
      const [cause, before, after] = [bubbles.cause[row], typeOf(bubbles.before[row]), typeOf(bubbles.after[row])];
      const key = (cause * (texts.length + 1) + before + 1) * (texts.length + 1) + after + 1;
      const group = groups.get(key) ?? { cause, before, after, count: 0, totalNs: 0 };
      groups.set(key, group);
      group.count++;
      group.totalNs += bubbles.durNs[row];
    }
  }
  const textOf = (id: number): string => (id === NONE ? '' : devices[0].tasks.texts.get(id));
  return [...groups.values()]
    .map(({ cause, before, after, ...totals }) => ({
      ...{ cause: BUBBLE_CAUSES[cause], before: textOf(before), after: textOf(after), ...totals },
    }))
    .sort((a, b) => b.totalNs - a.totalNs || compareText(keyOf(a), keyOf(b)));
}

function keyOf({ cause, before, after }: BubbleGroup): string {
  return JSON.stringify([cause, before, after]);
}

/** The longest of all devices, the earlier first of those equally long. */
export function topBubbles(devices: readonly DeviceAnalysis[], kind: BubbleKind, limit: number): BubbleRow[] {
  return bubblesOf(devices, kind)
    .flatMap(({ device, bubbles }) => longestRows(bubbles, limit).map((row) => ({ device, bubbles, row })))
    .sort((a, b) => b.bubbles.durNs[b.row] - a.bubbles.durNs[a.row] || startOf(a) - startOf(b))
    .slice(0, limit);
}

function startOf({ bubbles, row }: BubbleRow): number {
  return bubbles.startNs[row];
}

function bubblesOf(devices: readonly DeviceAnalysis[], kind: BubbleKind): Omit<BubbleRow, 'row'>[] {
  return devices.flatMap((device) =>
    device.bubbles.filter((bubbles) => bubbles.kind === kind).map((bubbles) => ({ device, bubbles })),
  );
}

function longestRows({ length, durNs }: DeviceBubbles, limit: number): number[] {
  const rows = new Uint32Array(length).map((_, row) => row).sort((a, b) => durNs[b] - durNs[a] || a - b);
  return [...rows.subarray(0, limit)];
}
