// analysis.db against the documents and the table that the analyser writes of the same rank as text: the same tables.
import { describe, expect, test } from 'vitest';
import type { Table } from '../../src/timeline/index.ts';
import { plainRows } from '../support/plain-tables.ts';
import { readFiles } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesLike } from '../support/samples.ts';

noticeWhenAbsent('analysis.db against the text of the same rank');

const RANKS = samplesLike(/\/torch_npu-llm-pp2\/.*\/analysis\.db$/).map((path) => path.replace('analysis.db', ''));

const tablesOf = async (readerId: string, path: string): Promise<readonly Table[]> => {
  const { timeline, diagnostics } = await readFiles(readerId, [{ path, bytes: readSample(path) }]);
  expect(diagnostics.list()).toEqual([]);
  return timeline.tables;
};

type Cells = Readonly<Record<string, unknown>>;

const rowsOf = (tables: readonly Table[], kind: Table['kind']): Cells[] =>
  plainRows(tables.find((table) => table.kind === kind)!);

/** What tells a row from the others of its kind. */
const KEYS = ['step', 'kind', 'group', 'name', 'opType', 'selection', 'fromRank', 'toRank', 'transport', 'packetBytes'];
const keyOf = (row: Cells): string => KEYS.map((key) => `${row[key] as string}`).join(' ');
const byKey = (rows: readonly Cells[]): Map<string, Cells> => new Map(rows.map((row) => [keyOf(row), row]));

/** The database has neither totals of all ops, nor links that nothing went over, nor shares that follow from times. */
const stands = (row: Cells): boolean => row.group !== undefined && row.sizeBytes !== 0;
const DERIVED = new Set(['waitRatio', 'synchronizationRatio']);
/** The two were worked out in two runs, which differ in these by a fraction of a microsecond. */
const MEASURED_TWICE = new Set(['stageNs', 'preparingNs']);

function expectSame(found: readonly Cells[], expected: readonly Cells[]): void {
  expect(found.length).toBeGreaterThan(0);
  const rows = byKey(found);
  expect(rows.size).toBe(found.length);
  expect([...rows.keys()].sort()).toEqual([...byKey(expected).keys()].sort());
  for (const row of expected) {
    const same = rows.get(keyOf(row))!;
    const columns = Object.keys(row).filter((column) => !DERIVED.has(column));
    expect(Object.keys(same).sort(), keyOf(row)).toEqual(columns.sort());
    for (const column of columns) expectCell(same[column], row[column], column);
  }
}

/** The text has the noise of sums of doubles, about the sixteenth digit. */
function expectCell(found: unknown, expected: unknown, column: string): void {
  if (typeof found !== 'number' || typeof expected !== 'number') {
    expect(found, column).toBe(expected);
    return;
  }
  const tolerance = MEASURED_TWICE.has(column) ? 1000 : Math.abs(expected) * 1e-9;
  expect(Math.abs(found - expected), column).toBeLessThanOrEqual(tolerance);
}

describe.each(RANKS)('%s', async (folder) => {
  const tables = await tablesOf('ascend-analysis-db', `${folder}analysis.db`);

  test.each(['collectives', 'bandwidth', 'packets'] as const)('%s are those of communication.json', async (kind) => {
    const documents = await tablesOf('ascend-communication-json', `${folder}communication.json`);
    expectSame(rowsOf(tables, kind), rowsOf(documents, kind).filter(stands));
  });

  test('links are those of communication_matrix.json', async () => {
    const documents = await tablesOf('ascend-communication-json', `${folder}communication_matrix.json`);
    expectSame(rowsOf(tables, 'links'), rowsOf(documents, 'links'));
  });

  test('steps are those of step_trace_time.csv', async () => {
    const text = await tablesOf('ascend-table-csv', `${folder}step_trace_time.csv`);
    expectSame(rowsOf(tables, 'step-times'), rowsOf(text, 'step-times'));
  });
});
