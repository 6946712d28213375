// The op table of a run against the timeline of the same run: two exports of one thing, op by op.
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { NONE, type Timeline } from '../../src/timeline/index.ts';
import { exactTimes } from '../support/exact-decimal.ts';
import { titledCaptures } from '../support/fixtures.ts';
import { plainSlices } from '../support/plain-timeline.ts';
import { readFiles, type TestFile } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesLike } from '../support/samples.ts';

noticeWhenAbsent('op tables against timelines of real captures');

interface Op {
  readonly name: string;
  readonly startNs: number;
  readonly durNs: number;
}

/** Ops by device task, or those of collectives by their order. */
function opsOf(timeline: Timeline, isOp: (slice: number) => boolean): Map<string, Op> {
  const { slices, strings, originNs } = timeline;
  const [stream, task] = [slices.typed.get('streamId'), slices.typed.get('taskId')];
  const ops = new Map<string, Op>();
  for (let i = 0; i < slices.length; i++) {
    if (!isOp(i)) continue;
    const start = Number(originNs - BASE_NS) + slices.startNs[i];
    const key = `${stream?.at(i)} ${task?.at(i)} ${Math.round(start / 1000)}`;
    ops.set(key, { name: strings.get(slices.name[i]), startNs: start, durNs: slices.durNs[i] });
  }
  return ops;
}

/** Keeps differences of epoch times exact in a number. */
const BASE_NS = 1_736_405_443_000_000_000n;

const OP_TABLES = /(op_summary|kernel_details)[^/]*\.csv$/;

/** By a CSV parser that is not ours, and bigint arithmetic. */
async function expectExactTimes(file: TestFile): Promise<void> {
  const { timeline } = await readFiles('ascend-op-csv', [file]);
  const rows: Record<string, string>[] = parse(file.bytes, {
    bom: true,
    columns: true,
    relax_column_count: true,
    trim: true,
  });
  const timesOf = (row: Record<string, string>): string => {
    const cellOf = (name: RegExp): string => row[Object.keys(row).find((key) => name.test(key)) ?? ''] ?? '';
    const { startNs, endNs } = exactTimes(cellOf(/Start Time/), cellOf(/Duration/));
    return `${startNs} ${endNs}`;
  };
  const found = plainSlices(timeline).map(({ startNs, durNs }) => `${startNs} ${startNs + BigInt(durNs)}`);
  expect(found.sort()).toEqual(rows.map(timesOf).sort());
}

const tables = samplesLike(/torch_npu-ddp\/level1\/.*\/kernel_details\.csv$/);

describe('the kernels of a table', () => {
  test.each(tables)('%s are those of the timeline beside it, within 1 ns', async (path) => {
    const timelinePath = path.replace('kernel_details.csv', 'trace_view.json');
    const table = await readFiles('ascend-op-csv', [{ path, bytes: readSample(path) }]);
    const json = await readFiles('ascend-msprof-json', [{ path: timelinePath, bytes: readSample(timelinePath) }]);
    const kinds = json.timeline.tracks.map(({ kind }) => kind);
    const inTimeline = opsOf(json.timeline, (i) => kinds[json.timeline.slices.track[i]] === 'stream');
    const tableKinds = table.timeline.tracks.map(({ kind }) => kind);
    const kernels = opsOf(table.timeline, (i) => tableKinds[table.timeline.slices.track[i]] === 'stream');
    expect(kernels.size).toBe(187);
    for (const [key, op] of kernels) {
      const other = inTimeline.get(key);
      expect(other?.name, key).toBe(op.name);
      expect(Math.abs(op.startNs - (other?.startNs ?? 0)), key).toBeLessThanOrEqual(1);
      expect(Math.abs(op.durNs - (other?.durNs ?? 0)), key).toBeLessThanOrEqual(1);
    }
  });

  test.each(samplesLike(OP_TABLES))(
    '%s start and end at the digits of the file, rounded half up to the ns',
    async (path) => {
      await expectExactTimes({ path, bytes: readSample(path) });
    },
  );

  const fixtures = titledCaptures().filter(({ title }) => /^ascend-op-csv\/(decode|level0)/.test(title));
  test.each(fixtures)('$title start and end at the digits of the file', async ({ capture }) => {
    await expectExactTimes(capture.files[0]);
  });

  test.each(samplesLike(OP_TABLES))('%s are all there', async (path) => {
    const bytes = readSample(path);
    const { timeline } = await readFiles('ascend-op-csv', [{ path, bytes }]);
    const lines = new TextDecoder()
      .decode(bytes)
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(timeline.slices.length).toBe(lines.length - 1);
    expect(timeline.slices.track.includes(NONE)).toBe(false);
  });
});
