import { describe, expect, it } from 'vitest';
import { deviceTasks } from '../../../src/analysis/device-tasks.ts';
import { Launches } from '../../../src/analysis/launches.ts';
import { plantedRun } from '../../support/planted-run.ts';

describe('the launch of a task', async () => {
  const run = await plantedRun([
    {
      rank: 0,
      tasks: [
        {
          ...{ name: 'MatMul', stream: 2, startNs: 10_000, endNs: 20_000 },
          launch: { startNs: 4_000, endNs: 7_000 },
          operator: { name: 'aten::mm', startNs: 1_000, endNs: 8_000 },
        },
        { name: 'Add', stream: 2, startNs: 30_000, endNs: 31_000 },
      ],
    },
  ]);
  const launches = new Launches(run);
  const [{ streams, stream, slice }] = deviceTasks(run);
  const { timeline } = run.shards[0];

  it('is the call that the arrow comes from, and the operator that asked for it', () => {
    const launch = launches.of(streams[stream[0]].shard, slice[0]);
    // t = 0 is the first event, the operator's start
    expect(launch).toMatchObject({ startNs: 3_000, endNs: 6_000 });
    expect(timeline.strings.get(timeline.slices.name[launch?.call ?? -1])).toBe('Node@launch');
    expect(timeline.strings.get(timeline.slices.name[launch?.operator ?? -1])).toBe('aten::mm');
  });

  it('begins for the framework with the outermost call of the runtime around it', async () => {
    const nested = await plantedRun([
      {
        rank: 0,
        tasks: [{ name: 'Mul', stream: 2, startNs: 10_000, endNs: 20_000, launch: { startNs: 4_000, endNs: 7_000 } }],
        calls: [
          { name: 'AscendCL@aclnnMul', startNs: 0, endNs: 9_000 },
          { name: 'AscendCL@aclnnInner', startNs: 2_000, endNs: 8_000 },
        ],
      },
    ]);
    const [device] = deviceTasks(nested);
    const launch = new Launches(nested).of(device.streams[device.stream[0]].shard, device.slice[0]);
    expect(launch).toMatchObject({ calledNs: 0, startNs: 4_000, endNs: 7_000 });
  });

  it('is a part of the call where that launches one op after the other', async () => {
    const [names, startsNs] = [
      ['Cast', 'MatMul', 'MemSet'],
      [20_000, 40_000, 60_000],
    ];
    const tasks = names.map((name, at) => {
      const startNs = startsNs[at];
      return { name, stream: 2, startNs, endNs: startNs + 1_000, launchedAtNs: [3_000, 30_000, 30_000][at] };
    });
    const several = await plantedRun([
      { rank: 0, tasks, calls: [{ name: 'AscendCL@aclnnMm', startNs: 0, endNs: 50_000 }] },
    ]);
    const [device] = deviceTasks(several);
    const all = new Launches(several);
    const each = [0, 1, 2].map((task) => all.of(device.streams[device.stream[task]].shard, device.slice[task]));
    expect(each).toMatchObject([
      { calledNs: 0, startNs: 0, endNs: 3_000 },
      { calledNs: 0, startNs: 3_000, endNs: 30_000 },
      { calledNs: 0, startNs: 3_000, endNs: 30_000 },
    ]);
  });

  it('is unknown where no arrow leads to it', () => {
    expect(launches.of(streams[stream[1]].shard, slice[1])).toBeUndefined();
  });
});

describe('the tasks of a device', async () => {
  const run = await plantedRun([
    {
      rank: 3,
      tasks: [
        { name: 'b', stream: 5, startNs: 20, endNs: 30 },
        { name: 'a', stream: 2, startNs: 10, endNs: 15 },
        { name: 'short', stream: 2, startNs: 20, endNs: 22 },
        { name: 'copy', stream: 7, startNs: 40, endNs: 50, taskType: 'MEMCPY_ASYNC' },
      ],
      collectives: [
        {
          name: 'hcom_allReduce__1_0_1',
          startNs: 12,
          endNs: 60,
          parts: [{ name: 'Notify_Wait', startNs: 12, endNs: 40 }],
        },
      ],
    },
  ]);
  const [tasks, ...others] = deviceTasks(run);

  it('are those of all its streams in the order of time, the longer first, without parts on planes', () => {
    const names = Array.from(tasks.name, (id) => tasks.texts.get(id));
    expect(names).toEqual(['a', 'hcom_allReduce__1_0_1', 'b', 'short', 'copy']);
    expect([...tasks.startNs]).toEqual([0, 2, 10, 10, 30]);
    expect([...tasks.endNs]).toEqual([5, 50, 20, 12, 40]);
    expect(tasks.rank).toBe(3);
    expect(others).toEqual([]);
  });
});
