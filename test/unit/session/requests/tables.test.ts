// What profilers' tables and counters add: communication and memory.
import { describe, expect, it } from 'vitest';
import { plantedRun } from '../../../support/planted-run.ts';
import { tableOf } from '../../../support/runs.ts';
import { asked, viewedPlanted, viewedRun } from '../../../support/viewed-runs.ts';
import type { Table } from '../../../../src/timeline/index.ts';

describe('communication', () => {
  const collective = (startNs: number, endNs: number, number = 1) => ({
    ...{ name: `hcom_allReduce__586_0_${number}`, startNs, endNs },
  });

  it('is waiting and transfer by what names begin with', async () => {
    const viewed = await viewedPlanted(
      { rank: 0, tasks: [], collectives: [collective(0, 100), collective(200, 230, 2)] },
      { rank: 1, tasks: [], collectives: [collective(60, 100), collective(200, 230, 2)] },
    );
    // The second rank comes 60 ns late to the first of them.
    expect((await asked(viewed, 'communication', {})).json).toEqual({
      collectives: [{ name: 'hcom_allReduce__586', count: 4, totalNs: 200, waitNs: 60, transferNs: 140 }],
      links: [],
    });
  });

  it('is bytes and bandwidth from rank to rank, the slowest first', async () => {
    const link = (fromRank: number, toRank: number, transitNs: number) => ({
      ...{ group: '17', name: 'a', step: '1', selection: '', transport: 'HCCS', fromRank, toRank },
      ...{ sizeBytes: 2e6, transitNs },
    });
    const run = await plantedRun([{ rank: 0, tasks: [], collectives: [collective(0, 100)] }]);
    const [shard] = run.shards;
    const tables = [tableOf('links', 'm.json', [link(0, 1, 1e5), link(1, 0, 2e5)])];
    const viewed = viewedRun({ ...run, shards: [{ ...shard, timeline: { ...shard.timeline, tables } }] });
    const { links } = (await asked(viewed, 'communication', {})).json;
    expect(links).toEqual([
      { group: '17', fromRank: 1, toRank: 0, transport: 'HCCS', sizeBytes: 2e6, durNs: 2e5, gigabytesPerSecond: 10 },
      { group: '17', fromRank: 0, toRank: 1, transport: 'HCCS', sizeBytes: 2e6, durNs: 1e5, gigabytesPerSecond: 20 },
    ]);
  });
});

describe('memory', () => {
  const sample = (counter: string, series: string) => ({ counter, series, timeNs: 0, value: 1 });

  it('is drawn by counters of how much is in use, not of how much is moved', async () => {
    const viewed = await viewedPlanted({
      rank: 0,
      tasks: [],
      samples: [
        sample('APP/HBM', 'KB'),
        sample('Read', 'HBM(MB/s)'),
        sample('PTA', 'Total Allocated(KB)'),
        sample('AI Core Freq', 'MHz'),
      ],
    });
    const { tracks, owners } = (await asked(viewed, 'memory', {})).json;
    const named = tracks.map((track) => {
      const { shard, track: own } = viewed.tracks[track];
      return shard.timeline.tracks[own].name;
    });
    expect(named.sort()).toEqual(['APP/HBM', 'PTA']);
    expect(owners).toBeNull();
  });

  it('is owned by what holds it when most is allocated', async () => {
    const run = await plantedRun([{ rank: 0, tasks: [{ name: 'a', stream: 1, startNs: 0, endNs: 1_000 }] }]);
    const [shard] = run.shards;
    const { originNs } = shard.timeline;
    const never = Number.NaN;
    const rows = [
      { name: 'aten::mm', sizeBytes: 600, allocationTime: 0, releaseTime: 50 },
      { name: 'aten::add', sizeBytes: 300, allocationTime: 50, releaseTime: never },
      { name: 'aten::add', sizeBytes: 200, allocationTime: 60, releaseTime: 90 },
      { name: 'aten::cat', sizeBytes: 500, allocationTime: 70, releaseTime: 80 },
      { name: 'aten::cat', sizeBytes: 900, allocationTime: never, releaseTime: 75 },
      { name: 'aten::cat', sizeBytes: -900, allocationTime: 70, releaseTime: 75 },
    ];
    const table: Table = {
      ...tableOf('allocations', 'operator_memory.csv', rows),
      device: 0,
      originNs: originNs + 40n,
    };
    const viewed = viewedRun({ ...run, shards: [{ ...shard, timeline: { ...shard.timeline, tables: [table] } }] });
    const { owners } = (await asked(viewed, 'memory', {})).json;
    const [{ label }] = (await asked(viewed, 'run', {})).json.devices;
    expect(owners?.columns.map(({ id }) => id)).toEqual(['device', 'op', 'count', 'size', 'ofPeak', 'at']);
    expect(owners?.rows).toEqual([
      [label, 'aten::add', 2, 500, 0.5, 110],
      [label, 'aten::cat', 1, 500, 0.5, 110],
    ]);
  });
});
