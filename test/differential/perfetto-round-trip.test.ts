// What we write as a Perfetto trace comes back: every process, track, lane, slice, sample, arrow and all args.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { titledCaptures } from '../support/fixtures.ts';
import { readFiles } from '../support/reading.ts';
import { perfettoBytes, readPerfetto, runLines, timelineLines } from '../support/round-trip.ts';
import { runOf } from '../support/runs.ts';
import { noticeWhenAbsent, samplesLike, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent('round trips of real captures');

const withEvents = titledCaptures().filter(
  ({ capture }) => !/settings|table-csv|communication|analysis-db|vllm/.test(capture.readerId),
);

describe.each(withEvents)('$title', ({ capture }) => {
  test.each([false, true])('comes back, absolute times: %s', async (absoluteTime) => {
    const { timeline } = await readFiles(capture.readerId, capture.files);
    const again = await readPerfetto(await perfettoBytes(runOf(timeline), { absoluteTime }), 1000);
    expect(again.diagnostics.list()).toEqual([]);
    const withColumns = /msprof-json|kineto|perfetto/.test(capture.readerId);
    expect(await timelineLines(again.timeline, withColumns)).toEqual(await timelineLines(timeline, withColumns));
    if (!absoluteTime) expect([...again.timeline.metadata]).toEqual([...timeline.metadata]);
  });
});

const host = new NodeHost();
afterAll(() => host.close());
const folders = ['msprof-2026', 'torch_npu-ddp', 'torch_npu-ddp-db', 'torch_npu-llm-pp2']
  .map((name) => join('ascend', name))
  .filter((path) => existsSync(join(samplesRoot, path)));
const samples = [
  ...folders,
  ...samplesLike(/^ascend\/.*\/(trace_view|msprof_\d+)\.json$|^torch\/.*\.json(\.gz)?$/),
].filter((path) => !/summary|expected-by/.test(path));

describe.skipIf(samples.length === 0)('real captures', () => {
  test.each(samples)('%s', { timeout: 120_000 }, async (path) => {
    const { run } = await openRun([join(samplesRoot, path)], host, {}, new Diagnostics());
    const again = await readPerfetto(await perfettoBytes(run), 1 << 20);
    expect(again.diagnostics.list()).toEqual([]);
    const [found, wanted] = [await timelineLines(again.timeline), await runLines(run)];
    // Comparing by line says at once where a difference is.
    const different = wanted.findIndex((line, i) => line !== found[i]);
    expect(found[different]).toBe(wanted[different]);
    expect(found.length).toBe(wanted.length);
  });
});
