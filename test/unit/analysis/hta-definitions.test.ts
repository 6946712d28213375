import { describe, expect, test } from 'vitest';
import { definitionFigures } from '../../../src/analysis/index.ts';
import type { Run } from '../../../src/timeline/index.ts';
import { deviceSlice, hostSlice, kinetoText, launched } from '../../support/kineto-events.ts';
import { plantedRun } from '../../support/planted-run.ts';
import { readText } from '../../support/reading.ts';
import { runOf } from '../../support/runs.ts';

const runOfEvents = async (...ranks: readonly (readonly object[])[]): Promise<Run> => {
  const read = async (events: readonly object[], rank: number) =>
    (await readText('torch-kineto', kinetoText(events, { distributedInfo: { rank } }))).timeline;
  return runOf(...(await Promise.all(ranks.map(read))));
};

/** The numbers of a table as "stream subject figure": value, without what does not apply. */
function tableOf(run: Run, table: string): Record<string, number | undefined> {
  const { rows } = definitionFigures('hta', run);
  return Object.fromEntries(
    rows
      .filter((row) => row.table === table)
      .map(({ stream, step, subject, figure, value }) => [
        [stream, step, subject, figure].filter((word) => word !== undefined).join(' '),
        value,
      ]),
  );
}

describe('slices', () => {
  test('start with the next whole microsecond and end with the last, so that short ones last less than nothing', async () => {
    const run = await runOfEvents([
      ...launched(1, 'long', 7, [0, 2], [10.25, 20.75]),
      ...launched(2, 'short', 7, [3, 4], [30.25, 30.75]),
    ]);
    expect(tableOf(run, 'temporal breakdown')).toMatchObject({ kernel_time: 30 - 11, compute_time: 9 - 1 });
  });

  test('of the last step are dropped, and those that no call launched', async () => {
    const run = await runOfEvents([
      hostSlice('user_annotation', 'ProfilerStep#1', [0, 100]),
      hostSlice('user_annotation', 'ProfilerStep#2', [100, 200]),
      ...launched(1, 'first', 7, [10, 12], [20, 30]),
      deviceSlice('kernel', 'unlinked', 7, [40, 50], { correlation: 77 }),
      ...launched(2, 'late end of the first', 7, [99, 101], [150, 160]),
      ...launched(3, 'second', 7, [100, 102], [170, 180]),
    ]);
    expect(tableOf(run, 'temporal breakdown')).toMatchObject({ kernel_time: 160 - 20, compute_time: 20 });
    expect(tableOf(run, 'profiler steps')).toEqual({ '1 duration': 100 });
  });

  test('of a single step all count', async () => {
    const run = await runOfEvents([
      hostSlice('user_annotation', 'ProfilerStep#1', [0, 100]),
      ...launched(1, 'first', 7, [10, 12], [20, 30]),
      deviceSlice('kernel', 'unlinked', 7, [40, 50], { correlation: 77 }),
    ]);
    expect(tableOf(run, 'temporal breakdown')).toMatchObject({ kernel_time: 30, idle_time: 10 });
  });
});

test('kernels and copies of Moore Threads and Biren are of the types that those of NVIDIA are', async () => {
  const names = [
    'mcclKernel_AllReduce',
    'bcclKernel_AllReduce',
    'MemTransfer(d2d)',
    'Memcpy1 HtoD (Pageable -> Device)',
  ];
  const run = await runOfEvents(
    names.flatMap((name, at) => launched(at + 1, name, 7, [10 * at, 10 * at + 1], [10 * at + 5, 10 * at + 9])),
  );
  expect(tableOf(run, 'temporal breakdown')).toMatchObject({ compute_time: 0, non_compute_time: 16 });
  expect(tableOf(run, 'kernel type breakdown')).toMatchObject({ 'COMMUNICATION sum': 8, 'MEMORY sum': 8 });
});

const OVERLAPPING = [
  ...launched(1, 'gemm', 7, [0, 1], [10, 30]),
  ...launched(2, 'ncclKernel_AllReduce', 20, [2, 3], [20, 60]),
];

test('types are told by name and share the time in every combination, over all ranks', async () => {
  const alone = launched(1, 'Memcpy DtoH', 7, [0, 1], [10, 30]);
  expect(tableOf(await runOfEvents(OVERLAPPING, alone), 'kernel type breakdown')).toEqual({
    'COMMUNICATION sum': 30,
    'COMMUNICATION percentage': 42.9,
    'MEMORY sum': 20,
    'MEMORY percentage': 28.6,
    'COMPUTATION sum': 10,
    'COMPUTATION percentage': 14.3,
    'COMPUTATION overlapping COMMUNICATION sum': 10,
    'COMPUTATION overlapping COMMUNICATION percentage': 14.3,
  });
});

test('the overlap is a share of communication, and unknown without any', async () => {
  const table = 'communication computation overlap';
  expect(tableOf(await runOfEvents(OVERLAPPING), table)).toEqual({ comp_comm_overlap_pctg: 25 });
  expect(tableOf(await runOfEvents(OVERLAPPING.slice(0, 2)), table)).toEqual({ comp_comm_overlap_pctg: undefined });
});

test('idle time is that of the host, of the pause between kernels, or other', async () => {
  const run = await runOfEvents([
    ...launched(1, 'first', 7, [0, 1], [10, 20]),
    ...launched(2, 'soon after', 7, [2, 3], [49, 60]),
    ...launched(3, 'launched late', 7, [61, 62], [70, 80]),
    ...launched(4, 'launched in time', 7, [63, 64], [110, 120]),
    deviceSlice('cuda_sync', 'Stream Wait Event', 7, [80, 109]),
  ]);
  expect(tableOf(run, 'idle time breakdown')).toEqual({
    '7 host_wait idle_time': 10,
    '7 host_wait idle_time_ratio': 14,
    '7 kernel_wait idle_time': 29,
    '7 kernel_wait idle_time_ratio': 42,
    '7 other idle_time': 30,
    '7 other idle_time_ratio': 43,
  });
});

test('a queue grows with launches and shrinks with starts, the launch first where both are at once', async () => {
  const run = await runOfEvents([
    ...launched(1, 'a', 7, [0, 1], [10, 20]),
    ...launched(2, 'b', 7, [5, 6], [20, 30]),
    ...launched(3, 'c', 7, [20, 21], [40, 50]),
  ]);
  expect(tableOf(run, 'queue length')).toMatchObject({ '7 count': 6, '7 max': 2, '7 min': 0, '7 mean': 7 / 6 });
});

test('bandwidth is the sum of the copies of a kind under way', async () => {
  const copy = (ts: number, end: number, bandwidth: number | string): object =>
    deviceSlice('gpu_memcpy', 'Memcpy HtoD (Pageable -> Device)', 7, [ts, end], {
      correlation: ts,
      'memory bandwidth (GB/s)': bandwidth,
    });
  const run = await runOfEvents([copy(10, 20, 4), copy(15, 25, 2), copy(30, 30, 'N/A')]);
  expect(tableOf(run, 'memory bandwidth')).toMatchObject({
    'Memcpy HtoD count': 3,
    'Memcpy HtoD mean': 4,
    'Memcpy HtoD max': 6,
  });
});

test('launches have the length of call and kernel, and the time between, which is not below nothing', async () => {
  const run = await runOfEvents([
    ...launched(1, 'a', 7, [0, 4], [10, 12]),
    ...launched(2, 'b', 7, [5, 65], [60, 61]),
    hostSlice('cuda_runtime', 'cudaMalloc', [70, 90], { correlation: 3 }),
  ]);
  expect(tableOf(run, 'kernel launch statistics')).toMatchObject({
    'cpu_duration count': 2,
    'cpu_duration max': 60,
    'gpu_duration mean': 1.5,
    'launch_delay min': 0,
    'launch_delay max': 6,
    'short kernels': 1,
    'runtime outliers': 1,
    'launch delay outliers': 0,
  });
});

test('a run that does not say what launched what has none of these numbers', async () => {
  const run = await plantedRun([{ rank: 0, tasks: [{ name: 'MatMul', stream: 2, startNs: 0, endNs: 10 }] }]);
  expect(definitionFigures('hta', run)).toEqual({ definition: 'hta', rows: [] });
});
