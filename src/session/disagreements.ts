import type { Diagnostics } from '../base/index.ts';
import type { OpJoin } from '../timeline/join.ts';
import type { Timeline } from '../timeline/index.ts';

/** Two files that say different things about one op: both are named, the timeline's word stands. */
export function reportDisagreements(
  { disagreeing, sliceOf }: OpJoin,
  timeline: Timeline,
  ops: Timeline,
  diagnostics: Diagnostics,
): void {
  for (const row of disagreeing) {
    const mine = describe(timeline, sliceOf[row]);
    const theirs = describe(ops, row);
    const place = ops.args.placeOf?.(ops.slices.argsFrom[row]);
    const isNamesake = mine.name === theirs.name;
    const detail = isNamesake
      ? `${mine.name} takes ${theirs.durNs} ns, in the timeline ${mine.durNs} ns`
      : `${theirs.name} is ${mine.name} in the timeline`;
    diagnostics.add('ops_disagree', place, detail);
  }
}

function describe({ slices, strings }: Timeline, slice: number): { name: string; durNs: number } {
  return { name: strings.get(slices.name[slice]), durNs: slices.durNs[slice] };
}
