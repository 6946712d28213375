// Counters worked out of launches and copies, beside what the profiler recorded.
import { describe, expect, it } from 'vitest';
import { analyseRun, withDerivedCounters } from '../../../../src/analysis/index.ts';
import { assertIntegrity, type Run } from '../../../../src/timeline/index.ts';
import { deviceSlice, kinetoText, launched } from '../../../support/kineto-events.ts';
import { readRun } from '../../../support/runs.ts';

async function derived(events: readonly object[]): Promise<{ run: Run; with: Run }> {
  const bytes = new TextEncoder().encode(kinetoText(events));
  const run = await readRun('torch-kineto', [{ path: 'rank.json', bytes }]);
  return { run, with: withDerivedCounters(analyseRun(run)) };
}

const EVENTS = [
  { ph: 'C', name: 'used', pid: 0, tid: 0, ts: 5, args: { bytes: 7 } },
  ...launched(1, 'gemm', 7, [0, 10], [20, 30]),
  ...launched(2, 'gemm', 7, [5, 12], [30, 40]),
  deviceSlice('gpu_memcpy', 'Memcpy HtoD (Pinned -> Device)', 8, [10, 20], { bytes: 40_000, correlation: 9 }),
];

describe('derived counters', () => {
  it('stand behind the tracks of the timeline, on the device', async () => {
    const both = await derived(EVENTS);
    const [{ timeline }] = both.with.shards;
    assertIntegrity(timeline);
    const before = both.run.shards[0].timeline;
    expect(timeline.tracks.slice(0, before.tracks.length)).toEqual(before.tracks);
    const added = timeline.tracks.slice(before.tracks.length).map(({ name, unit, kind, process }) => {
      return [name, unit, kind, timeline.processes[process].side];
    });
    expect(added).toEqual([
      ['Queue length stream 7', '', 'counter', 'device'],
      ['Bandwidth Memcpy HtoD', 'GB/s', 'counter', 'device'],
    ]);
  });

  it('hold the length and the rate at each moment at which they change, and leave other samples as they are', async () => {
    const both = await derived(EVENTS);
    const [{ timeline }] = both.with.shards;
    const { counterRange, counters, tracks } = timeline;
    const samplesOf = (track: number): number[][] => {
      const rows = Array.from(
        { length: counterRange[track + 1] - counterRange[track] },
        (_, at) => counterRange[track] + at,
      );
      return rows.map((row) => [counters.timeNs[row] / 1000, counters.value[row]]);
    };
    expect(samplesOf(tracks.length - 2)).toEqual([
      [0, 1],
      [5, 2],
      [20, 1],
      [30, 0],
    ]);
    expect(samplesOf(tracks.length - 1)).toEqual([
      [10, 4],
      [20, 0],
    ]);
    const before = both.run.shards[0].timeline;
    expect(before.counters.length).toBe(1);
    expect(counters.value[0]).toBe(before.counters.value[0]);
  });

  it('are none where nothing is launched or copied', async () => {
    const both = await derived([deviceSlice('kernel', 'gemm', 7, [0, 10])]);
    expect(both.with).toBe(both.run);
  });
});
