import { JsonNumber, type JsonObject, type JsonValue } from '../../../bytes/index.ts';
import { TimelineBuilder } from '../../../timeline/index.ts';
import type { Read } from '../../reader.ts';
import { ProcessGroups } from '../communication/groups.ts';
import { ascendDialect } from '../dialect.ts';
import { isObject, readDocument } from '../json-document.ts';
import { RecordTable, scalarText } from '../tables/record-table.ts';
import { text } from '../tables/table-spec.ts';

const GROUPS = 'parallel_group_info';
const COLUMNS = [text('key', 'key'), text('value', 'value')];

/** Reads settings as rows of a key (`config.common_config.record_shapes`) and a value, and groups of ranks. */
export const loadSettings: Read = async (sources, diagnostics, options) => {
  const builder = new TimelineBuilder([]);
  let readBytes = 0;
  for (const source of sources) {
    builder.openPart(source);
    const document = await readDocument(source);
    const settings = new RecordTable('settings', document.path, COLUMNS, diagnostics);
    for (const [key, value] of leavesOf(document.root))
      settings.add([
        ['key', key],
        ['value', value],
      ]);
    const groups = new ProcessGroups(document.path, diagnostics);
    const byName = document.root.get(GROUPS);
    if (byName !== undefined) groups.readByName(byName, GROUPS);
    const tables = [settings, groups.table].filter(({ rowCount }) => rowCount > 0);
    document.check(tables.length > 0, 'settings of a profiler', diagnostics);
    builder.tables.push(...tables.map((table) => table.finish()));
    readBytes += source.sizeBytes;
    options.onProgress?.(readBytes);
  }
  return builder.finish(ascendDialect.naming(options.rank), diagnostics);
};

/** Single values with the keys that lead to them, in the order of the file; a list of single values is one. */
function leavesOf(root: JsonObject): [key: string, value: JsonValue][] {
  const leaves: [string, JsonValue][] = [];
  const open: [string, JsonValue][] = membersOf('', root).filter(([key]) => key !== GROUPS);
  // A stack instead of recursion: nesting is as deep as the file says.
  open.reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [key, value] = next;
    const members = membersOf(key, value);
    if (isSingle(value)) leaves.push([key, value]);
    else if (Array.isArray(value) && value.every(isSingle)) leaves.push([key, value.map(textOf).join(', ')]);
    else open.push(...members.reverse());
  }
  return leaves;
}

function membersOf(key: string, value: JsonValue): [string, JsonValue][] {
  const prefix = key === '' ? '' : `${key}.`;
  if (isObject(value)) return [...value].map(([name, member]) => [prefix + name, member]);
  return Array.isArray(value) ? value.map((member, i) => [`${prefix}${i}`, member]) : [];
}

function isSingle(value: JsonValue): boolean {
  return value === null || typeof value !== 'object' || value instanceof JsonNumber;
}

function textOf(value: JsonValue): string {
  return value === null ? '' : (scalarText(value) ?? '');
}
