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
