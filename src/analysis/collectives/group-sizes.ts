import { NONE, type Run } from '../../timeline/index.ts';
import { processGroups } from '../process-groups.ts';
import { numberCell, textCell } from '../vendor-figure.ts';

/** Whether all ranks of a collective are among those we have. */
export class GroupSizes {
  /** By the number of the group, or the name of an op of it. */
  readonly #sizes = new Map<string, number>();
  readonly #groups: readonly string[];

  constructor(run: Run) {
    this.#groups = processGroups(run).map(({ ranks }) => ranks.join());
    for (const table of run.shards.flatMap(({ timeline }) => timeline.tables)) {
      if (table.kind !== 'links') continue;
      for (let row = 0; row < table.rowCount; row++) {
        const members = 1 + Math.max(numberCell(table, 'fromRank', row) ?? 0, numberCell(table, 'toRank', row) ?? 0);
        const key = textCell(table, 'group', row) || textCell(table, 'name', row);
        this.#sizes.set(key, Math.max(members, this.#sizes.get(key) ?? 0));
      }
    }
  }

  /** Nothing tells how many ranks any group has. */
  get areUnknown(): boolean {
    return this.#sizes.size === 0 && this.#groups.length === 0;
  }

  /** Links of a group number its ranks from 0. Where nothing tells how many there are, we have all. */
  isComplete(group: string, name: string, ranks: readonly number[]): boolean {
    const size = this.#sizes.get(group) ?? this.#sizes.get(name);
    if (size !== undefined) return ranks.length >= size;
    if (this.#groups.length === 0 || ranks.includes(NONE)) return true;
    return this.#groups.includes(ranks.toSorted((a, b) => a - b).join());
  }
}
