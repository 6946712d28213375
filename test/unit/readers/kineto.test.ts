import { describe, expect, test } from 'vitest';
import { deviceTasks } from '../../../src/analysis/device-tasks.ts';
import { Launches } from '../../../src/analysis/launches.ts';
import { NONE, type Timeline } from '../../../src/timeline/index.ts';
import { deviceSlice, hostSlice, kinetoText, launched } from '../../support/kineto-events.ts';
import { rowNumbers } from '../../support/plain-timeline.ts';
import { readText } from '../../support/reading.ts';
import { runOf } from '../../support/runs.ts';

const read = async (events: readonly object[], members?: object): Promise<Timeline> =>
  (await readText('torch-kineto', kinetoText(events, members))).timeline;

/** Arrows as "call > slice"; "-" is no slice. */
function arrowsOf({ flows, slices, strings }: Timeline): string[] {
  const nameOf = (slice: number): string => (slice === NONE ? '-' : strings.get(slices.name[slice]));
  return rowNumbers(flows.length).map((row) => `${nameOf(flows.fromSlice[row])} > ${nameOf(flows.toSlice[row])}`);
}

const gemm = launched(7, 'gemm', 7, [10, 15], [20, 30]);

describe('tracks', () => {
  test('of a device are streams, but for what belongs to none', async () => {
    const { tracks, processes } = await read([
      ...gemm,
      deviceSlice('cuda_sync', 'Context Sync', -1, [30, 31]),
      hostSlice('cpu_op', 'aten::mm', [5, 16]),
    ]);
    expect(tracks.map(({ kind, stream, process }) => [kind, stream, processes[process].device])).toEqual([
      ['thread', NONE, NONE],
      ['stream', 7, 0],
      ['other', NONE, 0],
    ]);
  });

  test.each(['stream 7', 'stream 7 '])('say their stream as thread id "%s", too', async (tid) => {
    const { tracks } = await read([{ ...deviceSlice('Kernel', 'gemm', 7, [20, 30]), tid }]);
    expect(tracks.map(({ kind, stream }) => [kind, stream])).toEqual([['stream', 7]]);
  });
});

describe('the rank', () => {
  const ranksOf = async (members: object): Promise<number[]> => {
    const { processes } = await read(gemm, members);
    return [...new Set(processes.map(({ rank }) => rank))];
  };

  test('stands beside the events', async () => {
    expect(await ranksOf({ distributedInfo: { backend: 'nccl', rank: 3, world_size: 8 } })).toEqual([3]);
  });

  test.each([{}, { distributedInfo: 'nccl' }, { distributedInfo: { rank: -1 } }, { distributedInfo: { rank: '3' } }])(
    'is unknown of %o',
    async (members) => {
      expect(await ranksOf(members)).toEqual([NONE]);
    },
  );
});

describe('times', () => {
  test('count from the base where there is one', async () => {
    const text = kinetoText(gemm, { baseTimeNanoseconds: 0 }).replace(
      '"baseTimeNanoseconds":0',
      '"baseTimeNanoseconds":1745830000000000001',
    );
    const { timeline } = await readText('torch-kineto', text);
    expect(timeline.originNs).toBe(1_745_830_000_000_010_001n);
  });

  test('are of the epoch otherwise', async () => {
    expect((await read(gemm)).originNs).toBe(10_000n);
  });
});

describe('arrows', () => {
  test('lead from calls to slices of their correlation, whatever the arrows of the file say', async () => {
    const host = { pid: 4711, tid: 4711, name: 'ac2g', cat: 'ac2g' };
    const device = { ...host, pid: 0, tid: 7 };
    const timeline = await read([
      ...gemm,
      ...launched(8, 'relu', 7, [16, 18], [31, 33]),
      { ph: 's', id: 7, ts: 10, ...host },
      { ph: 'f', bp: 'e', id: 7, ts: 31, ...device },
      { ph: 'f', bp: 'e', id: 8, ts: 31, ...device },
      { ph: 's', id: 99, ts: 17, ...host },
    ]);
    expect(arrowsOf(timeline)).toEqual(['cudaLaunchKernel > gemm', 'cudaLaunchKernel > relu']);
  });

  test('come from the outer call where runtime and driver share a correlation', async () => {
    const driver = hostSlice('musa_driver', 'muLaunchKernel', [11, 14], { correlation: 7 });
    expect(arrowsOf(await read([driver, ...gemm]))).toEqual(['cudaLaunchKernel > gemm']);
  });

  test('lead to every kernel of a graph', async () => {
    const timeline = await read([
      hostSlice('cuda_runtime', 'cudaGraphLaunch', [0, 5], { correlation: 9 }),
      deviceSlice('kernel', 'first', 7, [10, 11], { correlation: 9 }),
      deviceSlice('kernel', 'second', 7, [12, 13], { correlation: 9 }),
    ]);
    expect(arrowsOf(timeline)).toEqual(['cudaGraphLaunch > first', 'cudaGraphLaunch > second']);
  });

  test('of the file stay where no call can be told, and others always', async () => {
    const on = { pid: 4711, tid: 4711 };
    const forward = { name: 'fwdbwd', cat: 'fwdbwd', id: 1, ...on };
    const launch = { name: 'ac2g', cat: 'ac2g', id: 2 };
    const events = [
      hostSlice('cpu_op', 'forward', [0, 5]),
      hostSlice('cpu_op', 'backward', [6, 9]),
      { ph: 's', ts: 0, ...forward },
      { ph: 'f', bp: 'e', ts: 6, ...forward },
    ];
    const ofFile = [
      deviceSlice('kernel', 'unlinked', 7, [7, 8]),
      { ph: 's', ts: 1, ...launch, ...on },
      { ph: 'f', bp: 'e', ts: 7, ...launch, pid: 0, tid: 7 },
    ];
    expect(arrowsOf(await read([...events, ...ofFile]))).toEqual(['forward > backward', 'forward > unlinked']);
    expect(arrowsOf(await read([...events, ...gemm]))).toEqual(['forward > backward', 'cudaLaunchKernel > gemm']);
  });

  test('give the launch of a task, and the operator around its call', async () => {
    const timeline = await read([
      hostSlice('user_annotation', 'ProfilerStep#1', [0, 100]),
      hostSlice('cpu_op', 'aten::linear', [5, 20]),
      hostSlice('cpu_op', 'aten::addmm', [8, 17]),
      hostSlice('python_function', 'launch', [9, 16]),
      ...gemm,
      ...launched(8, 'without an operator', 7, [50, 52], [60, 61]),
    ]);
    const launches = new Launches(runOf(timeline));
    const [{ slice }] = deviceTasks(runOf(timeline));
    const nameOf = (row: number): string => (row === NONE ? '-' : timeline.strings.get(timeline.slices.name[row]));
    const found = [...slice].map((each) => launches.of(0, each)!);
    expect(found.map(({ startNs, endNs, operator }) => [startNs, endNs, nameOf(operator)])).toEqual([
      [10_000, 15_000, 'aten::addmm'],
      [50_000, 52_000, '-'],
    ]);
  });
});

test('annotations drawn around kernels are slices of the stream but no tasks of the device', async () => {
  const timeline = await read([...gemm, deviceSlice('gpu_user_annotation', 'ProfilerStep#1', 7, [19, 90])]);
  const [{ length, slice }] = deviceTasks(runOf(timeline));
  expect(timeline.slices.length).toBe(3);
  expect([length, slice.length]).toEqual([1, 1]);
  expect(timeline.strings.get(timeline.slices.name[slice[0]])).toBe('gemm');
});
