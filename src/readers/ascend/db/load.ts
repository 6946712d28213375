import { type Diagnostics, InputError, type Source } from '../../../base/index.ts';
import { NONE, StringTable, TimelineBuilder } from '../../../timeline/index.ts';
import type { Read } from '../../reader.ts';
import { LayeredArgs } from './arg-layers.ts';
import type { Capture } from './capture.ts';
import { GroupRows, readCollectives, readPlanes } from './communication.ts';
import { readCounters } from './counters.ts';
import { Database, unreadable } from './database.ts';
import { readDeviceTasks } from './device-tasks.ts';
import { EventWriter, TYPED_KEYS } from './event-writer.ts';
import { readFacts, tellUnread } from './facts.ts';
import { addFlows } from './flows.ts';
import { readCannApis, readPlainCalls, readUserRanges } from './host-apis.ts';
import { Names } from './names.ts';
import { readOverlap } from './overlap.ts';
import { readPythonApis } from './python-apis.ts';
import { ANALYSIS_TABLES, CAPTURE_TABLES } from './table-specs.ts';
import { readTables } from './tables.ts';
import { readCopies, readOpFacts, readTaskPmu } from './task-facts.ts';
import { Tracks } from './tracks.ts';

/** Reads the databases of one capture, mostly one, into one timeline. */
export const loadDatabases: Read = async (sources, diagnostics, options) => {
  const builder = new TimelineBuilder(TYPED_KEYS, options.strings);
  const strings = new StringTable(builder.strings);
  const args = new LayeredArgs(strings);
  const tracks = new Tracks(builder);
  let rank = options.rank;
  let rowCount = 0;
  let readBytes = 0;
  for (const source of sources) {
    builder.openPart(source);
    const database = await Database.open(source, diagnostics);
    try {
      const events = new EventWriter(builder, database, diagnostics);
      const said = readFacts(database, builder, diagnostics);
      const names = new Names(database, strings, diagnostics);
      readCapture({ database, builder, strings, names, tracks, events, args, diagnostics });
      tellUnread(database, diagnostics);
      if (rank === NONE) rank = said === NONE ? rankInName(source.path) : said;
      rowCount += events.rows.rowCount;
    } finally {
      database.close();
    }
    readBytes += source.sizeBytes;
    options.onProgress?.(readBytes);
  }
  rowCount += builder.tables.reduce((sum, table) => sum + table.rowCount, 0);
  if (rowCount === 0) throw nothingIn(sources[0], diagnostics);
  return builder.finish(tracks.naming(rank), diagnostics, args);
};

function readCapture(capture: Capture): void {
  const { database, builder, names, diagnostics } = capture;
  const tasks = readDeviceTasks(capture);
  readOpFacts(capture, tasks);
  readTaskPmu(capture, tasks);
  readCopies(capture, tasks);
  const groups = new GroupRows(capture);
  const collectives = readCollectives(capture, groups, tasks);
  readPlanes(capture, groups, tasks);
  const apis = readCannApis(capture);
  const userRanges = readUserRanges(capture);
  const python = readPythonApis(capture);
  readPlainCalls(capture);
  readOverlap(capture);
  readCounters(capture);
  addFlows(capture, { tasks, collectives, apis, userRanges, python });
  builder.tables.push(...readTables(database, CAPTURE_TABLES, names, diagnostics));
}

/** Reads what the vendor's tool worked out by itself: tables without events. */
export const loadAnalysis: Read = async (sources, diagnostics, options) => {
  const builder = new TimelineBuilder([]);
  let hasTables = false;
  let readBytes = 0;
  for (const source of sources) {
    builder.openPart(source);
    const database = await Database.open(source, diagnostics);
    try {
      hasTables ||= ANALYSIS_TABLES.some(({ table }) => database.has(table));
      builder.tables.push(...readTables(database, ANALYSIS_TABLES, undefined, diagnostics));
      tellUnread(database, diagnostics);
    } finally {
      database.close();
    }
    readBytes += source.sizeBytes;
    options.onProgress?.(readBytes);
  }
  if (!hasTables) throw nothingIn(sources[0], diagnostics);
  return builder.finish(new Tracks(builder).naming(options.rank), diagnostics);
};

/** torch_npu ends the name of its database with the rank. */
function rankInName(path: string): number {
  const rank = /ascend_\w+_profiler_(\d+)\.db$/.exec(path)?.[1];
  return rank === undefined ? NONE : Number(rank);
}

function nothingIn(source: Source, diagnostics: Diagnostics): InputError {
  const unread = diagnostics.list().find(({ kind }) => kind === 'db_table_unreadable')?.places[0];
  if (unread !== undefined) return unreadable(source, `${unread.place.field}: ${unread.detail}`);
  return new InputError('no_events', {
    at: { path: source.path, offset: 0 },
    expected: "rows in the tables of Ascend's profilers",
    found: 'none',
    hint: 'the profiler may have been stopped before it recorded anything',
  });
}
