/** Bubbles of several devices of one run in ranks: what costs most comes first. */
import { compareText } from '../../base/index.ts';
import { NONE } from '../../timeline/index.ts';
import { byString } from '../by-string.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import type { RunTexts, TextId } from '../run-texts.ts';
import { BUBBLE_CAUSES, type BubbleCause, type BubbleKind, type DeviceBubbles } from './bubble.ts';

/** Bubbles with one cause between ops of the same types. */
export interface BubbleGroup {
  readonly cause: BubbleCause;
  /** Types of ops, of collectives without the counters in their names; '' at the edges. */
  readonly before: string;
  readonly after: string;
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

/** The digits of the group, the count and the step in "hcom_allReduce__586_0_1". */
const COUNTERS = /(_\d+){3}$/;

/** Those with the most time lost first. */
export function groupBubbles(devices: readonly DeviceWithBubbles[], kind: BubbleKind): BubbleGroup[] {
  const groups = new Map<number, { cause: number; before: TextId; after: TextId } & Totals>();
  const types = new TypesWithoutCounters(devices[0]?.tasks.texts);
  for (const { tasks, bubbles } of devices) {
    const typeOf = (task: number): TextId => (task === NONE ? types.none : types.of(tasks.type[task]));
    for (const { length, cause, before, after, durNs } of bubbles.filter((each) => each.kind === kind)) {
      for (let row = 0; row < length; row++) {
        const [beforeType, afterType] = [typeOf(before[row]), typeOf(after[row])];
        const key = (beforeType * types.length + afterType) * BUBBLE_CAUSES.length + cause[row];
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
  return [...groups.values()]
    .map((group) => ({
      ...group,
      cause: BUBBLE_CAUSES[group.cause],
      before: types.get(group.before),
      after: types.get(group.after),
    }))
    .sort((a, b) => b.totalNs - a.totalNs || compareKeys(a, b));
}

interface Totals {
  count: number;
  totalNs: number;
  longestNs: number;
}

function compareKeys(a: BubbleGroup, b: BubbleGroup): number {
  return compareText(`${a.cause} ${a.before} ${a.after}`, `${b.cause} ${b.before} ${b.after}`);
}

/** Numbers of types, equal for collectives that differ in their counters only. */
class TypesWithoutCounters {
  readonly of: (type: TextId) => TextId;
  readonly #names: string[] = [''];
  readonly #idOfName = new Map<string, TextId>();
  readonly none: TextId = 0;
  /** More than there can be. */
  readonly length: number;

  constructor(texts: RunTexts | undefined) {
    this.of = byString(texts?.length ?? 0, (type) => this.#idOf((texts?.get(type) ?? '').replace(COUNTERS, '')));
    this.length = (texts?.length ?? 0) + 1;
  }

  get(id: TextId): string {
    return this.#names[id];
  }

  #idOf(name: string): TextId {
    const known = this.#idOfName.get(name);
    if (known !== undefined) return known;
    this.#idOfName.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }
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
