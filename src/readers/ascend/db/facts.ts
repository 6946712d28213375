import type { Diagnostics } from '../../../base/index.ts';
import { NONE, type TimelineBuilder } from '../../../timeline/index.ts';
import type { Database } from './database.ts';

/** Small tables about the capture as a whole. */
const FACT_TABLES = ['META_DATA', 'HOST_INFO', 'NPU_INFO', 'RANK_DEVICE_MAP', 'SESSION_TIME_INFO'];
const MOST_ROWS = 1000;

/** The newest form of the tables that was looked at: major and minor. The third number only counts what was added. */
const KNOWN_SCHEMA = [1, 2] as const;

/** What MindStudio Insight adds to the databases it opens. */
const TOOL_TABLES = new Set(['status_info', 'connectionCats']);
const TOOL_COLUMNS = new Set(['depth', 'waitNs']);

/** Columns that say what others say as well, or number the rows. */
const IMPLIED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  TASK: ['globalPid'],
  COMMUNICATION_OP: ['opId'],
  COMMUNICATION_TASK_INFO: ['name', 'opId'],
  PYTORCH_CALLCHAINS: ['stackDepth'],
  OVERLAP_ANALYSIS: ['id'],
  MSTX_EVENTS: ['rangeId', 'endGlobalTid'],
};

/** Keeps them as metadata; returns the rank of the capture where they say it, else NONE. */
export function readFacts(database: Database, builder: TimelineBuilder, diagnostics: Diagnostics): number {
  let rank = NONE;
  for (const table of FACT_TABLES) {
    const rows = database.all(table, MOST_ROWS);
    if (rows.length === 0) continue;
    builder.metadata.set(table, JSON.stringify(rows));
    if (table === 'META_DATA') checkSchema(rows, database.source.path, diagnostics);
    const [said] = rows;
    // -1 where the exporter does not know.
    if (rows.length === 1 && typeof said.rankId === 'number' && said.rankId >= 0) rank = said.rankId;
  }
  return rank;
}

function checkSchema(rows: readonly Record<string, unknown>[], path: string, diagnostics: Diagnostics): void {
  const version = rows.find(({ name }) => name === 'SCHEMA_VERSION')?.value;
  const [major, minor] = String(version ?? '')
    .split('.')
    .map(Number);
  const isNewer = major > KNOWN_SCHEMA[0] || (major === KNOWN_SCHEMA[0] && minor > KNOWN_SCHEMA[1]);
  if (isNewer) diagnostics.add('db_schema_newer', { path, field: 'META_DATA' }, `version ${String(version)}`);
}

/** Tells what is in the database and was not read. */
export function tellUnread(database: Database, diagnostics: Diagnostics): void {
  const { path } = database.source;
  const { tables, columns } = database.unread();
  for (const table of tables) {
    const isKnown = TOOL_TABLES.has(table) || table.startsWith('ENUM_');
    if (!isKnown) diagnostics.add('db_table_ignored', { path, field: table });
  }
  for (const { table, column } of columns) {
    const isKnown = TOOL_COLUMNS.has(column) || IMPLIED_COLUMNS[table]?.includes(column);
    if (!isKnown) diagnostics.add('db_column_ignored', { path, field: `${table}.${column}` });
  }
}
