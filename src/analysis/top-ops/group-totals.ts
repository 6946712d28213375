import { OP_KINDS } from '../op-kind.ts';

/** What the ops of a group do not have in common. */
const SEVERAL = -2;
const NO_OP_YET = -3;

/** Sums over groups, as columns of one row for each group. */
export class GroupTotals {
  count = new Float64Array(0);
  totalNs = new Float64Array(0);
  /** What nested ops cover, so that it is no self time. */
  nestedNs = new Float64Array(0);
  maxNs = new Float64Array(0);
  inStepsNs = new Float64Array(0);
  /** How long ops of the group kept a device busy: their union. */
  busyNs = new Float64Array(0);
  /** What all ops of the group are, below 0 where they differ. */
  types = new Int32Array(0);
  names = new Int32Array(0);
  shapes = new Int32Array(0);
  /** What each kind of op (op-kind.ts) takes of the total, a row of all kinds for each group; and the kind of some op. */
  kindNs = new Float64Array(0);
  someKind = new Int32Array(0);
  /** How long ops of any group kept a device busy. */
  allBusyNs = 0;

  /** Makes room for so many groups. */
  reserve(groupCount: number): void {
    const sums = ['count', 'totalNs', 'nestedNs', 'maxNs', 'inStepsNs', 'busyNs'] as const;
    for (const column of sums) this[column] = widened(this[column], new Float64Array(groupCount));
    this.kindNs = widened(this.kindNs, new Float64Array(groupCount * OP_KINDS.length));
    this.someKind = widened(this.someKind, new Int32Array(groupCount));
    const common = ['types', 'names', 'shapes'] as const;
    for (const column of common) this[column] = widened(this[column], new Int32Array(groupCount).fill(NO_OP_YET));
  }

  /** The kind that takes most of the group's time, by its position in OP_KINDS. */
  mainKind(group: number): number {
    const ofGroup = this.kindNs.subarray(group * OP_KINDS.length, (group + 1) * OP_KINDS.length);
    return ofGroup.reduce((main, ns, kind) => (ns > ofGroup[main] ? kind : main), this.someKind[group]);
  }

  /** Those that have an op. */
  groups(): number[] {
    return Array.from(this.count.keys()).filter((group) => this.count[group] > 0);
  }
}

/** Keeps what the ops of a group have in common. */
export function keepCommon(column: Int32Array, group: number, value: number): void {
  if (column[group] === value) return;
  column[group] = column[group] === NO_OP_YET ? value : SEVERAL;
}

/** Whether ops of the group are known to differ. */
export function isSeveral(column: Int32Array, group: number): boolean {
  return column[group] === SEVERAL;
}

function widened<T extends Float64Array | Int32Array>(old: T, wider: T): T {
  wider.set(old);
  return wider;
}
