import { NONE, type Run, type Timeline } from '../timeline/index.ts';

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
  const isWork = workFilter(timeline);
  for (const [id, track] of tracks.entries()) {
    if (track.kind !== 'stream') continue;
    for (let row = sliceRange[id]; row < sliceRange[id + 1]; row++) {
      if (!isWork(row)) continue;
      const name = strings.get(slices.name[row]);
      const total = totals.get(name) ?? { count: 0, totalNs: 0 };
      total.count++;
      total.totalNs += slices.durNs[row];
      totals.set(name, total);
    }
  }
}

/** A device also copies, waits for others and keeps its books; none of that is an op. */
const PLUMBING =
  /^(EVENT_|NOTIFY|PROFILING_|TASK_TIMEOUT_SET|MEMCPY|SDMA|PCIE_DMA|WRITE_BACK|WRITE VALUE|PLACE_HOLDER|MEM_WAIT|WAIT_|STREAM_WAIT)/i;

/** The task's type tells, where the profiler gives one; the name does in older captures. */
function workFilter({ slices, strings }: Timeline): (row: number) => boolean {
  const taskType = slices.typed.get('taskType');
  const isPlumbing = new Map<number, boolean>();
  const tells = (text: number): boolean => {
    const known = isPlumbing.get(text) ?? PLUMBING.test(strings.get(text));
    isPlumbing.set(text, known);
    return known;
  };
  return (row) => {
    const type = taskType?.kind === 'text' ? taskType.at(row) : NONE;
    return !tells(slices.name[row]) && (type === NONE || !tells(type));
  };
}
