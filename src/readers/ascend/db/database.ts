import initSqlJs, { type Database as SqlDatabase, type SqlValue, type Statement } from 'sql.js';
import { type Diagnostics, InputError, type Source } from '../../../base/index.ts';
import { exact, Row, type WantedColumns } from './columns.ts';

/**
 * SQLite compiled to WebAssembly works on a copy of the whole file in memory, where it is all there is of a fast, exact
 * reader that runs in a browser, too. Beyond this size the copy and the timeline would not fit side by side.
 */
const MOST_BYTES = 1 << 30;
const SIGNATURE = 'SQLite format 3\0';

/** A database opened from bytes, so nothing is created beside the user's file. Tables that cannot be read are told. */
export class Database {
  readonly source: Source;
  /** The columns of each table. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly #sql: SqlDatabase;
  readonly #diagnostics: Diagnostics;
  /** The columns of each table that were asked for. */
  readonly #asked = new Map<string, Set<string>>();

  private constructor(source: Source, sql: SqlDatabase, diagnostics: Diagnostics) {
    this.source = source;
    this.#sql = sql;
    this.#diagnostics = diagnostics;
    this.tables = this.#readSchema();
  }

  static async open(source: Source, diagnostics: Diagnostics): Promise<Database> {
    if (source.sizeBytes > MOST_BYTES) throw tooBig(source);
    const bytes = await source.slice(0, source.sizeBytes);
    if (!isDatabase(bytes)) throw noDatabase(source);
    const { Database: Sql } = await initSqlJs();
    const sql = new Sql(bytes);
    try {
      // Entries of a damaged schema are passed over, and nothing that stands in a schema is run.
      sql.run('PRAGMA writable_schema = ON');
      sql.run('PRAGMA trusted_schema = OFF');
      return new Database(source, sql, diagnostics);
    } catch (error) {
      sql.close();
      throw unreadable(source, messageOf(error));
    }
  }

  #readSchema(): Map<string, readonly string[]> {
    const tables = new Map<string, readonly string[]>();
    const [found] = this.#sql.exec("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0");
    for (const [name] of found?.values ?? []) {
      if (typeof name !== 'string' || name.startsWith('sqlite_')) continue;
      const [columns] = this.#sql.exec(`PRAGMA table_info(${quoted(name)})`);
      tables.set(name, columns?.values.map(([, column]) => String(column)) ?? []);
    }
    return tables;
  }

  has(table: string): boolean {
    return this.tables.has(table);
  }

  /**
   * Calls back for every row of a table, in the order of the table; a table that is not there has no rows. What cannot
   * be read of it is told, unless it will be asked for again. Returns the number of rows.
   */
  each<K extends string>(
    table: string,
    wanted: WantedColumns<K>,
    onRow: (row: Row<K>) => void,
    { where = '', isTold = true } = {},
  ): number {
    const columns = this.tables.get(table);
    if (columns === undefined) return 0;
    const names = Object.keys(wanted) as K[];
    const missing = names.find(
      (name) => wanted[name].isRequired && columnOf(wanted[name].spellings, columns) === undefined,
    );
    if (missing !== undefined) {
      for (const column of columns) this.#note(table, column);
      if (isTold) this.#tell(table, `it has no column ${wanted[missing].spellings[0]}`);
      return 0;
    }
    const selected = names.map((name) => {
      const column = columnOf(wanted[name].spellings, columns);
      if (column !== undefined) this.#note(table, column);
      return column === undefined ? 'NULL' : wanted[name].sql(quoted(column));
    });
    const row = new Row(names);
    let count = 0;
    const problem = this.#step(
      `SELECT ${['rowid', ...selected].join(', ')} FROM ${quoted(table)} ${where}`,
      (values) => {
        row.values = values;
        onRow(row);
        count++;
      },
    );
    if (problem !== undefined && isTold) this.#tell(table, `${problem}; rows read before: ${count}`);
    return count;
  }

  /** Every row of a small table as it stands, for people. */
  all(table: string, most: number): Record<string, SqlValue>[] {
    const columns = this.tables.get(table) ?? [];
    const rows: Record<string, SqlValue>[] = [];
    if (columns.length === 0) return rows;
    for (const column of columns) this.#note(table, column);
    this.#step(`SELECT ${columns.map(exactly).join(', ')} FROM ${quoted(table)} LIMIT ${most}`, (values) => {
      rows.push(Object.fromEntries(columns.map((column, i) => [column, values[i]])));
    });
    return rows;
  }

  #note(table: string, column: string): void {
    const asked = this.#asked.get(table);
    if (asked === undefined) this.#asked.set(table, new Set([column]));
    else asked.add(column);
  }

  /** What nobody asked for: whole tables, and columns of tables that were read. */
  unread(): { tables: string[]; columns: { table: string; column: string }[] } {
    const tables = [...this.tables.keys()].filter((table) => !this.#asked.has(table));
    const columns = [...this.#asked].flatMap(([table, asked]) =>
      (this.tables.get(table) ?? []).filter((column) => !asked.has(column)).map((column) => ({ table, column })),
    );
    return { tables, columns };
  }

  /** The first value of a query; undefined where there is none, or where the database is damaged. */
  first(sql: string): SqlValue | undefined {
    let first: SqlValue | undefined;
    this.#step(sql, ([value]) => {
      first ??= value;
    });
    return first;
  }

  /** Runs a query. Returns what SQLite says where it cannot go on; what the caller throws goes through. */
  #step(sql: string, onRow: (values: SqlValue[]) => void): string | undefined {
    let statement: Statement | undefined;
    try {
      for (;;) {
        let values: SqlValue[];
        try {
          statement ??= this.#sql.prepare(sql);
          if (!statement.step()) return undefined;
          values = statement.get();
        } catch (error) {
          return messageOf(error);
        }
        onRow(values);
      }
    } finally {
      statement?.free();
    }
  }

  #tell(table: string, problem: string): void {
    this.#diagnostics.add('db_table_unreadable', { path: this.source.path, field: table }, problem);
  }

  close(): void {
    this.#sql.close();
  }
}

function isDatabase(bytes: Uint8Array): boolean {
  return Array.from(SIGNATURE).every((character, i) => bytes[i] === character.charCodeAt(0));
}

function columnOf(spellings: readonly string[], columns: readonly string[]): string | undefined {
  return spellings.find((spelling) => columns.includes(spelling));
}

const exactly = (column: string): string => exact(column).sql(quoted(column));

/** A name as SQL has it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** SQLite's own words, as "database disk image is malformed". */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function tooBig({ path, sizeBytes }: Source): InputError {
  return new InputError('too_big', {
    at: { path, offset: 0 },
    expected: 'a database of at most 1 GiB',
    found: `${(sizeBytes / (1 << 30)).toFixed(1)} GiB`,
    hint: 'export the same capture as text: msprof --export=on --type=text, or export_type=Text in torch_npu',
  });
}

function noDatabase({ path, sizeBytes }: Source): InputError {
  return new InputError('not_a_trace', {
    at: { path, offset: 0 },
    expected: 'an SQLite database',
    found: sizeBytes === 0 ? 'an empty file' : 'something else',
  });
}

export function unreadable({ path }: Source, problem: string): InputError {
  return new InputError('db_unreadable', {
    at: { path, offset: 0 },
    expected: "a database with tables of Ascend's profilers",
    found: problem,
    hint: 'copy it again once the profiler has finished writing it, or export the capture as text',
  });
}
