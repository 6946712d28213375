import { UsageError } from '../base/index.ts';
import type { Run, Shard, Timeline } from '../timeline/index.ts';

export type UnplacedShard = Omit<Shard, 'shiftNs'>;

/** Puts timelines on one clock: the run starts where the first of them does. */
export function assembleRun(parts: readonly UnplacedShard[]): Run {
  const first = parts
    .filter(({ timeline }) => hasRows(timeline))
    .reduce<UnplacedShard | undefined>(
      (earliest, part) =>
        earliest === undefined || part.timeline.originNs < earliest.timeline.originNs ? part : earliest,
      undefined,
    );
  const originNs = first?.timeline.originNs ?? parts[0]?.timeline.originNs ?? 0n;
  const shards = parts.map((part) => {
    const shift = hasRows(part.timeline) ? part.timeline.originNs - originNs : 0n;
    if (shift + BigInt(part.timeline.endNs) > Number.MAX_SAFE_INTEGER) throw clocksDiffer(first ?? part, part);
    return { ...part, shiftNs: Number(shift) };
  });
  return { originNs, endNs: Math.max(0, ...shards.map(({ timeline, shiftNs }) => shiftNs + timeline.endNs)), shards };
}

export function hasRows({ slices, instants, counters, flows }: Timeline): boolean {
  return slices.length + instants.length + counters.length + flows.length > 0;
}

function clocksDiffer(a: UnplacedShard, b: UnplacedShard): UsageError {
  return new UsageError(
    'clocks_differ',
    `${a.files[0]} starts at ${a.timeline.originNs} ns and ${b.files[0]} at ${b.timeline.originNs} ns: no common clock`,
    'convert them one by one',
  );
}
