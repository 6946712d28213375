/** Bubbles of several devices of one run in ranks: what costs most comes first. */
import { compareText } from '../../base/index.ts';
import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { TextId } from '../run-texts.ts';
import { BUBBLE_CAUSES, type BubbleCause, type BubbleKind, type DeviceBubbles } from './bubble.ts';

/** Bubbles with one cause between ops of the same types. */
export interface BubbleGroup {
  readonly cause: BubbleCause;
  /** Types of ops, which may be empty; undefined at the edges. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly count: number;
  readonly totalNs: number;
  readonly longestNs: number;
}

/** A row of the bubbles of a device. */
export interface BubbleRow<Device extends DeviceWithBubbles = DeviceWithBubbles> {
  readonly device: Device;
  readonly bubbles: DeviceBubbles;
  readonly row: number;
}

export interface DeviceWithBubbles {
  readonly tasks: DeviceTasks;
  readonly bubbles: readonly DeviceBubbles[];
}

/** Those with the most time lost first. */
export function groupBubbles(devices: readonly DeviceWithBubbles[], kind: BubbleKind): BubbleGroup[] {
  const groups = new Map<number, { cause: number; before: TextId; after: TextId } & Totals>();
  const texts = devices[0]?.tasks.texts;
  const textCount = texts?.length ?? 0;
  for (const { tasks, bubbles } of devices) {
    const typeOf = (task: number): TextId => (task === NONE ? NONE : tasks.type[task]);
    for (const { length, cause, before, after, durNs } of bubbles.filter((each) => each.kind === kind)) {
      for (let row = 0; row < length; row++) {
        const [beforeType, afterType] = [typeOf(before[row]), typeOf(after[row])];
        const key = ((beforeType + 1) * (textCount + 1) + afterType + 1) * BUBBLE_CAUSES.length + cause[row];
        const group = groups.get(key);
        if (group === undefined) {
          const totals = { count: 1, totalNs: durNs[row], longestNs: durNs[row] };
          groups.set(key, { cause: cause[row], before: beforeType, after: afterType, ...totals });
          continue;
        }
        group.count++;
        group.totalNs += durNs[row];
        group.longestNs = Math.max(group.longestNs, durNs[row]);
      }
    }
  }
  const nameOf = (type: TextId): string | undefined => (type === NONE ? undefined : texts?.get(type));
  return [...groups.values()]
    .map((group) => ({
      ...group,
      cause: BUBBLE_CAUSES[group.cause],
      before: nameOf(group.before),
      after: nameOf(group.after),
    }))
    .sort((a, b) => b.totalNs - a.totalNs || compareKeys(a, b));
}

interface Totals {
  count: number;
  totalNs: number;
  longestNs: number;
}

function compareKeys(a: BubbleGroup, b: BubbleGroup): number {
  return compareText(keyOf(a), keyOf(b));
}

function keyOf({ cause, before = '', after = '' }: BubbleGroup): string {
  return `${cause} ${before} ${after}`;
}

/** The longest ones, the longest first. */
export function topBubbles<Device extends DeviceWithBubbles>(
  devices: readonly Device[],
  kind: BubbleKind,
  limit: number,
): BubbleRow<Device>[] {
  const isBefore = (a: BubbleRow, b: BubbleRow): number => lengthOf(b) - lengthOf(a) || startOf(a) - startOf(b);
  let top: BubbleRow<Device>[] = [];
  let shortestNs = Number.NEGATIVE_INFINITY;
  const cut = (): void => {
    top = top.sort(isBefore).slice(0, limit);
    if (top.length === limit && limit > 0) shortestNs = lengthOf(top[limit - 1]);
  };
  for (const device of devices) {
    for (const bubbles of device.bubbles.filter((each) => each.kind === kind)) {
      for (let row = 0; row < bubbles.length; row++) {
        if (bubbles.durNs[row] > shortestNs) top.push({ device, bubbles, row });
        if (top.length >= 2 * limit + 64) cut();
      }
    }
  }
  cut();
  return top;
}

const lengthOf = ({ bubbles, row }: BubbleRow): number => bubbles.durNs[row];
const startOf = ({ bubbles, row }: BubbleRow): number => bubbles.startNs[row];
