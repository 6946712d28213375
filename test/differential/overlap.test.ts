// Computing, communication and idle time worked out from ops against what the vendor's tools say of the same captures.
// They may differ by 1 ns per interval (or op of a sum): device ticks are no whole ns, and the vendor rounds or cuts each
// slice before it adds them up, where the timeline rounds start and end.
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import {
  deviceKey,
  deviceOverlaps,
  opTypeKey,
  opTypeTimes,
  type OverlapTotals,
  type VendorFigure,
  vendorFigures,
  type WindowRule,
} from '../../src/analysis/index.ts';
import { NONE, type Run, type Table } from '../../src/timeline/index.ts';
import { fractionOf, roundedNs } from '../support/exact-decimal.ts';
import { readRun, runOf, tableOf } from '../support/runs.ts';
import { ASCEND_TIMELINES, noticeWhenAbsent, readSample, samplesAbsent, samplesLike } from '../support/samples.ts';

noticeWhenAbsent("the vendor's computing, communication and free times");

const READERS = { json: 'ascend-msprof-json', csv: 'ascend-op-csv' };

/** Edited by hand: of the step's ops most are missing. */
const EDITED = /torch_npu-2023\/test_rank_0/;

function csvRows(path: string): Record<string, string>[] {
  return parse(readSample(path), { columns: true, bom: true, trim: true, relax_column_count: true });
}

const ns = (micros: string): number => Number(roundedNs(fractionOf(micros)));

function stepTimes(path: string): Table {
  const rows = csvRows(path).map((row) => ({
    ...(row.Device_id === undefined ? {} : { device: Number(row.Device_id) }),
    step: row.Step,
    computingNs: ns(row.Computing),
    exposedCommunicationNs: ns(row['Communication(Not Overlapped)']),
    overlappedNs: ns(row.Overlapped),
    communicationNs: ns(row.Communication),
    freeNs: ns(row.Free),
  }));
  return tableOf('step-times', path, rows);
}

function opStatistic(path: string): Table {
  const rows = csvRows(path).map((row) => ({
    ...(row.Device_id === undefined ? {} : { device: Number(row.Device_id) }),
    opType: row['OP Type'],
    coreType: row['Core Type'],
    count: Number(row.Count),
    totalNs: ns(row['Total Time(us)']),
    minNs: ns(row['Min Time(us)']),
    meanNs: ns(row['Avg Time(us)']),
    maxNs: ns(row['Max Time(us)']),
  }));
  return tableOf('op-statistic', path, rows);
}

async function read(path: string, tables: readonly Table[] = []): Promise<Run> {
  const rank = Number(/rank_?(\d+)/.exec(path)?.[1] ?? NONE);
  const reader = path.endsWith('.csv') ? READERS.csv : READERS.json;
  return readRun(reader, [{ path, bytes: readSample(path) }], { rank, tables });
}

function expectAgreement(figures: readonly VendorFigure[]): void {
  for (const { figure, opType, core, step, differenceNs, roundingNs } of figures) {
    const what = `${figure} ${opType} ${core} ${step}`;
    expect(differenceNs, what).toBeDefined();
    expect(Math.abs(differenceNs!), what).toBeLessThanOrEqual(roundingNs);
  }
}

describe.each(samplesLike(ASCEND_TIMELINES))('%s', (path) => {
  test('has the times of its own lanes, in the window of its version', async () => {
    const figures = vendorFigures(await read(path));
    expect(figures.map(({ figure }) => figure).sort()).toEqual([
      'communication',
      'computing',
      'exposed communication',
      'free',
    ]);
    expectAgreement(figures);
    const window = path.includes('msprof-2026') ? 'vendor-2026' : 'first-to-last';
    expect(new Set(figures.map((each) => each.window))).toEqual(new Set([window]));
  });
});

const stepTables = samplesLike(/^ascend\/.*\/step_trace_time\.csv$/).filter((path) => !EDITED.test(path));
const beside = (path: string, name: string): string[] =>
  samplesLike(/./).filter((each) => each === join(dirname(path), name));
const withOps = (tables: readonly string[], names: readonly string[]): { ops: string; table: string }[] =>
  tables.flatMap((table) => names.flatMap((name) => beside(table, name)).map((ops) => ({ ops, table })));

describe.each(withOps(stepTables, ['trace_view.json', 'kernel_details.csv']))('$ops', ({ ops, table }) => {
  test('has the times of step_trace_time.csv', async () => {
    const figures = vendorFigures(await read(ops, [stepTimes(table)])).filter(({ source }) => source === table);
    expect(figures.map(({ figure }) => figure)).toEqual([
      'computing',
      'communication',
      'exposed communication',
      'overlapped',
      'free',
    ]);
    expectAgreement(figures);
    expect(figures.every(({ window }) => window === 'first-to-last')).toBe(true);
  });
});

describe.each(withOps(samplesLike(/^ascend\/.*\/op_statistic\.csv$/), ['kernel_details.csv']))(
  '$ops',
  ({ ops, table }) => {
    test('has the count, total, shortest, mean and longest of each type of op of op_statistic.csv', async () => {
      const statistic = opStatistic(table);
      const run = await read(ops, [statistic]);
      const figures = vendorFigures(run);
      expect(figures.length).toBe(4 * statistic.rowCount);
      expectAgreement(figures);
      const [overlap] = deviceOverlaps(run);
      const ours = opTypeTimes(run).get(deviceKey(overlap));
      for (const row of csvRows(table)) {
        const key = opTypeKey(row['OP Type'], row['Core Type']);
        expect(ours?.get(key)?.count, key).toBe(Number(row.Count));
      }
    });
  },
);

describe.skipIf(samplesAbsent)('figures of captures that are known by heart', () => {
  const known = async (pattern: RegExp, rule: WindowRule): Promise<number[]> => {
    const [{ totals }] = deviceOverlaps(await read(samplesLike(pattern)[0]), rule);
    return [totals.computeNs, totals.communicationNs, totals.deviceIdleNs];
  };

  test('are those of the vendor, to the ns where device times are multiples of 20 ns', async () => {
    expect(await known(/llm-pp2\/rank_0_.*kernel_details\.csv$/, 'first-to-last')).toEqual([
      231_290_100, 420_174_260, 158_558_000,
    ]);
    expect(await known(/llm-pp2\/rank_2_.*kernel_details\.csv$/, 'first-to-last')).toEqual([
      400_448_260, 277_649_660, 131_705_280,
    ]);
    expect((await known(/msprof-2026\/.*msprof_\d+\.json$/, 'vendor-2026'))[2]).toBe(158_826_333);
  });

  test('stay what they are when a timeline and the op table of its ops are taken together', async () => {
    const folder = 'ascend/torch_npu-ddp/level1/rank0_ascend_pt/ASCEND_PROFILER_OUTPUT';
    const [timeline, table] = await Promise.all(
      [`${folder}/trace_view.json`, `${folder}/kernel_details.csv`].map((path) => read(path)),
    );
    const [alone] = deviceOverlaps(timeline);
    // The table does not say which device it is of; its folder does.
    const ops = table.shards[0].timeline;
    const processes = ops.processes.map((process) => ({ ...process, device: 0 }));
    const [together, ...others] = deviceOverlaps(runOf(timeline.shards[0].timeline, { ...ops, processes }));
    expect(others).toEqual([]);
    for (const figure of Object.keys(alone.totals) as (keyof OverlapTotals)[]) {
      expect(Math.abs(together.totals[figure] - alone.totals[figure]), figure).toBeLessThanOrEqual(191);
    }
  });
});
