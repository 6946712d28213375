// Databases of Ascend's profilers as a whole: what is told of rows and tables that cannot be read, and what is refused.
import { describe, expect, test } from 'vitest';
import { Diagnostics, InputError } from '../../../src/base/index.ts';
import { loadDatabases } from '../../../src/readers/ascend/db/load.ts';
import { NONE } from '../../../src/timeline/index.ts';
import { at, type Cell, databaseBytes, readDatabase, stringTable, tasks } from '../../support/databases.ts';
import { plainRows } from '../../support/plain-tables.ts';
import { plainSlices } from '../../support/plain-timeline.ts';
import { diagnosticCounts, diagnosticLines, readFiles, type ReadResult } from '../../support/reading.ts';

describe('what cannot be read is told', () => {
  const strings = stringTable('EVENT_WAIT');

  test('rows without a usable time', async () => {
    const { columns, rows } = tasks({ id: 1 }, { id: 2 });
    const bad = (start: Cell, end: Cell): Cell[] => [start, end, ...rows[0].slice(2)];
    const { timeline, diagnostics } = await readDatabase({
      STRING_IDS: strings,
      TASK: {
        columns,
        rows: [rows[0], rows[1], bad(null, at(1)), bad(at(5), null), bad(at(5), at(2)), bad(12, 15), bad('x', at(1))],
      },
    });
    expect(timeline.slices.length).toBe(2);
    expect(diagnosticCounts(diagnostics)).toEqual({ row_time_bad: 3, time_far_away: 2 });
    expect(diagnosticLines(diagnostics)).toContain('  msprof_20260823165336.db, field TASK row 5: "duration -3"');
  });

  test('a table without a column that matters, with the others read', async () => {
    const { timeline, diagnostics } = await readDatabase({
      STRING_IDS: strings,
      TASK: tasks({}),
      CANN_API: { columns: 'startNs INTEGER, type INTEGER', rows: [[at(1), 3]] },
    });
    expect(timeline.slices.length).toBe(1);
    expect(diagnosticLines(diagnostics)).toEqual([
      'data_loss db_table_unreadable: 1',
      '  msprof_20260823165336.db, field CANN_API: "it has no column endNs"',
    ]);
  });

  test('columns that do not matter may be missing', async () => {
    const { timeline, diagnostics } = await readDatabase({
      STRING_IDS: strings,
      TASK: { columns: 'startNs INTEGER, endNs INTEGER', rows: [[at(1), at(3)]] },
    });
    expect(plainSlices(timeline)).toMatchObject([{ name: '', track: 'Stream 0', durNs: 2 }]);
    expect(diagnosticCounts(diagnostics)).toEqual({});
  });

  test('tables and columns of a newer schema, but not what a viewer added', async () => {
    const { columns, rows } = tasks({});
    const { diagnostics } = await readDatabase({
      STRING_IDS: strings,
      META_DATA: { columns: 'name TEXT, value TEXT', rows: [['SCHEMA_VERSION', '1.3.0']] },
      TASK: { columns: `${columns}, depth integer, energy NUMERIC`, rows: [[...rows[0], 0, 5]] },
      NEURAL_LINK: { columns: 'id INTEGER', rows: [[1]] },
      status_info: { columns: 'id INTEGER', rows: [[1]] },
    });
    expect(diagnosticLines(diagnostics)).toEqual([
      'warning db_schema_newer: 1',
      '  msprof_20260823165336.db, field META_DATA: "version 1.3.0"',
      'info db_table_ignored: 1',
      '  msprof_20260823165336.db, field NEURAL_LINK',
      'info db_column_ignored: 1',
      '  msprof_20260823165336.db, field TASK.energy',
    ]);
  });

  test('a text that is not there: its number stands for it', async () => {
    const { timeline, diagnostics } = await readDatabase({
      STRING_IDS: strings,
      TASK: tasks({ type: 41 }, { id: 1, type: 41 }),
    });
    expect(plainSlices(timeline)[0].name).toBe('string 41');
    expect(diagnosticLines(diagnostics)).toEqual([
      'data_loss db_string_missing: 1',
      '  msprof_20260823165336.db, field STRING_IDS: "id 41"',
    ]);
  });
});

test('rows without a name are slices without one', async () => {
  const call = (name: Cell): Cell[] => [at(0), at(1), 99, name];
  const columns = 'startNs INTEGER, endNs INTEGER, globalTid INTEGER, NAME INTEGER';
  const table = (name: string): { columns: string; rows: Cell[][] } => ({
    columns: columns.replace('NAME', name),
    rows: [call(null), call(1)],
  });
  const { timeline } = await readDatabase({
    STRING_IDS: stringTable('EVENT_WAIT', 'N/A'),
    TASK: tasks({ type: 1 }),
    COMMUNICATION_OP: table('opName'),
    PYTORCH_API: table('name'),
    MSTX_EVENTS: table('message'),
    OSRT_API: table('name'),
    GC_RECORD: { columns: 'startNs INTEGER, endNs INTEGER, globalTid INTEGER', rows: [[at(0), at(1), 99]] },
  });
  const names = plainSlices(timeline).map(({ process, name }) => `${process}: ${name}`);
  expect(names.filter((name) => !name.endsWith(': '))).toEqual(['Python GC: Python GC']);
  expect(names.length).toBe(10);
});

describe('refused', () => {
  const refusal = async (bytes: Uint8Array): Promise<InputError> => {
    const reading = readFiles('ascend-db', [{ path: 'a.db', bytes }]);
    return reading.then(
      () => expect.fail('it was read'),
      (error: InputError) => error,
    );
  };

  test.each([
    ['an empty file', new Uint8Array(0), 'not_a_trace'],
    ['something else', new TextEncoder().encode('SQLite format 2'), 'not_a_trace'],
    ['a header alone', databaseBytes({ TASK: tasks({}) }).slice(0, 100), 'db_unreadable'],
    [
      'a database without a table of Ascend',
      databaseBytes({ people: { columns: 'name TEXT', rows: [['a']] } }),
      'no_events',
    ],
    ['tables without rows', databaseBytes({ TASK: tasks(), STRING_IDS: stringTable() }), 'no_events'],
  ])('%s', async (_, bytes, code) => {
    const error = await refusal(bytes);
    expect(error).toBeInstanceOf(InputError);
    expect(error.code).toBe(code);
  });

  test('what is larger than 1 GiB, before it is read, with the way out', async () => {
    const source = {
      path: 'big.db',
      sizeBytes: 2 ** 30 + 1,
      stream: () => expect.fail('it was read'),
      slice: () => expect.fail('it was read'),
    };
    const error: unknown = await loadDatabases([source], new Diagnostics(), { rank: NONE }).catch(
      (problem: unknown) => problem,
    );
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: 'too_big', hint: expect.stringContaining('--type=text') });
  });
});

describe('the rank', () => {
  const withRank = (rank: number, path: string): Promise<ReadResult> =>
    readDatabase(
      {
        STRING_IDS: stringTable('EVENT_WAIT'),
        TASK: tasks({ device: 4 }),
        RANK_DEVICE_MAP: { columns: 'rankId INTEGER, deviceId INTEGER', rows: [[rank, 4]] },
      },
      { path },
    );

  test.each([
    [3, 'msprof_20260823165336.db', 3],
    [-1, 'x/ascend_pytorch_profiler_2.db', 2],
    [-1, 'msprof_20260823165336.db', NONE],
  ])('said %i in %s is %i', async (said, path, expected) => {
    const { timeline } = await withRank(said, path);
    expect(timeline.processes.map(({ rank, device }) => [rank, device])).toEqual([[expected, 4]]);
  });
});

test('steps, memory and overlap are tables with absolute times, under the names of the same tables as text', async () => {
  const { timeline, diagnostics } = await readDatabase({
    STRING_IDS: stringTable('EVENT_WAIT', 'aten::empty', 'PTA'),
    TASK: tasks({}),
    STEP_TIME: { columns: 'id INTEGER, startNs INTEGER, endNs INTEGER', rows: [[50, at(1), at(9)]] },
    OP_MEMORY: {
      columns:
        'name INTEGER, size INTEGER, allocationTime INTEGER, releaseTime INTEGER, duration INTEGER, streamPtr INTEGER, deviceId INTEGER',
      rows: [[1, -512, at(2), null, 7, 733_279_888, 0]],
    },
    MEMORY_RECORD: {
      columns: 'component INTEGER, timestamp NUMERIC, totalAllocated NUMERIC, totalReserved NUMERIC, deviceId INTEGER',
      rows: [[2, at(3), -1, 1024, 0]],
    },
    OVERLAP_ANALYSIS: {
      columns: 'id INTEGER, deviceId INTEGER, startNs NUMERIC, endNs NUMERIC, type INTEGER',
      rows: [[0, 0, at(0), at(5), 2]],
    },
  });
  expect(timeline.tables.map((table) => [table.kind, ...plainRows(table)])).toEqual([
    ['step-times', { step: '50', start: at(1), end: at(9) }],
    ['overlap', { device: 0, type: 2, start: at(0), end: at(5) }],
    // Only the freeing was seen.
    ['memory', { device: 0, component: 'PTA', time: at(3), reservedBytes: 1024 }],
    [
      'allocations',
      {
        ...{ device: 0, name: 'aten::empty', sizeBytes: -512, allocationTime: at(2), durationNs: 7 },
        streamPointer: '733279888',
      },
    ],
  ]);
  expect(diagnosticCounts(diagnostics)).toEqual({});
  expect(plainSlices(timeline).map(({ track }) => track)).toContain('Communication(Not Overlapped)');
});

test('ops told once more for every replay of a graph: the last row counts', { timeout: 15_000 }, async () => {
  // Each row for each of the tasks would take several times as long.
  const replayCount = 6000;
  const op = (name: number): Cell[] => [name, 4];
  const { timeline } = await readDatabase({
    STRING_IDS: stringTable('KERNEL_AICORE', 'MatMul_1', 'MatMul_2'),
    TASK: tasks(...Array.from({ length: replayCount }, (_, i) => ({ from: i * 20, id: 4 }))),
    COMPUTE_TASK_INFO: {
      columns: 'name INTEGER, globalTaskId INTEGER',
      rows: [...Array<Cell[]>(replayCount).fill(op(1)), op(2)],
    },
  });
  const names = plainSlices(timeline).map(({ name }) => name);
  expect([...new Set(names)]).toEqual(['MatMul_2']);
  expect(names.length).toBe(replayCount);
});

test('cells of a table that are no figure or time, or of another clock, are empty and told by column', async () => {
  const { timeline, diagnostics } = await readDatabase({
    STRING_IDS: stringTable('EVENT_WAIT', 'aten::empty'),
    TASK: tasks({}),
    OP_MEMORY: {
      columns: 'name INTEGER, size, allocationTime, releaseTime',
      rows: [
        [1, 8, at(2), 0],
        [1, 'many', at(3), 12],
      ],
    },
  });
  expect(plainRows(timeline.tables[0])).toEqual([
    { name: 'aten::empty', sizeBytes: 8, allocationTime: at(2) },
    { name: 'aten::empty', allocationTime: at(3) },
  ]);
  expect(diagnosticLines(diagnostics)).toEqual([
    'data_loss cell_not_numeric: 1',
    '  msprof_20260823165336.db, field OP_MEMORY.size: "many"',
    'data_loss cell_time_bad: 1',
    '  msprof_20260823165336.db, field OP_MEMORY.releaseTime: "12"',
  ]);
});

test('an analysis that found nothing is no error: its tables are there', async () => {
  const { timeline, diagnostics } = await readDatabase(
    { CommAnalyzerTime: { columns: 'hccl_op_name TEXT, step TEXT', rows: [] } },
    { path: 'analysis.db', readerId: 'ascend-analysis-db' },
  );
  expect(timeline.tables).toEqual([]);
  expect(diagnostics.list()).toEqual([]);
});
