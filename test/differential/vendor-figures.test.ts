// What the vendor's own tools say about their captures, against what we read from the timelines of the same captures.
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { NONE, type Timeline } from '../../src/timeline/index.ts';
import { fractionOf, roundedNs } from '../support/exact-decimal.ts';
import { plainSlices, rowNumbers } from '../support/plain-timeline.ts';
import { readFiles } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesAbsent, samplesLike } from '../support/samples.ts';

noticeWhenAbsent("the vendor's figures");

const captures = samplesLike(/torch_npu-ddp\/.*\/trace_view\.json$/);

const read = async (path: string): Promise<Timeline> => {
  const { timeline } = await readFiles('ascend-msprof-json', [{ path, bytes: readSample(path) }]);
  return timeline;
};

/** Rows of a CSV file as objects. The quoted cells of these files hold commas, but no line breaks. */
function csvRows(path: string): Record<string, string>[] {
  const lines = new TextDecoder().decode(readSample(path)).trim().split(/\r?\n/);
  const [header, ...rows] = lines.map((line) =>
    [...line.matchAll(/("[^"]*")+|[^,]+|(?<=,|^)(?=,|$)/g)].map(([cell]) => cell.trim()),
  );
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name, cells[index]])));
}

const ns = (micros: string): bigint => roundedNs(fractionOf(micros));

describe.each(captures)('%s', (path) => {
  const beside = (name: string): string => join(dirname(path), name);

  test('has every kernel of kernel_details.csv, at its time within 1 ns', async () => {
    const slices = plainSlices(await read(path));
    const durations = new Map(slices.map((slice) => [`${slice.name} ${slice.startNs}`, BigInt(slice.durNs)]));
    const kernels = csvRows(beside('kernel_details.csv'));
    expect(kernels.length).toBe(191);
    for (const kernel of kernels) {
      // The table holds whole ns: cut for collectives, where the timeline rounds.
      const startNs = ns(kernel['Start Time(us)']);
      const durNs = durations.get(`${kernel.Name} ${startNs}`) ?? durations.get(`${kernel.Name} ${startNs + 1n}`);
      expect(durNs, `${kernel.Name} at ${startNs}`).toBeDefined();
      expect(Math.abs(Number(durNs! - ns(kernel['Duration(us)']))), kernel.Name).toBeLessThanOrEqual(1);
    }
  });

  test('has the computing, communication and free time of step_trace_time.csv to the ns', async () => {
    const slices = plainSlices(await read(path)).filter(({ process }) => process === 'Overlap Analysis');
    const [step] = csvRows(beside('step_trace_time.csv'));
    for (const row of ['Computing', 'Communication', 'Communication(Not Overlapped)', 'Free']) {
      const ofRow = slices.filter(({ track }) => track === row);
      expect(
        ofRow.reduce((sum, { durNs }) => sum + BigInt(durNs), 0n),
        row,
      ).toBe(ns(step[row]));
    }
  });
});

describe.skipIf(samplesAbsent)('the capture of which other tools lose a part', () => {
  const [path] = samplesLike(/torch_npu-ddp\/level1\/rank0_ascend_pt\/.*trace_view\.json$/);

  test('keeps all its slices, their whole time and every arrow with both its ends', async () => {
    const { slices, flows } = await read(path);
    const totalNs = slices.durNs.reduce((sum, durNs) => sum + BigInt(durNs), 0n);
    expect(slices.length).toBe(4384);
    expect(totalNs / 1000n).toBe(3_623_631n);
    const bound = rowNumbers(flows.length).filter(
      (row) => flows.fromSlice[row] !== NONE && flows.toSlice[row] !== NONE,
    );
    expect([flows.length, bound.length]).toEqual([611, 611]);
  });
});

describe.each(['rank0', 'rank1'])('%s of two', (rank) => {
  const [path] = samplesLike(new RegExp(`torch_npu-ddp/level1/${rank}_ascend_pt/.*trace_view\\.json$`));

  test.skipIf(samplesAbsent)('has the device of its rank on every device layer, and one host process', async () => {
    const { processes } = await read(path);
    const devices = processes.filter(({ side }) => side === 'device').map(({ device }) => device);
    expect(new Set(devices)).toEqual(new Set([Number(rank.at(-1))]));
    expect(new Set(processes.map(({ osPid }) => osPid)).size).toBe(1);
  });
});
