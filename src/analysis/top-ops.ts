import { NONE, type Run, type Timeline } from '../timeline/index.ts';
import { opClasses } from './op-class.ts';

export interface OpTime {
  /** What the ops of the group have in common: a name, a type, a type with its input shapes, a kind of core. */
  readonly name: string;
  readonly count: number;
  readonly totalNs: number;
  readonly meanNs: number;
  /** Of the time of all ops. */
  readonly share: number;
}

/** Types, shapes and cores are known where op tables or databases tell them. */
export type OpGrouping = 'name' | 'type' | 'shape' | 'core';

type Totals = Map<string, { count: number; totalNs: number }>;

/** The ops on device streams by name, or by what else is asked for, those with the most time first. */
export function topOps(run: Run, limit: number, by: OpGrouping = 'name'): OpTime[] {
  const totals: Totals = new Map();
  for (const { timeline } of run.shards) addOps(timeline, by, totals);
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

function addOps(timeline: Timeline, by: OpGrouping, totals: Totals): void {
  const { slices, sliceRange, tracks } = timeline;
  const classOf = opClasses(timeline);
  const groupOf = groupsOf(timeline, by);
  for (const [id, track] of tracks.entries()) {
    if (track.kind !== 'stream') continue;
    for (let row = sliceRange[id]; row < sliceRange[id + 1]; row++) {
      const opClass = classOf(row);
      if (opClass !== 'compute' && opClass !== 'communication') continue;
      const group = groupOf(row);
      const total = totals.get(group) ?? { count: 0, totalNs: 0 };
      total.count++;
      total.totalNs += slices.durNs[row];
      totals.set(group, total);
    }
  }
}

/** An op whose type nobody tells is a group by its name. */
function groupsOf({ slices, strings }: Timeline, by: OpGrouping): (row: number) => string {
  const textOf = (column: string, row: number): string | undefined => {
    const id = slices.typed.get(column)?.at(row) ?? NONE;
    return id === NONE ? undefined : strings.get(id);
  };
  const nameOf = (row: number): string => strings.get(slices.name[row]);
  const typeOf = (row: number): string => textOf('opType', row) ?? nameOf(row);
  switch (by) {
    case 'name':
      return nameOf;
    case 'type':
      return typeOf;
    case 'shape':
      return (row) => [typeOf(row), textOf('inputShapes', row)].filter((text) => text !== undefined).join(' ');
    case 'core':
      return (row) => textOf('taskType', row) ?? 'unknown';
  }
}
