/**
 * How much copies of one kind move at a time: the sum of the rates of all that are under way. The rate of a copy is what the
 * profiler says of it, else its bytes by its time; copies of which neither is known, or which take no time, move nothing here,
 * but the time they take is known.
 */
import type { DeviceAnalysis, RunAnalysis } from '../analyse-run.ts';
import { bySlice } from '../by-slice.ts';
import { IntervalUnion, lengthNs } from '../intervals.ts';
import { CLASS } from '../op-class.ts';
import { lastOfMoments, type RunningSum, runningSum } from './running-sum.ts';

export interface CopyBandwidth {
  /** "Memcpy HtoD": the name without what stands in brackets behind it. */
  readonly kind: string;
  readonly count: number;
  /** How many of them say how fast they were. */
  readonly ratedCount: number;
  readonly sizeBytes: number;
  /** In which at least one of them is under way. */
  readonly busyNs: number;
  /** While one is that says how fast it is. */
  readonly meanGBs: number;
  /** In GB/s, which are bytes per ns. */
  readonly series: RunningSum;
  readonly mostGBs: number;
}

/** Those that move most first. */
export function copyBandwidths({ run }: Pick<RunAnalysis, 'run'>, device: DeviceAnalysis): CopyBandwidth[] {
  const { tasks } = device;
  const kinds = new Map<string, number[]>();
  const kindOfName = new Map<number, string>();
  for (let task = 0; task < tasks.length; task++) {
    if (tasks.opClass[task] !== CLASS.copy) continue;
    const name = tasks.name[task];
    const kind = kindOfName.get(name) ?? copyKind(tasks.texts.get(name));
    kindOfName.set(name, kind);
    const own = kinds.get(kind) ?? [];
    kinds.set(kind, own);
    own.push(task);
  }
  if (kinds.size === 0) return [];
  const column = (name: string) =>
    bySlice(run, tasks, ({ timeline }) => {
      const typed = timeline.slices.typed.get(name);
      return (slice) => (typed?.kind === 'number' ? typed.at(slice) : Number.NaN);
    });
  const [bytesOf, toldRateOf] = [column('sizeBytes'), column('bandwidthGBs')];
  const rateOf = (task: number): number => {
    const durNs = tasks.endNs[task] - tasks.startNs[task];
    const rate = toldRateOf(task);
    if (!(durNs > 0)) return Number.NaN;
    return Number.isFinite(rate) && rate >= 0 ? rate : bytesOf(task) / durNs;
  };
  return [...kinds]
    .map(([kind, own]) => bandwidthOf(kind, own, device, rateOf, bytesOf))
    .sort((a, b) => b.sizeBytes - a.sizeBytes || b.count - a.count);
}

function copyKind(name: string): string {
  return name.replace(/\s*\(.*$/s, '');
}

function bandwidthOf(
  kind: string,
  own: readonly number[],
  { tasks: { startNs, endNs } }: DeviceAnalysis,
  rateOf: (task: number) => number,
  bytesOf: (task: number) => number,
): CopyBandwidth {
  const rated = own.filter((task) => rateOf(task) >= 0);
  const column = (valueOf: (task: number) => number): Float64Array => Float64Array.from(rated, valueOf);
  const unionNs = (some: readonly number[]): number => {
    const busy = new IntervalUnion(some.length);
    for (const task of some) busy.add(startNs[task], endNs[task]);
    return lengthNs(busy.finish());
  };
  let sizeBytes = 0;
  for (const task of own) sizeBytes += bytesOf(task) || 0;
  const sums = runningSum(
    column((task) => startNs[task]),
    column((task) => endNs[task]),
    column(rateOf),
  );
  // What is left of fractions that were added and taken away again is no bandwidth.
  const value = sums.value.map((rate) => Math.round(rate * 1e6) / 1e6);
  const series = lastOfMoments({ at: sums.at, value });
  const mostGBs = value.reduce((highest, rate) => Math.max(highest, rate), 0);
  const [busyNs, ratedNs] = [unionNs(own), unionNs(rated)];
  const movedBytes = rated.reduce((sum, task) => sum + rateOf(task) * (endNs[task] - startNs[task]), 0);
  const meanGBs = ratedNs === 0 ? 0 : movedBytes / ratedNs;
  return { kind, count: own.length, ratedCount: rated.length, sizeBytes, busyNs, meanGBs, series, mostGBs };
}
