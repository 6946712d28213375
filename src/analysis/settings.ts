import { type Run, tableCell } from '../timeline/index.ts';

/** What profilers wrote down about a run, or about one capture of it: by key all values that are said, each once. */
export class Settings {
  readonly #values = new Map<string, Set<string>>();

  constructor({ shards }: Pick<Run, 'shards'>, capture?: string) {
    for (const shard of shards) {
      if (capture !== undefined && shard.capture !== capture) continue;
      for (const table of shard.timeline.tables) {
        if (table.kind !== 'settings') continue;
        for (let row = 0; row < table.rowCount; row++) {
          const value = `${tableCell(table, 'value', row) ?? ''}`;
          if (value !== '') this.#add(`${tableCell(table, 'key', row) ?? ''}`, value);
        }
      }
    }
  }

  /** The values of a key, by its last word: `world_size` for `distributed_args.world_size`. In the order of the files. */
  valuesOf(name: string): string[] {
    const own = [...this.#values].filter(([key]) => key === name || key.endsWith(`.${name}`));
    return [...new Set(own.flatMap(([, values]) => [...values]))];
  }

  /** undefined where nobody says it, or not all say the same. */
  valueOf(name: string): string | undefined {
    const values = this.valuesOf(name);
    return values.length === 1 ? values[0] : undefined;
  }

  /** The same as a number above 0, as counts of ranks are. */
  countOf(name: string): number | undefined {
    const value = Number(this.valueOf(name) ?? Number.NaN);
    return Number.isSafeInteger(value) && value > 0 ? value : undefined;
  }

  #add(key: string, value: string): void {
    this.#values.set(key, (this.#values.get(key) ?? new Set()).add(value));
  }
}
