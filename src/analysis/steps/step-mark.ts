import type { DeviceId } from '../device-id.ts';

/** Something that says "here is a step", in ns from the run's origin. Marks do not overlap and are sorted. */
export interface StepMark {
  /** As whoever set the mark numbers the step; undefined where it is counted. */
  readonly number: string | undefined;
  /** As it stands in the trace; '' where it has no name. */
  readonly name: string;
  readonly startNs: number;
  readonly endNs: number;
}

/** Sorted, without those that begin within another one: these are parts of it. */
export function outermost(marks: readonly StepMark[]): StepMark[] {
  const sorted = [...marks].sort((a, b) => a.startNs - b.startNs || b.endNs - a.endNs);
  let endNs = Number.NEGATIVE_INFINITY;
  return sorted.filter((mark) => {
    if (mark.startNs < endNs) return false;
    endNs = mark.endNs;
    return true;
  });
}

/** Moments as marks: each lasts until the next, the last one for ever. */
export function untilNext(moments: readonly Omit<StepMark, 'endNs'>[]): StepMark[] {
  const sorted = [...moments].sort((a, b) => a.startNs - b.startNs);
  return sorted.map((each, i) => ({ ...each, endNs: sorted[i + 1]?.startNs ?? Number.POSITIVE_INFINITY }));
}

/** What the marks of the host and the figures of a shard are known by: of one capture, or one rank. */
export function isSameOwner(a: DeviceId, b: DeviceId): boolean {
  return a.rank === b.rank && a.capture === b.capture;
}
