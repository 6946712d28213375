// Our numbers in the definitions of Ascend's tools against those tools' own: the lanes "Overlap Analysis" of timelines, and
// every column of step_trace_time.csv.
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { type DefinitionRow, definitionFigures } from '../../src/analysis/index.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { openRun } from '../../src/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import type { Run } from '../../src/timeline/index.ts';
import { plainSlices } from '../support/plain-timeline.ts';
import { ASCEND_TIMELINES, noticeWhenAbsent, readSample, samplesLike, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent("the numbers of Ascend's tools");

const open = async (path: string): Promise<Run> =>
  (await openRun([join(samplesRoot, path)], new NodeHost(), {}, new Diagnostics())).run;

/** The vendor rounds or cuts each of some hundred slices to whole ns before it adds them up. */
const SUM_US = 0.05;
/** It takes starts and ends as epoch microseconds in floating point, which are multiples of 0.25 us. */
const EPOCH_US = 0.25;
const TOLERANCE_US: Readonly<Record<string, number>> = { Stage: EPOCH_US, Preparing: EPOCH_US, Bubble: 0 };

function expectNear(row: DefinitionRow | undefined, vendorUs: number, what: string): void {
  const toleranceUs = TOLERANCE_US[what] ?? SUM_US;
  expect(Math.abs((row?.value ?? Number.NaN) - vendorUs), what).toBeLessThanOrEqual(toleranceUs);
}

/** A captured table beside ops of which our numbers can be made; test_rank_0 was edited by hand. */
const tables = samplesLike(/^ascend\/.*\/step_trace_time\.csv$/).filter(
  (path) =>
    !path.includes('test_rank_0') &&
    samplesLike(/(kernel_details\.csv|trace_view\.json)$/).some((each) => dirname(each) === dirname(path)),
);

describe.each(tables)('%s', (path) => {
  test('has the columns of each step', async () => {
    const run = await open(dirname(dirname(path)));
    const rows = definitionFigures('msprof', run).rows.filter(({ table }) => table.startsWith('step_trace_time'));
    const lines: Record<string, string>[] = parse(readSample(path), { columns: true, trim: true });
    const hasMarks = samplesLike(/trace_view\.json$/).some((each) => dirname(each) === dirname(path));
    expect(lines.length).toBeGreaterThan(0);
    for (const { Device_id: device, Step: step, ...columns } of lines) {
      const own = rows.filter((row) => row.step === step && (device === undefined || row.device === Number(device)));
      expect(own.map(({ figure }) => figure)).toEqual(Object.keys(columns));
      for (const [figure, vendorUs] of Object.entries(columns)) {
        const row = own.find((each) => each.figure === figure);
        // Only the framework's mark of a step says when it began to prepare it.
        if (figure === 'Preparing' && !hasMarks) expect(row?.value).toBeUndefined();
        else expectNear(row, Number(vendorUs), figure);
      }
    }
  });
});

describe.each(samplesLike(ASCEND_TIMELINES))('%s', (path) => {
  test('has the lanes of Overlap Analysis', async () => {
    const run = await open(path);
    const rows = definitionFigures('msprof', run).rows.filter(({ table }) => table.startsWith('Overlap Analysis'));
    const lanes = plainSlices(run.shards[0].timeline).filter(({ process }) => process === 'Overlap Analysis');
    expect(lanes.length).toBeGreaterThan(0);
    for (const row of rows) {
      const ofLane = lanes.filter(({ track }) => track === row.figure);
      expectNear(row, ofLane.reduce((sum, { durNs }) => sum + durNs, 0) / 1000, row.figure);
    }
    expect(rows.length).toBe(4);
  });
});
