import { describe, expect, test } from 'vitest';
import { deviceOverlaps, deviceWork, vendorFigures } from '../../src/analysis/index.ts';
import { NONE, type Run, type Table, type Timeline } from '../../src/timeline/index.ts';
import { layer, rowName, sliceAt } from '../support/device-events.ts';
import { eventArray, readFiles } from '../support/reading.ts';
import { runOf, tableOf } from '../support/runs.ts';

const [HARDWARE, HCCL, OVERLAP, PYTHON] = [640551328, 640551360, 640551392, 4242];

const hardware = layer(HARDWARE, 'Ascend Hardware', 'NPU 5');
const kernel = (startNs: number, endNs: number): object =>
  sliceAt(HARDWARE, 2, 'MatMul', startNs, endNs, { 'Task Type': 'AI_CORE' });
const collective = (startNs: number, endNs: number): object => sliceAt(HCCL, 1, 'hcom_allReduce_', startNs, endNs);
const copy = (startNs: number, endNs: number): object =>
  sliceAt(HARDWARE, 3, 'MEMCPY_ASYNC', startNs, endNs, { 'Task Type': 'MEMCPY_ASYNC' });

async function timelineOf(events: readonly object[], rank: number, tables: readonly Table[] = []): Promise<Timeline> {
  const bytes = new TextEncoder().encode(eventArray([...hardware, ...events]));
  const { timeline } = await readFiles('ascend-msprof-json', [{ path: 'trace_view.json', bytes }], { rank });
  return { ...timeline, tables };
}

const lanes = (...times: readonly (readonly [name: string, startNs: number, endNs: number])[]): object[] => [
  ...layer(OVERLAP, 'Overlap Analysis', 'NPU 5'),
  ...['Computing', 'Free'].map((name, tid) => rowName(OVERLAP, tid, name)),
  ...times.map(([name, from, to]) => sliceAt(OVERLAP, name === 'Free' ? 1 : 0, name, from, to)),
];

const brief = (run: Run): unknown[] =>
  vendorFigures(run).map(({ step, figure, vendorNs, oursNs, window }) => [step, figure, vendorNs, oursNs, window]);

describe('work of a device', () => {
  test('comes from all shards that know of it, each with its own shift, and from no other rank', async () => {
    const first = await timelineOf([kernel(0, 100)], 3);
    const second = await timelineOf([kernel(50, 200), kernel(400, 500)], 3);
    const otherRank = await timelineOf([kernel(0, 1000)], 4);
    const run = runOf(first, second, otherRank);
    const [shards] = [run.shards.map((shard, index) => (index === 1 ? { ...shard, shiftNs: 1000 } : shard))];
    const overlaps = deviceOverlaps({ ...run, shards });
    expect(overlaps.map(({ rank, device }) => [rank, device])).toEqual([
      [3, 5],
      [4, 5],
    ]);
    expect([...overlaps[0].compute]).toEqual([0, 100, 1000, 1150, 1350, 1450]);
    expect(overlaps[0].totals).toMatchObject({ windowNs: 1450, computeNs: 350, deviceIdleNs: 1100 });
  });

  test('of ranks that nobody knows is told apart by host', async () => {
    const timeline = await timelineOf([kernel(0, 100)], NONE);
    const run = runOf(timeline, timeline, timeline);
    const shards = run.shards.map((shard, index) => ({ ...shard, hostName: index < 2 ? 'node-a' : 'node-b' }));
    expect(deviceWork({ ...run, shards }).map(({ capture }) => capture)).toEqual(['node-a', 'node-b']);
  });

  test('is none where the device ran no op', async () => {
    expect(deviceWork(runOf(await timelineOf([copy(0, 100)], 0)))).toEqual([]);
  });

  test('bounds the window with ops of no length, too', async () => {
    const [{ totals }] = deviceOverlaps(runOf(await timelineOf([kernel(0, 0), kernel(10, 20), kernel(50, 50)], 0)));
    expect(totals).toMatchObject({ windowNs: 50, computeNs: 10, deviceIdleNs: 40 });
  });
});

describe('lanes of the vendor', () => {
  const ops = [copy(0, 30), kernel(100, 150), kernel(200, 260)];

  test('rest on the window in which its free time is ours', async () => {
    const narrow = await timelineOf([...ops, ...lanes(['Computing', 100, 150], ['Free', 150, 200])], 1);
    expect(brief(runOf(narrow))).toEqual([
      ['', 'computing', 50, 110, 'first-to-last'],
      ['', 'free', 50, 50, 'first-to-last'],
    ]);
    const wide = await timelineOf([...ops, ...lanes(['Free', 0, 100], ['Free', 150, 200])], 1);
    expect(brief(runOf(wide))).toContainEqual(['', 'free', 150, 150, 'vendor-2026']);
  });

  test('have differences, and how much of them rounding explains', async () => {
    const timeline = await timelineOf([...ops, ...lanes(['Computing', 100, 208])], 1);
    expect(vendorFigures(runOf(timeline))[0]).toEqual({
      ...{ rank: 1, device: 5, capture: undefined },
      ...{ step: '', figure: 'computing', opType: '', core: '' },
      ...{ vendorNs: 108, oursNs: 110, differenceNs: 2, roundingNs: 2 },
      ...{ source: 'part-0', window: 'first-to-last' },
    });
  });
});

describe('tables of steps', () => {
  const row = (step: string, device?: number): Record<string, string | number> => ({
    ...(device === undefined ? {} : { device }),
    ...{ step, computingNs: 100, communicationNs: 70, exposedCommunicationNs: 50, overlappedNs: 20, freeNs: 30 },
  });
  const marks = [
    ...layer(PYTHON, 'Python', 'CPU'),
    sliceAt(PYTHON, 7, 'ProfilerStep#1', 0, 1000),
    sliceAt(PYTHON, 7, 'ProfilerStep#2', 1000, 2000),
  ];
  const work = [
    ...layer(HCCL, 'HCCL', 'NPU 5'),
    kernel(10, 60),
    collective(40, 100),
    kernel(950, 1100),
    kernel(1500, 1600),
  ];

  test('give each step what starts in it, whole', async () => {
    const table = tableOf('step-times', 'step_trace_time.csv', [row('1'), row('2')]);
    expect(brief(runOf(await timelineOf([...work, ...marks], 1, [table])))).toEqual([
      ['1', 'computing', 100, 50 + 150, 'first-to-last'],
      ['1', 'communication', 70, 60, 'first-to-last'],
      ['1', 'exposed communication', 50, 40, 'first-to-last'],
      ['1', 'overlapped', 20, 20, 'first-to-last'],
      ['1', 'free', 30, 850, 'first-to-last'],
      ['2', 'computing', 100, 100, 'first-to-last'],
      ['2', 'communication', 70, 0, 'first-to-last'],
      ['2', 'exposed communication', 50, 0, 'first-to-last'],
      ['2', 'overlapped', 20, 0, 'first-to-last'],
      ['2', 'free', 30, 400, 'first-to-last'],
    ]);
  });

  test('take the only step of a capture without marks for all of it, and leave several alone', async () => {
    const one = tableOf('step-times', 'one.csv', [row('1')]);
    const two = tableOf('step-times', 'two.csv', [row('1'), row('2')]);
    const figures = vendorFigures(runOf(await timelineOf(work, 1, [one, two])));
    const computing = figures.filter(({ figure }) => figure === 'computing');
    expect(computing.map(({ source, oursNs }) => [source, oursNs])).toEqual([
      ['one.csv', 300],
      ['two.csv', undefined],
      ['two.csv', undefined],
    ]);
  });

  test('of a device without ops stand alone', async () => {
    const table = tableOf('step-times', 'step_trace_time.csv', [row('1', 6)]);
    const [figure] = vendorFigures(runOf(await timelineOf(work, 1, [table])));
    expect(figure).toMatchObject({
      rank: 1,
      device: 6,
      vendorNs: 100,
      oursNs: undefined,
      window: undefined,
    });
    expect(figure.differenceNs).toBeUndefined();
  });

  test('of a shard of tables only belong to the only rank there is', async () => {
    const table = tableOf('step-times', 'step_trace_time.csv', [row('1')]);
    const ops = await timelineOf(work, 7);
    const facts = { ...ops, processes: [], tracks: [], tables: [table] };
    expect(vendorFigures(runOf(ops, facts))[0]).toMatchObject({ rank: 7, device: 5, oursNs: 300 });
  });
});

describe('statistics of ops', () => {
  const TABLE = `Step Id,Name,Type,Accelerator Core,Start Time(us),Duration(us),Stream ID
1,a,Add,AI_VECTOR_CORE,100.000,3.000,2
2,b,Add,AI_VECTOR_CORE,110.000,5.001,2
2,c,Add,AI_CORE,120.000,7.000,3
2,d,Mul,AI_VECTOR_CORE,130.000,1.000,3
2,e,hcom_allReduce_,HCCL,130.000,9.000,N/A
`;

  test('are compared by type and core; types that the vendor does not have come last', async () => {
    const bytes = new TextEncoder().encode(TABLE);
    const { timeline } = await readFiles('ascend-op-csv', [{ path: 'kernel_details.csv', bytes }], { rank: 0 });
    const times = { totalNs: 8001, minNs: 3000, meanNs: 4001, maxNs: 5001 };
    const rows = [
      { opType: 'Add', coreType: 'AI_VECTOR_CORE', ...times },
      { opType: 'Cast', coreType: 'AI_CORE', ...times },
    ];
    const run = runOf({ ...timeline, tables: [tableOf('op-statistic', 'op_statistic.csv', rows)] });
    const figures = vendorFigures(run);
    expect(figures.map((each) => [each.opType, each.core, each.figure, each.vendorNs, each.oursNs])).toEqual([
      ['Add', 'AI_VECTOR_CORE', 'total of ops', 8001, 8001],
      ['Add', 'AI_VECTOR_CORE', 'shortest op', 3000, 3000],
      ['Add', 'AI_VECTOR_CORE', 'mean op', 4001, 4000.5],
      ['Add', 'AI_VECTOR_CORE', 'longest op', 5001, 5001],
      ['Cast', 'AI_CORE', 'total of ops', 8001, undefined],
      ['Cast', 'AI_CORE', 'shortest op', 3000, undefined],
      ['Cast', 'AI_CORE', 'mean op', 4001, undefined],
      ['Cast', 'AI_CORE', 'longest op', 5001, undefined],
      ['Add', 'AI_CORE', 'total of ops', undefined, 7000],
      ['Mul', 'AI_VECTOR_CORE', 'total of ops', undefined, 1000],
    ]);
  });
});
