import { describe, expect, it } from 'vitest';
import { asked, viewedFixture, viewedPlanted } from '../../../support/viewed-runs.ts';
import type { PlantedRank } from '../../../support/planted-run.ts';

const RANK: PlantedRank = {
  rank: 3,
  tasks: [
    { name: 'MatMul', stream: 2, startNs: 1_000, endNs: 5_000 },
    { name: 'MatMul', stream: 2, startNs: 6_000, endNs: 9_000 },
  ],
  ranges: [
    { name: 'ProfilerStep#1', startNs: 0, endNs: 5_500 },
    { name: 'ProfilerStep#2', startNs: 5_500, endNs: 10_000 },
    { name: 'aten::mm', startNs: 100, endNs: 200 },
    { name: 'aten::empty', startNs: 120, endNs: 150 },
  ],
  samples: [{ counter: 'HBM', series: 'Used(B)', timeNs: 10, value: 5 }],
};

describe('what there is to be seen', () => {
  it('is tracks with their rows, in groups of hosts and devices', async () => {
    const { json } = await asked(await viewedPlanted(RANK), 'run', {});
    expect(json.groups.map(({ rank, device }) => [rank, device])).toEqual([
      [3, -1],
      [3, 0],
    ]);
    const shown = json.tracks
      .filter(({ sliceCount, sampleCount }) => sliceCount + sampleCount > 0)
      .map(({ group, name, kind, rowCount, sliceCount, sampleCount }) => {
        return [group, name, kind, rowCount, sliceCount, sampleCount];
      });
    expect(shown).toEqual([
      // The second operator is two deep in a step.
      [0, 'Thread 7', 'thread', 3, 4, 0],
      [1, 'Stream 2', 'stream', 1, 2, 0],
      [1, 'HBM', 'counter', 0, 0, 1],
    ]);
    expect(json).toMatchObject({ name: 'run', endNs: 10_000, sliceCount: 6 });
    expect(BigInt(json.originNs)).toBeGreaterThan(0n);
  });

  it('is devices, called as their tracks are, and their steps', async () => {
    const { json } = await asked(await viewedPlanted(RANK, { ...RANK, rank: 4 }), 'run', {});
    expect(json.devices.map(({ rank }) => rank)).toEqual([3, 4]);
    for (const [number, { label }] of json.devices.entries()) {
      expect(label).toContain(`rank ${number + 3}`);
      expect(json.groups.find(({ device }) => device === number)?.label).toBe(label);
    }
    expect(json.steps.map(({ device, id }) => [device, id])).toEqual([
      [0, '1'],
      [0, '2'],
      [1, '1'],
      [1, '2'],
    ]);
  });

  it('is what was not as it should be, the worst first', async () => {
    const { json } = await asked(await viewedFixture('ascend-msprof-json/truncated'), 'run', {});
    expect(json.diagnostics.length).toBeGreaterThan(0);
    expect(json.diagnostics[0]).toMatch(/: 1 \(.*\)$/);
  });

  it('is nothing where nothing was captured', async () => {
    const { json } = await asked(await viewedPlanted({ rank: 0, tasks: [] }), 'run', {});
    expect(json).toMatchObject({ sliceCount: 0, devices: [], steps: [] });
  });
});
