import { NONE, type Run } from '../../timeline/index.ts';

/** What the tables of settings of all captures say, by key: the values of all of them. */
export function settingsOf({ shards }: Run): Map<string, Set<string>> {
  const settings = new Map<string, Set<string>>();
  for (const { kind, columns, rowCount, strings } of shards.flatMap(({ timeline }) => timeline.tables)) {
    const [key, value] = ['key', 'value'].map((name) => columns.find((column) => column.name === name));
    if (kind !== 'settings' || key?.kind !== 'text' || value?.kind !== 'text') continue;
    for (let row = 0; row < rowCount; row++) {
      if (key.values[row] === NONE || value.values[row] === NONE) continue;
      const name = strings.get(key.values[row]);
      settings.set(name, (settings.get(name) ?? new Set()).add(strings.get(value.values[row])));
    }
  }
  return settings;
}

/** A setting that costs time: where it stands, and the values that do. */
export interface CostlySetting {
  /** What users know it as. */
  readonly name: string;
  /** The end of its key. */
  readonly key: string;
  readonly values: RegExp;
}

/** Those that some capture of a run has, as `with_stack=true`. */
export function costlySettings(run: Run, costly: readonly CostlySetting[]): string[] {
  const settings = [...settingsOf(run)];
  return costly.flatMap(({ name, key, values }) => {
    const set = settings.filter(([each]) => each === key || each.endsWith(`.${key}`)).flatMap(([, all]) => [...all]);
    const found = set.find((value) => values.test(value));
    return found === undefined ? [] : [`${name}=${found}`];
  });
}
