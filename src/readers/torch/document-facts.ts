import { type Table, TableBuilder } from '../../timeline/index.ts';
import { makerOfDevice } from './vendors.ts';

type Members = ReadonlyMap<string, string>;

/** `distributedInfo: {"rank": 3, ...}`; undefined where that says nothing of use. */
export function rankIn(metadata: Members): number | undefined {
  const rank = memberOf(parsed(metadata, 'distributedInfo'), 'rank');
  return isCount(rank) ? rank : undefined;
}

/** What analyses ask of any capture, from the members of the document: the chip and its maker, where all devices are of one kind. */
export function deviceFacts(metadata: Members): Map<string, string> {
  const properties = parsed(metadata, 'deviceProperties');
  const names = Array.isArray(properties) ? properties.map((each) => memberOf(each, 'name')) : [];
  const [name] = names;
  const facts = new Map<string, string>();
  if (typeof name !== 'string' || names.some((other) => other !== name)) return facts;
  facts.set('chip', JSON.stringify(name));
  const maker = makerOfDevice(name);
  if (maker !== undefined) facts.set('maker', JSON.stringify(maker));
  return facts;
}

/** How many ranks there are and which of them communicate, as tables. */
export function distributedTables(metadata: Members, path: string): Table[] {
  const info = parsed(metadata, 'distributedInfo');
  const world = memberOf(info, 'world_size');
  const groups = memberOf(info, 'pg_config');
  const settings = isCount(world)
    ? [tableOf('settings', path, ['key', 'value'], [['distributedInfo.world_size', `${world}`]])]
    : [];
  const rows = (Array.isArray(groups) ? groups : []).flatMap(groupRow);
  return rows.length === 0 ? settings : [...settings, tableOf('process-groups', path, ['name', 'ranks'], rows)];
}

/** `default_pg` is all ranks. Long lists of ranks may be cut, which leaves a text in place of a number. */
function groupRow(group: unknown): [name: string, ranks: string][] {
  const [ranks, description, name] = ['ranks', 'pg_desc', 'pg_name'].map((key) => memberOf(group, key));
  if (!Array.isArray(ranks) || ranks.length === 0 || !ranks.every(isCount)) return [];
  const called = typeof description === 'string' && description !== 'undefined' ? description : name;
  const text = called === 'default_pg' ? 'default_group' : typeof called === 'string' ? called : '';
  return [[text, ranks.join(',')]];
}

function tableOf(
  kind: 'settings' | 'process-groups',
  path: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Table {
  const builder = new TableBuilder(kind, path);
  const numbers = columns.map((name) => builder.addColumn(name, 'text'));
  for (const row of rows) {
    builder.nextRow();
    for (const [at, cell] of row.entries()) builder.setText(numbers[at], builder.strings.addText(cell));
  }
  return builder.finish();
}

function parsed(metadata: Members, key: string): unknown {
  try {
    return JSON.parse(metadata.get(key) ?? 'null');
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
