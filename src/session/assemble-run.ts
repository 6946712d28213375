import type { Diagnostics } from '../base/index.ts';
import { ALIGN_METHODS, type AlignMethod, type Alignment, type Run } from '../timeline/index.ts';
import { placeClocks } from './align.ts';
import { clocksOf, type PlacedClock, type UnplacedShard } from './clocks.ts';
import { assertOneAxis, fitOneAxis, originOf, warnOfRanksApart } from './clocks-apart.ts';
import { residualOf, sharedWithAny } from './collectives.ts';

export type { UnplacedShard } from './clocks.ts';

/** Puts timelines on one axis of time: the run starts where the first of them does. */
export function assembleRun(parts: readonly UnplacedShard[], align: AlignMethod, diagnostics: Diagnostics): Run {
  const unplaced = clocksOf(parts);
  const method = unplaced.length > 1 ? align : 'clock';
  const clocks = placeClocks(method, unplaced);
  assertOneAxis(clocks, () => ALIGN_METHODS.filter((other) => fitOneAxis(placeClocks(other, unplaced))));
  for (const { name, path, unplacedWhy } of clocks) {
    if (unplacedWhy !== undefined) diagnostics.add('rank_not_aligned', { path }, `${name}: ${unplacedWhy}`);
  }
  if (method === 'clock') warnOfRanksApart(clocks, diagnostics);
  const originNs = clocks.length > 0 ? originOf(clocks) : (parts[0]?.timeline.originNs ?? 0n);
  const shards = placeShards(parts, clocks, originNs);
  return {
    originNs,
    endNs: Math.max(0, ...shards.map(({ timeline, shiftNs }) => shiftNs + timeline.endNs)),
    shards,
    alignment: clocks.length > 1 ? describe(method, clocks, originNs) : undefined,
  };
}

function placeShards(parts: readonly UnplacedShard[], clocks: readonly PlacedClock[], originNs: bigint): Run['shards'] {
  const shiftNs = parts.map(() => 0);
  for (const clock of clocks) {
    clock.shards.forEach((shard, i) => {
      shiftNs[shard] = placedNs(clock, originNs) + clock.timelines[i].fromNs;
    });
  }
  return parts.map((part, shard) => ({ ...part, shiftNs: shiftNs[shard] }));
}

function describe(method: AlignMethod, clocks: readonly PlacedClock[], originNs: bigint): Alignment {
  const ends = clocks.map(({ collectives }) => collectives);
  const shared = sharedWithAny(ends);
  const shifts = clocks.map(({ name, rank, shiftNs }, i) => ({ name, rank, shiftNs, sharedCollectives: shared[i] }));
  const firsts = clocks.map((clock) => placedNs(clock, originNs));
  return { method, shifts, residual: residualOf(ends, firsts) };
}

/** The first event of a clock from the start of the run. */
function placedNs({ firstNs, shiftNs }: PlacedClock, originNs: bigint): number {
  return Number(firstNs + shiftNs - originNs);
}
