import { type Run, tableCell } from '../timeline/index.ts';

/** Ranks that communicate with one another: "tp", ranks 0 and 1. */
export interface ProcessGroup {
  /** What the job calls it, else what it is for; groups of one kind share a name. */
  readonly name: string;
  readonly ranks: readonly number[];
}

/** The groups that the ranks of a run know of, each once, by their ranks. */
export function processGroups({ shards }: Run): ProcessGroup[] {
  const groups = new Map<string, ProcessGroup>();
  for (const table of shards.flatMap(({ timeline }) => timeline.tables)) {
    if (table.kind !== 'process-groups') continue;
    for (let row = 0; row < table.rowCount; row++) {
      const name = `${tableCell(table, 'name', row) ?? tableCell(table, 'kind', row) ?? ''}`;
      const ranks = `${tableCell(table, 'ranks', row) ?? ''}`
        .split(',')
        .filter((rank) => rank !== '')
        .map(Number)
        .sort((a, b) => a - b);
      groups.set(JSON.stringify([name, ranks]), { name, ranks });
    }
  }
  return [...groups.values()].sort((a, b) => b.ranks.length - a.ranks.length || compareRanks(a.ranks, b.ranks));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, i) => rank !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}
