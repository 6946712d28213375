/** Finds in a run what has to be replaced in it. Originals stand in one place and are repeated in others, so all is read. */
import { NONE, type Run, type Shard, type StringTable, type Table, tableCell } from '../../timeline/index.ts';
import type { Anonymiser } from './anonymiser.ts';
import { learnFromArgs } from './anonymous-args.ts';
import { visitFacts } from './facts.ts';
import { kindOfKey } from './sensitive-keys.ts';

export async function discover({ shards }: Run, anonymiser: Anonymiser): Promise<void> {
  const seen = new Set<StringTable>();
  for (const shard of shards) {
    learnPlaces(shard, anonymiser);
    const { timeline } = shard;
    for (const [key, json] of timeline.metadata) {
      visitFacts(key, json, (at, text) => learnFact(at, text, anonymiser));
    }
    for (const table of timeline.tables) learnTable(table, seen, anonymiser);
    learnStrings(timeline.strings, seen, anonymiser);
    for (const { name, key, label } of timeline.processes) anonymiser.learn(`${name}\n${key}\n${label}`);
    for (const { name, key } of timeline.tracks) anonymiser.learn(`${name}\n${key}`);
    await learnFromArgs(timeline.args, timeline.slices, anonymiser);
    await learnFromArgs(timeline.args, timeline.instants, anonymiser);
  }
}

function learnPlaces({ hostName, capture, files }: Shard, anonymiser: Anonymiser): void {
  if (hostName !== undefined) anonymiser.learnWord('host', hostName);
  if (capture !== undefined) anonymiser.learnPlace(capture);
  for (const file of files) anonymiser.learnPlace(file);
}

function learnFact(key: string, text: string, anonymiser: Anonymiser): void {
  const kind = kindOfKey(key, true);
  if (kind !== undefined && kind !== 'value') anonymiser.learnWord(kind, text);
  anonymiser.learn(text);
}

export function learnTable(table: Table, seen: Set<StringTable>, anonymiser: Anonymiser): void {
  learnStrings(table.strings, seen, anonymiser);
  const learn = (key: string, text: string): void => learnFact(key, text, anonymiser);
  for (const text of labelTexts(table)) visitFacts('', text, learn);
  if (table.kind !== 'settings') return;
  for (let row = 0; row < table.rowCount; row++) {
    learn(`${tableCell(table, 'key', row) ?? ''}`, `${tableCell(table, 'value', row) ?? ''}`);
  }
}

/** The labels of metrics, as JSON, each once. */
function labelTexts({ kind, columns, strings }: Table): string[] {
  const labels = columns.find(({ name }) => name === 'labels');
  if (!['metrics', 'samples', 'histograms'].includes(kind) || labels?.kind !== 'text') return [];
  return [...new Set(labels.values)].flatMap((id) => (id === NONE ? [] : strings.get(id)));
}

function learnStrings(strings: StringTable, seen: Set<StringTable>, anonymiser: Anonymiser): void {
  if (seen.has(strings)) return;
  seen.add(strings);
  for (let id = 0; id < strings.size; id++) anonymiser.learn(strings.get(id));
}
