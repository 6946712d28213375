// Which ops take the time: what counts, what groups are, and what is said of them.
import { describe, expect, it, test } from 'vitest';
import { analyseRun, type RunAnalysis } from '../../../src/analysis/analyse-run.ts';
import { type OpGroup, type OpGrouping, parseGrouping, topOps } from '../../../src/analysis/index.ts';
import type { DeviceSteps, Phase } from '../../../src/analysis/steps/step.ts';
import { NONE } from '../../../src/timeline/index.ts';
import { plantedRun, type PlantedRank } from '../../support/planted-run.ts';
import { readText } from '../../support/reading.ts';
import { runOf } from '../../support/runs.ts';

async function top(by: OpGrouping, ...ranks: PlantedRank[]): Promise<OpGroup[]> {
  return topOps(analyseRun(await plantedRun(ranks)), { by });
}
const keyAndCount = ({ key, count }: OpGroup): string => `${key} ${count}`;
const kernel = (name: string, startNs: number, endNs: number, stream = 2, taskType = 'AI_CORE') =>
  ({ name, startNs, endNs, stream, taskType }) as const;

describe('what counts', () => {
  const tasks = [
    kernel('MatMul', 100, 130),
    kernel('MatMul', 200, 210, 4),
    kernel('Add', 300, 360),
    kernel('EVENT_WAIT', 400, 900, 2, 'EVENT_WAIT'),
    kernel('Notify Wait', 400, 900, 3, 'Notify Wait'),
    kernel('MEMCPY_ASYNC', 400, 900, 5, 'MEMCPY_ASYNC'),
    kernel('part of a collective', 400, 900, 6, 'SDMA'),
    kernel('looks like an op', 400, 900, 7, 'PROFILING_ENABLE'),
  ];

  it('are kernels and collectives, not waits, copies, planes, the profiler or bookkeeping', async () => {
    const parts = [{ name: 'Memcpy', startNs: 500, endNs: 520 }];
    const groups = await top('name', {
      rank: 0,
      tasks,
      collectives: [{ name: 'hcom_send__1_0_1', startNs: 500, endNs: 540, parts }],
    });
    expect(groups.map(({ key, totalNs }) => `${key} ${totalNs}`)).toEqual([
      'Add 60',
      'MatMul 40',
      'hcom_send__1_0_1 40',
    ]);
  });

  it('are copies as well where ops are grouped by class; they keep no device busy', async () => {
    const groups = await top('class', { rank: 0, tasks });
    expect(groups).toMatchObject([
      { key: 'copy', count: 1, totalNs: 500, shareOfBusy: 0 },
      { key: 'unsplit', count: 3, totalNs: 100, shareOfBusy: 1 },
    ]);
  });

  it('is a collective once, where it stands on the row of its group and runs as a kernel on a stream, too', async () => {
    const groups = await top('type', {
      rank: 0,
      tasks: [kernel('AllReduceAivKernel', 102, 118), kernel('AllGatherAivKernel', 115, 121), kernel('Add', 105, 110)],
      collectives: [{ name: 'hcom_allReduce__586_0_1', startNs: 100, endNs: 120 }],
    });
    // The second kernel goes on when no collective does, so it is one by itself.
    expect(groups.map(({ key, totalNs }) => `${key} ${totalNs}`)).toEqual([
      'hcom_allReduce 20',
      'AllGatherAivKernel 6',
      'Add 5',
    ]);
  });
});

describe('what is said of a group', () => {
  it('are the class that takes most of the time, where its ops are of several', async () => {
    const kernelOf = (taskType: string, startNs: number, endNs: number) => ({
      ...kernel('MatMul', startNs, endNs),
      taskType,
    });
    const tasks = [kernelOf('MIX_AIC', 0, 4), kernelOf('AI_VECTOR_CORE', 4, 7), kernelOf('AI_VECTOR_CORE', 7, 10)];
    const [group] = await top('type', { rank: 0, tasks });
    expect(group).toMatchObject({ key: 'MatMul', count: 3, opClass: 'vector' });
    const [ofNothing] = await top('type', { rank: 0, tasks: [kernelOf('AI_CPU', 5, 5)] });
    expect(ofNothing).toMatchObject({ totalNs: 0, opClass: 'ai-cpu' });
  });

  it('are its times: total, without nested ops, mean, percentiles by nearest rank, longest, share of busy time', async () => {
    const outer = kernel('Outer', 0, 100);
    const inner = [10, 20, 30, 40].map((startNs, i) => kernel('Inner', startNs, startNs + 2 + i));
    const [first, second] = await top('name', { rank: 0, tasks: [outer, ...inner] });
    expect(first).toMatchObject({ key: 'Outer', totalNs: 100, selfNs: 86, shareOfBusy: 1 });
    expect(second).toEqual({
      ...{ key: 'Inner', type: 'Inner', name: 'Inner', shape: undefined, opClass: 'unsplit' },
      ...{ count: 4, totalNs: 14, selfNs: 14, meanNs: 3.5, p50Ns: 3, p95Ns: 5, maxNs: 5 },
      ...{ shareOfBusy: 0.14, perStepNs: undefined },
    });
  });

  it('is nothing nested where ops only overlap, have no length, or run on other streams', async () => {
    const groups = await top('name', {
      rank: 0,
      tasks: [kernel('a', 0, 10), kernel('b', 5, 15), kernel('c', 7, 7), kernel('d', 2, 8, 4)],
    });
    expect(groups.map(({ key, selfNs }) => `${key} ${selfNs}`)).toEqual(['a 10', 'b 10', 'd 6', 'c 0']);
    expect(groups.map(({ shareOfBusy }) => shareOfBusy)).toEqual([10 / 15, 10 / 15, 6 / 15, 0]);
  });

  it('is what its ops have in common, and nothing where they differ', async () => {
    const tasks = [
      kernel('aclnnAdd_AddAiCore_Add', 0, 10, 2, 'AI_VECTOR_CORE'),
      kernel('aclnnAdds_AddAiCore_Add', 20, 30, 2, 'AI_CPU'),
    ];
    const [group] = await top('type', { rank: 0, tasks });
    expect(group).toMatchObject({ key: 'Add', type: 'Add', name: undefined });
  });

  it('comes in the order of the time, of equal times in that of the keys, and no more than asked for', async () => {
    const analysis = analyseRun(
      await plantedRun([{ rank: 0, tasks: [kernel('b', 0, 5), kernel('a', 5, 10), kernel('c', 10, 16)] }]),
    );
    const keys = async (limit?: number): Promise<string[]> =>
      (await topOps(analysis, { by: 'name', limit })).map(({ key }) => key);
    expect(await keys()).toEqual(['c', 'a', 'b']);
    expect(await keys(2)).toEqual(['c', 'a']);
  });

  it('is none of a run without ops', async () => {
    expect(await top('type', { rank: 0, tasks: [kernel('EVENT_WAIT', 0, 9, 2, 'EVENT_WAIT')] })).toEqual([]);
  });
});

describe('the time per step', async () => {
  const tasks = [0, 100, 200, 300].map((startNs, i) => kernel('Add', startNs, startNs + 10 + i));
  const analysis = analyseRun(
    await plantedRun([
      { rank: 0, tasks },
      { rank: 1, tasks: [kernel('Mul', 0, 60)] },
    ]),
  );
  const phases: Phase[] = ['prefill', 'decode', 'decode'];
  const stepsOf = (stepOf: number[]): Pick<DeviceSteps, 'steps' | 'stepOf'> => ({
    steps: phases.map((phase, i) => ({
      ...{ id: `${i}`, phase, startNs: 100 * i, endNs: 100 * i + 50, isFirst: false, isOutlier: false },
    })),
    stepOf: Int32Array.from(stepOf),
  });
  const planted: RunAnalysis = {
    ...analysis,
    devices: analysis.devices.map((device, i) => ({
      ...device,
      steps: { ...device.steps, ...stepsOf([[0, 1, 2, NONE], [1]][i]) },
    })),
  };

  it('is the total of the ops in steps over the number of steps of all devices', async () => {
    const groups = await topOps(planted, { by: 'name' });
    expect(groups).toMatchObject([
      { key: 'Mul', count: 1, totalNs: 60, perStepNs: 10 },
      { key: 'Add', count: 4, totalNs: 46, perStepNs: 33 / 6 },
    ]);
  });

  it('is that of one phase where one is asked for, as are all other figures', async () => {
    const groups = await topOps(planted, { by: 'name', phase: 'decode' });
    expect(groups).toMatchObject([
      { key: 'Mul', totalNs: 60, perStepNs: 15, shareOfBusy: 60 / 83 },
      { key: 'Add', count: 2, totalNs: 23, perStepNs: 23 / 4, shareOfBusy: 23 / 83 },
    ]);
    expect(await topOps(planted, { by: 'name', phase: 'other' })).toEqual([]);
  });

  it('is not known of ops that are in no step', async () => {
    const [first, second] = planted.devices;
    const outside = { ...second, steps: { ...second.steps, stepOf: Int32Array.of(NONE) } };
    const groups = await topOps({ ...planted, devices: [first, outside] }, { by: 'name' });
    expect(groups).toMatchObject([
      { key: 'Mul', totalNs: 60, perStepNs: undefined },
      { key: 'Add', perStepNs: 33 / 6 },
    ]);
  });

  it('is that of the steps of a rank for groups by rank', async () => {
    const groups = await topOps(planted, { by: 'rank' });
    expect(groups).toMatchObject([
      { key: 'rank 1', perStepNs: 20 },
      { key: 'rank 0', perStepNs: 11 },
    ]);
  });
});

describe('groups', () => {
  const TABLE = [
    'Op Name,OP Type,Task Type,Task Start Time(us),Task Duration(us),Stream ID,Task ID,Mix Block Dim,Input Shapes,Grid',
    'layer1,MatMul,AI_CORE,100,30,2,1,0,"""7,8;8,9""",x',
    'layer2,MatMul,AI_CORE,200,20,2,2,0,"""7,8;8,9""",y',
    'net/block/layer3/MatMul,MatMul,MIX_AIC,300,10,3,3,20,"""1,8;8,9""",x',
    'add,Add,AI_VECTOR_CORE,400,40,2,4,0,"""7,9""",N/A',
    'TopK12,N/A,AI_CPU,600,5,2,6,0,N/A,y',
    'EVENT_WAIT,N/A,EVENT_WAIT,700,900,2,5,0,N/A,x',
    '',
  ].join('\n');

  test.each([
    ['name', ['add 1', 'layer1 1', 'layer2 1', 'net/block/layer3/MatMul 1', 'TopK12 1']],
    ['type', ['MatMul 3', 'Add 1', 'TopK 1']],
    ['shape', ['MatMul 7,8;8,9 2', 'Add 7,9 1', 'MatMul 1,8;8,9 1', 'TopK 1']],
    ['class', ['cube 2', 'vector 1', 'mixed 1', 'ai-cpu 1']],
    ['core', ['AI_CORE 2', 'AI_VECTOR_CORE 1', 'MIX_AIC 1', 'AI_CPU 1']],
    ['layer', ['unknown layer 4', 'net/block/layer3 1']],
    ['stream', ['Stream 2 4', 'Stream 3 1']],
    ['rank', ['unknown rank 5']],
    ['arg:Grid', ['no Grid 1', 'x 2', 'y 2']],
    ['arg:Nothing', ['no Nothing 5']],
  ])('by %s', async (by, expected) => {
    const { timeline } = await readText('ascend-op-csv', TABLE);
    const groups = await topOps(analyseRun(runOf(timeline)), { by: parseGrouping(by) });
    expect(groups.map(keyAndCount)).toEqual(expected);
    expect(groups.reduce((sum, { shareOfBusy }) => sum + shareOfBusy, 0)).toBeCloseTo(1);
  });

  test.each([
    ['shape', ['7,8;8,9', '7,9', '1,8;8,9', undefined]],
    ['name', ['7,9', '7,8;8,9', '7,8;8,9', '1,8;8,9', undefined]],
    ['type', [undefined, undefined, undefined]],
  ])('by %s say their shape where that is looked up', async (by, expected) => {
    const { timeline } = await readText('ascend-op-csv', TABLE);
    const groups = await topOps(analyseRun(runOf(timeline)), { by: parseGrouping(by) });
    expect(groups.map(({ shape }) => shape)).toEqual(expected);
  });

  it('of AI cores are unsplit where the input does not say which part of them ran: a timeline alone', async () => {
    const tasks = [
      kernel('a', 0, 10),
      kernel('b', 20, 25, 2, 'AI_VECTOR_CORE'),
      kernel('c', 30, 32, 2, 'Other'),
      kernel('d', 40, 41, 2, 'DSA_SQE'),
    ];
    const groups = await top('class', { rank: 0, tasks });
    expect(groups.map(keyAndCount)).toEqual(['unsplit 2', 'vector 1', 'other 1']);
  });

  it('by layer are the innermost modules that the operators of ops ran in', async () => {
    const asked = (startNs: number) => ({
      launch: { startNs: startNs + 1, endNs: startNs + 2 },
      operator: { name: 'aten::mm', startNs, endNs: startNs + 5 },
    });
    const groups = await top('layer', {
      rank: 0,
      tasks: [
        { ...kernel('MatMul', 500, 510), ...asked(120) },
        { ...kernel('MatMul', 520, 523), ...asked(180) },
        { ...kernel('MatMul', 530, 532), ...asked(300) },
        kernel('MatMul', 540, 541),
      ],
      ranges: [
        { name: 'nn.Module: Model_0', startNs: 100, endNs: 200 },
        { name: 'nn.Module: Linear_3', startNs: 110, endNs: 150 },
        { name: 'aten::linear', startNs: 115, endNs: 140 },
      ],
    });
    expect(groups.map(keyAndCount)).toEqual(['Linear_3 1', 'Model_0 1', 'unknown layer 2']);
  });

  it('by rank and by stream take devices together as they should', async () => {
    const ranks = [0, 1].map((rank) => ({ rank, tasks: [kernel('Add', 0, 10 + rank), kernel('Mul', 20, 25, 3)] }));
    expect((await top('rank', ...ranks)).map(keyAndCount)).toEqual(['rank 1 2', 'rank 0 2']);
    expect((await top('stream', ...ranks)).map(keyAndCount)).toEqual(['Stream 2 2', 'Stream 3 2']);
    expect((await top('type', ...ranks)).map(({ shareOfBusy }) => shareOfBusy)).toEqual([21 / 31, 10 / 31]);
  });
});

describe('a grouping on the command line', () => {
  it('is one of a few words, or any key of the args', () => {
    expect(parseGrouping('class')).toBe('class');
    expect(parseGrouping('arg:Block Num')).toEqual({ arg: 'Block Num' });
    expect(parseGrouping('arg:a:b')).toEqual({ arg: 'a:b' });
  });

  test.each(['', 'kind', 'arg:', 'Type'])('is not %j', (text) => {
    expect(() => parseGrouping(text)).toThrow(/cannot be grouped by/);
  });
});
