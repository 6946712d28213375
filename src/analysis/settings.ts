import { type Run, tableCell } from '../timeline/index.ts';

/** What the values of one setting are in the run, or in one capture of it, each once. */
export function settingsOf({ shards }: Pick<Run, 'shards'>, key: string, capture?: string): string[] {
  const values = new Set<string>();
  for (const shard of shards) {
    if (capture !== undefined && shard.capture !== capture) continue;
    for (const table of shard.timeline.tables) {
      if (table.kind !== 'settings') continue;
      for (let row = 0; row < table.rowCount; row++) {
        const value = tableCell(table, 'key', row) === key ? `${tableCell(table, 'value', row) ?? ''}` : '';
        if (value !== '') values.add(value);
      }
    }
  }
  return [...values].sort();
}

/** undefined where nobody says it, or not all say the same. */
export function settingOf(run: Pick<Run, 'shards'>, key: string, capture?: string): string | undefined {
  const values = settingsOf(run, key, capture);
  return values.length === 1 ? values[0] : undefined;
}
