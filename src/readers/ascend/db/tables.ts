import { NONE, type StringTable, type Table, type TableColumn } from '../../../timeline/index.ts';
import { exact, micros, nanos, type Row, value, type Wanted } from './columns.ts';
import type { Database } from './database.ts';
import { REACH_NS } from './event-writer.ts';
import type { Names } from './names.ts';
import type { TableColumnSpec, TableSpec } from './table-specs.ts';

/** Where the strings of tables come from; `names`: of numbers of STRING_IDS, for databases that have them. */
export interface TableText {
  readonly strings: StringTable;
  readonly names: Names | undefined;
}

/** The tables of a database that are there, as tables of a timeline. */
export function readTables(
  database: Database,
  specs: readonly TableSpec[],
  text: TableText,
  originNs: bigint,
): Table[] {
  return specs.filter(({ table }) => database.has(table)).map((spec) => readTable(database, spec, text, originNs));
}

function readTable(database: Database, { table, kind, columns }: TableSpec, text: TableText, originNs: bigint): Table {
  const values: number[][] = columns.map(() => []);
  const readers = columns.map((column) => valueReader(column, text, originNs));
  const wanted = Object.fromEntries(columns.flatMap((column) => wantedOf(column)));
  const rowCount = database.each<string>(table, wanted, (row) => {
    readers.forEach((read, i) => values[i].push(read(row)));
  });
  const made = columns.map((column, i) => columnOf(column, values[i]));
  return { kind, path: database.source.path, originNs, rowCount, columns: made, strings: text.strings };
}

function wantedOf({ name, from, as }: TableColumnSpec): [string, Wanted][] {
  if (as !== 'time') return [[name, as === 'text' ? exact(from) : value(from)]];
  return [
    [`${name} micros`, micros(from)],
    [`${name} nanos`, nanos(from)],
  ];
}

function valueReader(
  { name, as, factor = 1 }: TableColumnSpec,
  { strings, names }: TableText,
  originNs: bigint,
): (row: Row<string>) => number {
  const originMicros = Number(originNs / 1000n);
  switch (as) {
    case 'text': {
      const known = new Map<string | undefined, number>();
      return (row) => idOf(row.text(name), strings, known);
    }
    case 'string':
      return (row) => names?.string(row.number(name)) ?? NONE;
    case 'module':
      return (row) => names?.enumString('ENUM_MODULE', row.number(name)) ?? NONE;
    case 'time':
      return (row) => inReach((row.number(`${name} micros`) - originMicros) * 1000 + row.number(`${name} nanos`));
    case 'timeUs':
      return (row) => inReach(Math.round((row.number(name) - originMicros) * 1000));
    case 'number':
      return (row) => row.number(name) * factor;
    case 'rounded':
      return (row) => Math.round(row.number(name) * factor);
  }
}

/** Times of another clock, which cannot be told to the ns from here, are none. */
function inReach(timeNs: number): number {
  return Math.abs(timeNs) < REACH_NS ? timeNs : Number.NaN;
}

function idOf(text: string | undefined, strings: StringTable, known: Map<string | undefined, number>): number {
  let id = known.get(text);
  if (id === undefined) {
    id = text === undefined || text === '' || text === 'N/A' ? NONE : strings.add(text);
    known.set(text, id);
  }
  return id;
}

function columnOf({ name, as }: TableColumnSpec, values: readonly number[]): TableColumn {
  switch (as) {
    case 'text':
    case 'string':
    case 'module':
      return { name, kind: 'text', values: Int32Array.from(values) };
    case 'time':
    case 'timeUs':
      return { name, kind: 'time', values: Float64Array.from(values) };
    case 'number':
    case 'rounded':
      return { name, kind: 'number', values: Float64Array.from(values) };
  }
}
