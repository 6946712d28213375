// Every cell of every real table against a CSV parser that is not ours, and communication figures against JSON.parse.
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { HEAD_BYTES } from '../../src/readers/index.ts';
import { ascendTableCsv } from '../../src/readers/ascend/table-csv.ts';
import { type Table, tableCell, type TableColumn } from '../../src/timeline/index.ts';
import { exactTimes } from '../support/exact-decimal.ts';
import { plainRows } from '../support/plain-tables.ts';
import { plainSamples } from '../support/plain-timeline.ts';
import { readFiles } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesAbsent, samplesLike } from '../support/samples.ts';

noticeWhenAbsent('tables of real captures');

const OP_TABLES = /(op_summary|kernel_details|task_time)[^/]*\.csv$/;
const csvFiles = samplesLike(/^ascend\/.*\.csv$/);
const tables = csvFiles.filter((path) => !OP_TABLES.test(path));

test.skipIf(samplesAbsent)('there are tables of many kinds', () => {
  const names = new Set(
    tables.map((path) =>
      path
        .split('/')
        .at(-1)
        ?.replace(/_\d{14}/, ''),
    ),
  );
  expect(names.size).toBeGreaterThanOrEqual(10);
});

test.each(csvFiles)('%s is recognised where it is one of these tables, and only then', (path) => {
  const { confidence } = ascendTableCsv.sniff('x', readSample(path).subarray(0, HEAD_BYTES));
  expect(confidence).toBe(OP_TABLES.test(path) ? 0 : 3);
});

/** What one is in ns or bytes. */
const UNITS: Readonly<Record<string, number>> = { us: 1000, KB: 1024, MB: 1024 * 1024 };
const NOTHING = /^(N\/A)?$/;

/** Undefined where the cell agrees with the text of the file, else what is wrong. */
function difference(table: Table, column: TableColumn, row: number, header: string, text: string): string | undefined {
  const cell = tableCell(table, column.name, row);
  const said = `${column.name} of row ${row} is ${cell}, not ${text}`;
  if (NOTHING.test(text) || text === 'host') return cell === undefined ? undefined : said;
  if (column.kind === 'text') return cell === text ? undefined : said;
  if (column.kind === 'time') return String(cell) === exactTimes(text, '0').startNs.toString() ? undefined : said;
  const unit = /\((us|KB|MB)\)$/.exec(header)?.[1];
  const isDuration = column.name.endsWith('Ns');
  const factor = column.name === 'variance' ? 1e6 : (UNITS[unit ?? ''] ?? (isDuration ? 1000 : 1));
  const expected = Number(text.replace('NPU:', '')) * factor;
  return isNear(Number(cell), expected) ? undefined : said;
}

describe('every cell', () => {
  test.each(tables)('of %s is that of the file', async (path) => {
    const bytes = readSample(path);
    const { timeline, diagnostics } = await readFiles('ascend-table-csv', [{ path, bytes }]);
    const [header, ...rows]: string[][] = parse(bytes, { bom: true });
    const [table] = timeline.tables;
    expect(table.columns.length).toBe(header.length);
    expect(table.rowCount).toBe(rows.length);
    // Spaces at the ends of cells are padding.
    const different = rows.flatMap((cells, row) =>
      cells.flatMap(
        (text, i) => difference(table, table.columns[i], row, header[i], text.replace(/^[ \t]+|[ \t]+$/g, '')) ?? [],
      ),
    );
    expect(different.slice(0, 5)).toEqual([]);
    expect(diagnostics.list()).toEqual([]);
  });

  test.each(samplesLike(/memory_record\.csv$/))('of %s that holds a figure is a sample', async (path) => {
    const bytes = readSample(path);
    const { timeline } = await readFiles('ascend-table-csv', [{ path, bytes }]);
    const rows: Record<string, string>[] = parse(bytes, { bom: true, columns: true, trim: true });
    const expected = rows.flatMap((row) =>
      ['Allocated', 'Reserved', 'Active'].flatMap((figure) => {
        const megabytes = row[`Total ${figure}(MB)`] ?? '';
        const time = exactTimes(row['Timestamp(us)'], '0').startNs;
        return megabytes === '' ? [] : [`${row.Component} ${figure}(B) ${time} ${Number(megabytes) * 1024 * 1024}`];
      }),
    );
    const found = plainSamples(timeline).map(
      (sample) => `${sample.counter} ${sample.series} ${sample.timeNs} ${sample.value}`,
    );
    expect(found.sort()).toEqual(expected.sort());
  });
});

type Numbers = Readonly<Record<string, number>>;
interface Op {
  readonly 'Communication Time Info': Numbers;
  readonly 'Communication Bandwidth Info': Readonly<Record<string, Numbers>>;
}
type Communication = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Op>>>>>>;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const isNear = (found: number, expected: number): boolean => Math.abs(found - expected) <= 1e-9 * Math.abs(expected);
const column = (table: Table, name: string): number[] => plainRows(table).map((row) => Number(row[name] ?? 0));

describe('figures of collectives', () => {
  test.each(samplesLike(/^ascend\/torch.*\/communication\.json$/))(
    'of %s add up to those of JSON.parse',
    async (path) => {
      const bytes = readSample(path);
      const { timeline, diagnostics } = await readFiles('ascend-communication-json', [{ path, bytes }]);
      const document: Communication = JSON.parse(new TextDecoder().decode(bytes));
      const ops = Object.values(document).flatMap((kinds) =>
        Object.values(kinds).flatMap((each) => Object.values(each)),
      );
      const links = ops.flatMap((op) => Object.values(op['Communication Bandwidth Info']));
      const [collectives, bandwidth] = timeline.tables;
      expect([collectives.kind, bandwidth.kind]).toEqual(['collectives', 'bandwidth']);
      expect([collectives.rowCount, bandwidth.rowCount]).toEqual([ops.length, links.length]);
      for (const [name, key] of [
        ['elapseNs', 'Elapse Time(ms)'],
        ['waitNs', 'Wait Time(ms)'],
        ['transitNs', 'Transit Time(ms)'],
        ['idleNs', 'Idle Time(ms)'],
      ]) {
        const expected = sum(ops.map((op) => op['Communication Time Info'][key])) * 1e6;
        expect(isNear(sum(column(collectives, name)), expected), name).toBe(true);
      }
      const sizes = sum(links.map((link) => link['Transit Size(MB)'])) * 1e6;
      expect(isNear(sum(column(bandwidth, 'sizeBytes')), sizes)).toBe(true);
      expect(diagnostics.list()).toEqual([]);
    },
  );

  test.each(samplesLike(/^ascend\/torch.*\/communication\.json$/))(
    'of %s agree with their own totals',
    async (path) => {
      const { timeline } = await readFiles('ascend-communication-json', [{ path, bytes: readSample(path) }]);
      const rows = plainRows(timeline.tables[0]);
      for (const total of rows.filter(({ name }) => name === 'Total Op Info')) {
        const ops = rows.filter(({ kind, group }) => kind === total.kind && group !== undefined);
        expect(isNear(sum(ops.map(({ elapseNs }) => Number(elapseNs))), Number(total.elapseNs))).toBe(true);
      }
    },
  );

  test.each(samplesLike(/^ascend\/torch.*\/communication_matrix\.json$/))(
    'of %s are a row for every pair of ranks',
    async (path) => {
      const bytes = readSample(path);
      const { timeline } = await readFiles('ascend-communication-json', [{ path, bytes }]);
      const [links] = timeline.tables;
      const document: Record<string, Record<string, Record<string, Record<string, Numbers>>>> = JSON.parse(
        new TextDecoder().decode(bytes),
      );
      const transfers = Object.values(document).flatMap((kinds) =>
        Object.values(kinds).flatMap((ops) => Object.values(ops).flatMap((op) => Object.values(op))),
      );
      expect(links.rowCount).toBe(transfers.length);
      const expected = sum(transfers.map((transfer) => transfer['Transit Time(ms)'])) * 1e6;
      expect(isNear(sum(column(links, 'transitNs')), expected)).toBe(true);
    },
  );
});

describe('settings', () => {
  const documents = samplesLike(/^ascend\/.*\/(profiler_info_\d+|profiler_metadata|info)\.json$/);

  test.each(documents)('of %s hold every single value', async (path) => {
    const bytes = readSample(path);
    const { timeline, diagnostics } = await readFiles('ascend-settings-json', [{ path, bytes }]);
    const leaves: string[] = [];
    JSON.parse(new TextDecoder().decode(bytes), (key, value: unknown) => {
      const isRankInGroup = key === 'group_name' || key === 'group_rank';
      if (typeof value === 'string' && value !== '' && !/^\d+$/.test(key) && !isRankInGroup) leaves.push(value);
      return value;
    });
    const settings = timeline.tables.find(({ kind }) => kind === 'settings')!;
    const values = plainRows(settings).map(({ value }) => value);
    expect(leaves.filter((leaf) => !values.includes(leaf))).toEqual([]);
    expect(diagnostics.list()).toEqual([]);
  });
});
