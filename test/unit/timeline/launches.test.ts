// Launch times of ops whose launches are no slices.
import { describe, expect, test } from 'vitest';
import { cutTimeline } from '../../../src/timeline/cut.ts';
import { assertIntegrity, type Timeline } from '../../../src/timeline/index.ts';
import { LAUNCH_COLUMN, withLaunchTimes } from '../../../src/timeline/launches.ts';
import { readEvents, readFiles } from '../../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesAbsent } from '../../support/samples.ts';

noticeWhenAbsent('launch times of a capture on level 0');

const op = (ts: number, dur = 2): object => ({ ph: 'X', name: 'op', pid: 2, tid: 2, ts, dur });
const launch = (id: number, ts: number, to: number): object[] => [
  { ph: 's', name: 'l', cat: 'HostToDevice', id, pid: 1, tid: 1, ts },
  { ph: 'f', bp: 'e', name: 'l', cat: 'HostToDevice', id, pid: 2, tid: 2, ts: to },
];

async function launchTimes(events: object[]): Promise<{ timeline: Timeline; at: (slice: number) => number }> {
  const { timeline: read } = await readEvents('chrome-json', events);
  const timeline = withLaunchTimes(read);
  assertIntegrity(timeline);
  const column = timeline.slices.typed.get(LAUNCH_COLUMN);
  return { timeline, at: (slice) => column?.at(slice) ?? Number.NaN };
}

describe('an arrow that begins at no slice', () => {
  test('tells when its op was launched', async () => {
    const { at } = await launchTimes([op(10), op(20), ...launch(1, 4, 10), ...launch(2, 5, 20)]);
    expect([at(0), at(1)]).toEqual([0, 1000]);
  });

  test('of several before an op, the last counts', async () => {
    const { at } = await launchTimes([op(10), ...launch(1, 4, 10), ...launch(2, 6, 11), ...launch(3, 11, 12)]);
    expect(at(0)).toBe(2000);
  });

  test('still does in a part of the timeline', async () => {
    const { timeline } = await launchTimes([op(10), op(20), ...launch(1, 4, 10), ...launch(2, 5, 20)]);
    const cut = cutTimeline(timeline, { fromNs: 15_000, toNs: 30_000 });
    expect(cut.slices.typed.get(LAUNCH_COLUMN)?.at(0)).toBe(1000);
  });
});

test('an arrow that begins at a slice needs no such column', async () => {
  const caller = { ph: 'X', name: 'call', pid: 1, tid: 1, ts: 3, dur: 3 };
  const { timeline } = await launchTimes([caller, op(10), ...launch(1, 4, 10)]);
  expect(timeline.slices.typed.has(LAUNCH_COLUMN)).toBe(false);
});

test.skipIf(samplesAbsent)('a real capture on level 0 has a launch for every kernel', async () => {
  const path = 'ascend/torch_npu-ddp/level0/rank0_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json';
  const { timeline: read } = await readFiles('ascend-msprof-json', [{ path, bytes: readSample(path) }]);
  const { slices, tracks } = withLaunchTimes(read);
  const launches = slices.typed.get(LAUNCH_COLUMN)!;
  const kernels = Array.from(slices.track.keys()).filter((row) => tracks[slices.track[row]].name === 'Stream 2');
  const launched = kernels.filter((row) => !Number.isNaN(launches.at(row)));
  // 187 kernels, and what else is launched to their stream.
  expect(launched.length).toBeGreaterThanOrEqual(187);
});
