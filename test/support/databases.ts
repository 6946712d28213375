import initSqlJs from 'sql.js';
import type { ReadResult } from './reading.ts';
import { readFiles } from './reading.ts';

export type Cell = number | bigint | string | null;

/** A table as `name type` of its columns, and its rows. */
export interface TableDraft {
  readonly columns: string;
  readonly rows: readonly (readonly Cell[])[];
}

const sql = await initSqlJs();

/** The bytes of a database with these tables. Cells are written as text, so that every integer keeps its digits. */
export function databaseBytes(tables: Readonly<Record<string, TableDraft>>): Uint8Array {
  const database = new sql.Database();
  for (const [name, { columns, rows }] of Object.entries(tables)) {
    database.run(`CREATE TABLE "${name}" (${columns})`);
    for (const row of rows) database.run(`INSERT INTO "${name}" VALUES (${row.map(literal).join(', ')})`);
  }
  const bytes = database.export();
  database.close();
  return bytes;
}

function literal(cell: Cell): string {
  if (cell === null) return 'NULL';
  return typeof cell === 'string' ? `'${cell.replaceAll("'", "''")}'` : String(cell);
}

/** What a query finds, by SQLite itself. */
export function queryBytes(bytes: Uint8Array, query: string): unknown[][] {
  const database = new sql.Database(bytes);
  const [found] = database.exec(query);
  database.close();
  return found?.values ?? [];
}

export function readDatabase(
  tables: Readonly<Record<string, TableDraft>>,
  { path = 'msprof_20260823165336.db', readerId = 'ascend-db' } = {},
): Promise<ReadResult> {
  return readFiles(readerId, [{ path, bytes: databaseBytes(tables) }]);
}

/** STRING_IDS with these texts, numbered from 0. */
export function stringTable(...texts: readonly string[]): TableDraft {
  return { columns: 'id INTEGER PRIMARY KEY, value TEXT', rows: texts.map((text, id) => [id, text]) };
}

/** A time as profilers have them now: one that a double cannot hold. */
export const T0 = 1_787_504_006_851_852_778n;
export const at = (ns: number): bigint => T0 + BigInt(ns);
const NO_CONTEXT = 4_294_967_295;

const TASK_COLUMNS =
  'startNs INTEGER, endNs INTEGER, deviceId INTEGER, connectionId INTEGER, globalTaskId INTEGER, globalPid INTEGER, ' +
  'taskType INTEGER, contextId INTEGER, streamId INTEGER, taskId INTEGER, modelId INTEGER';

export interface TaskDraft {
  readonly from?: number;
  readonly to?: number;
  readonly device?: number;
  readonly connection?: Cell;
  readonly id?: number;
  readonly type?: number;
  readonly context?: number;
  readonly stream?: number;
  readonly task?: number;
}

/** TASK: tasks on streams, at times from T0. */
export function tasks(...drafts: readonly TaskDraft[]): TableDraft {
  const rows = drafts.map(
    ({ from = 0, to = from + 10, device = 0, connection = 7, id = 0, type = 0, ...rest }): Cell[] => {
      const { context = NO_CONTEXT, stream = 2, task = id } = rest;
      return [at(from), at(to), device, connection, id, 99, type, context, stream, task, NO_CONTEXT];
    },
  );
  return { columns: TASK_COLUMNS, rows };
}

export const apis = (...rows: readonly Cell[][]): TableDraft => ({
  columns: 'startNs INTEGER, endNs INTEGER, type INTEGER, globalTid INTEGER, connectionId INTEGER, name INTEGER',
  rows,
});
