import { type Diagnostics, UsageError } from '../base/index.ts';
import { type AlignMethod, NONE } from '../timeline/index.ts';
import { type Clock, earliest, type PlacedClock } from './clocks.ts';

/** Times of a run are exact below 2^53 ns. `methodsThatFit` is asked what would have been better. */
export function assertOneAxis(clocks: readonly PlacedClock[], methodsThatFit: () => readonly AlignMethod[]): void {
  if (fitOneAxis(clocks)) return;
  const originNs = originOf(clocks);
  const first = clocks.find(({ firstNs, shiftNs }) => firstNs + shiftNs === originNs)!;
  const far = clocks.find((clock) => !isWithin(clock, originNs))!;
  const methods = methodsThatFit();
  throw new UsageError(
    'clocks_differ',
    `${first.path} starts at ${first.firstNs} ns and ${far.path} ends at ${far.lastNs} ns: no common clock`,
    methods.length === 0 ? 'convert them one by one' : `--align ${methods.join(' or ')} puts them side by side`,
  );
}

export function fitOneAxis(clocks: readonly PlacedClock[]): boolean {
  if (clocks.length === 0) return true;
  const originNs = originOf(clocks);
  return clocks.every((clock) => isWithin(clock, originNs));
}

function isWithin({ lastNs, shiftNs }: PlacedClock, originNs: bigint): boolean {
  return lastNs + shiftNs - originNs <= Number.MAX_SAFE_INTEGER;
}

/** When the run starts. */
export function originOf(clocks: readonly PlacedClock[]): bigint {
  return earliest(clocks.map(({ firstNs, shiftNs }) => firstNs + shiftNs));
}

/** Captures of one rank may well lie apart, but at some time all ranks of a job run together. */
export function warnOfRanksApart(clocks: readonly Clock[], diagnostics: Diagnostics): void {
  const ranked = clocks.filter(({ rank }) => rank !== NONE);
  const together = overlapping(ranked).map((cluster) => new Set(cluster.map(({ rank }) => rank)));
  const most = together.reduce((a, b) => (b.size > a.size ? b : a), new Set<number>());
  const apart = new Map(ranked.filter(({ rank }) => !most.has(rank)).map((clock) => [clock.rank, clock]));
  for (const { path, name } of apart.values()) diagnostics.add('ranks_apart', { path }, name);
}

/** Clocks whose times hang together, in order of time. */
function overlapping(clocks: readonly Clock[]): Clock[][] {
  const clusters: Clock[][] = [];
  let lastNs: bigint | undefined;
  for (const clock of clocks.toSorted((a, b) => Number(a.firstNs > b.firstNs) - Number(a.firstNs < b.firstNs))) {
    if (lastNs === undefined || clock.firstNs > lastNs) clusters.push([clock]);
    else clusters[clusters.length - 1].push(clock);
    if (lastNs === undefined || clock.lastNs > lastNs) lastNs = clock.lastNs;
  }
  return clusters;
}
