import type { Run, Timeline } from '../timeline/index.ts';
import { opClasses } from './op-class.ts';

export interface OpTime {
  readonly name: string;
  readonly count: number;
  readonly totalNs: number;
  readonly meanNs: number;
  /** Of the time of all ops. */
  readonly share: number;
}

/** The ops on device streams by name, those with the most time first. */
export function topOps(run: Run, limit: number): OpTime[] {
  const totals = new Map<string, { count: number; totalNs: number }>();
  for (const { timeline } of run.shards) addOps(timeline, totals);
  const allNs = [...totals.values()].reduce((sum, { totalNs }) => sum + totalNs, 0);
  return [...totals]
    .map(([name, { count, totalNs }]) => ({
      name,
      count,
      totalNs,
      meanNs: totalNs / count,
      share: allNs === 0 ? 0 : totalNs / allNs,
    }))
    .sort((a, b) => b.totalNs - a.totalNs || (a.name < b.name ? -1 : 1))
    .slice(0, limit);
}

function addOps(timeline: Timeline, totals: Map<string, { count: number; totalNs: number }>): void {
  const { slices, sliceRange, tracks, strings } = timeline;
  const classOf = opClasses(timeline);
  for (const [id, track] of tracks.entries()) {
    if (track.kind !== 'stream') continue;
    for (let row = sliceRange[id]; row < sliceRange[id + 1]; row++) {
      const opClass = classOf(row);
      if (opClass !== 'compute' && opClass !== 'communication') continue;
      const name = strings.get(slices.name[row]);
      const total = totals.get(name) ?? { count: 0, totalNs: 0 };
      total.count++;
      total.totalNs += slices.durNs[row];
      totals.set(name, total);
    }
  }
}
