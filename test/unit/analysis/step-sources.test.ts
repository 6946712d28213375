// What says where the steps of a device begin and end.
import { describe, expect, it } from 'vitest';
import { deviceTasks } from '../../../src/analysis/device-tasks.ts';
import { findSteps, type StepOptions } from '../../../src/analysis/steps/find-steps.ts';
import type { DeviceSteps } from '../../../src/analysis/steps/step.ts';
import type { Run, Table } from '../../../src/timeline/index.ts';
import { plantedDecode } from '../../support/planted-decode.ts';
import { plantedRun, type PlantedRange, type PlantedTask } from '../../support/planted-run.ts';
import { folderWith, open } from '../../support/opening.ts';

const stepsOf = (run: Run, options: StepOptions = {}): DeviceSteps[] => findSteps(run, deviceTasks(run), options);
const windows = ({ steps }: DeviceSteps): [string, number, number][] =>
  steps.map(({ id, startNs, endNs }) => [id, startNs, endNs]);

/** An op of 100 ns on stream 2 that the host launched at a time. The first launch is t = 0. */
const op = (name: string, startNs: number, launchNs?: number): PlantedTask => ({
  ...{ name, stream: 2, startNs, endNs: startNs + 100 },
  ...(launchNs === undefined ? {} : { launch: { startNs: launchNs, endNs: launchNs + 10 } }),
});
const range = (name: string, startNs: number, endNs: number): PlantedRange => ({ name, startNs, endNs });

describe('marks on the host', () => {
  /** The device is some ops behind the host: that of the second step starts after the third step began there. */
  const tasks = [op('a', 1000, 10), op('b', 1200, 110), op('c', 1500, 210), op('d', 1700, 220)];
  const ranges = [
    range('ProfilerStep#7', 0, 100),
    range('ProfilerStep#8', 100, 200),
    range('ProfilerStep#9', 200, 300),
  ];

  it('claim what they launched, whenever it ran', async () => {
    const [steps] = stepsOf(await plantedRun([{ rank: 0, tasks, ranges }]));
    expect(steps).toMatchObject({ source: 'profiler-step', confidence: 1 });
    expect([...steps.stepOf]).toEqual([0, 1, 2, 2]);
  });

  it('make windows that follow one another: a step lasts until the next begins, the last to its last op', async () => {
    const [steps] = stepsOf(await plantedRun([{ rank: 0, tasks, ranges }]));
    expect(windows(steps)).toEqual([
      ['7', 1000, 1200],
      ['8', 1200, 1500],
      ['9', 1500, 1800],
    ]);
  });

  it('leave out what ran between them, and end a step before it', async () => {
    const gap = [ranges[0], ranges[2]];
    const [steps] = stepsOf(await plantedRun([{ rank: 0, tasks, ranges: gap }]));
    expect([...steps.stepOf]).toEqual([0, -1, 1, 1]);
    expect(windows(steps)).toEqual([
      ['7', 1000, 1100],
      ['9', 1500, 1800],
    ]);
  });

  it('claim what follows a launch on its stream without one of its own, as the ops of a graph do', async () => {
    const graph = [op('a', 1000, 10), op('b', 1200), op('c', 1500, 210), op('d', 1700)];
    const [steps] = stepsOf(await plantedRun([{ rank: 0, tasks: graph, ranges }]));
    expect([...steps.stepOf]).toEqual([0, 0, 1, 1]);
  });

  it('claim by time, with less confidence, where no launch is known', async () => {
    const near = [op('a', 10), op('b', 110), op('c', 205), op('d', 320)];
    const [steps] = stepsOf(await plantedRun([{ rank: 0, tasks: near, ranges }]));
    expect(steps).toMatchObject({ source: 'profiler-step', confidence: 0.8 });
    expect([...steps.stepOf]).toEqual([0, 1, 2, -1]);
  });

  it('count for the ranks they stand on', async () => {
    const steps = stepsOf(
      await plantedRun([
        { rank: 0, tasks, ranges },
        { rank: 1, tasks },
      ]),
    );
    expect(steps.map(({ source }) => source)).toEqual(['profiler-step', 'none']);
  });
});

describe('ranges of users', () => {
  const tasks = [op('a', 1000, 10), op('b', 1200, 110), op('c', 1500, 210)];
  const withRanges = (...ranges: PlantedRange[]): Promise<Run> => plantedRun([{ rank: 0, tasks, ranges }]);

  it('are steps where their names say so and repeat but for digits', async () => {
    const run = await withRanges(
      range('prefill', 0, 100),
      range('decode step 1', 100, 200),
      range('decode step 2', 200, 300),
    );
    const [steps] = stepsOf(run);
    expect(steps).toMatchObject({ source: 'user-range', confidence: 0.9 });
    expect(steps.steps.map(({ phase }) => phase)).toEqual(['prefill', 'decode', 'decode']);
  });

  it('are told by the surest word, not by what they stand in', async () => {
    const run = await withRanges(
      ...[range('generate request 1', 0, 205), range('generate request 2', 205, 300)],
      ...[range('token 4', 5, 100), range('token 5', 105, 200), range('token 6', 206, 299)],
    );
    expect(windows(stepsOf(run)[0]).map(([id]) => id)).toEqual(['4', '5', '6']);
  });

  it.each(['aten::step_1', 'Optimizer.step#SGD.step', 'train.py(12): step', 'warm up', 'layer 1'])(
    'are none where they are called %s',
    async (name) => {
      const [steps] = stepsOf(await withRanges(range(name, 0, 100), range(name, 100, 200), range(name, 200, 300)));
      expect(steps.source).toBe('none');
    },
  );
});

describe('a pattern of the user', () => {
  const tasks = [op('Embed', 1000, 10), op('b', 1200, 20), op('Embed', 1500, 110), op('c', 1700, 120)];

  it('is sought among the ranges of the host before anything else', async () => {
    const ranges = [range('ProfilerStep#1', 0, 300), range('my 3', 0, 100), range('my 4', 100, 200)];
    const [steps] = stepsOf(await plantedRun([{ rank: 0, tasks, ranges }]), { marker: /^my \d+$/g });
    expect(steps).toMatchObject({ source: 'marker', confidence: 1 });
    expect([...steps.stepOf]).toEqual([0, 0, 1, 1]);
    expect(steps.steps.map(({ id }) => id)).toEqual(['3', '4']);
  });

  it('is else sought among the ops, each of which begins a step', async () => {
    const [steps] = stepsOf(await plantedRun([{ rank: 0, tasks }]), { marker: /^Embed/ });
    expect(windows(steps)).toEqual([
      ['0', 990, 1490],
      ['1', 1490, 1790],
    ]);
  });

  it('that fits nothing leaves it to the other sources', async () => {
    const ranges = [range('ProfilerStep#1', 0, 300)];
    const [steps] = stepsOf(await plantedRun([{ rank: 0, tasks, ranges }]), { marker: /nothing/ });
    expect(steps.source).toBe('profiler-step');
  });
});

describe('the column "Step Id" of op tables', () => {
  const header = 'Step Id,Name,Type,Accelerator Core,Start Time(us),Duration(us),Wait Time(us)';
  const row = (step: string, startUs: number): string =>
    `${step},op,MatMul,AI_CORE,${1700000000000000 + startUs},2.0,0`;

  it('numbers the steps and says what belongs to each', async () => {
    const rows = [row('4', 0), row('4', 10), row('', 20), row('5', 30), row('5', 40)];
    const { run } = await open(folderWith({ 'kernel_details.csv': [header, ...rows].join('\n') }));
    const [steps] = stepsOf(run);
    expect(steps).toMatchObject({ source: 'op-step', confidence: 1 });
    expect([...steps.stepOf]).toEqual([0, 0, -1, 1, 1]);
    expect(windows(steps)).toEqual([
      ['4', 0, 12_000],
      ['5', 30_000, 42_000],
    ]);
  });
});

describe('the column "Infer ID" of op tables', () => {
  const header =
    'Device_id,Model Name,Model ID,Task ID,Stream ID,Infer ID,Op Name,OP Type,Task Type,Task Start Time(us),Task Duration(us),Task Wait Time(us)';
  /** Ops of 2 µs, each 10 µs after the one before: `model/run`, or 0 where no graph runs them. */
  const stepsOfRows = async (...inferences: readonly string[]): Promise<DeviceSteps> => {
    const rows = inferences.map((inference, i) => {
      const [model, run] = inference === '0' ? ['4294967295', '0'] : inference.split('/');
      const startUs = 1700000000000000 + 10 * i;
      return `0,decode,${model},${i},2,${run},op,MatMul,AI_CORE,${startUs},2.0,0`;
    });
    const { run } = await open(folderWith({ 'op_summary_20260101000000.csv': [header, ...rows, ''].join('\n') }));
    return stepsOf(run)[0];
  };

  it('numbers the runs of a graph, which are steps where they hold most of the ops', async () => {
    const steps = await stepsOfRows('0', '1/1', '1/1', '1/1', '1/2', '1/2', '1/2');
    expect(steps).toMatchObject({ source: 'step-trace', confidence: 1 });
    expect([...steps.stepOf]).toEqual([-1, 0, 0, 0, 1, 1, 1]);
    expect(windows(steps)).toEqual([
      ['1', 10_000, 40_000],
      ['2', 40_000, 62_000],
    ]);
  });

  it('numbers those of each graph by itself', async () => {
    const { steps } = await stepsOfRows('1/1', '1/1', '7/1', '7/1', '7/2', '7/2');
    expect(steps.map(({ id }) => id)).toEqual(['1/1', '7/1', '7/2']);
  });

  it('is less sure where it holds less than half, and tells nothing where there is one run', async () => {
    const few = await stepsOfRows('0', '0', '0', '1/1', '0', '1/2', '0', '0');
    expect([few.source, few.confidence]).toEqual(['step-trace', 0.25]);
    expect((await stepsOfRows('1/1', '1/1', '1/1')).source).toBe('none');
    expect((await stepsOfRows('0', '0', '0')).source).toBe('none');
  });
});

describe('iterations of graphs', () => {
  const tasks = [op('a', 0), op('b', 150), op('c', 500), op('d', 650), op('e', 900)];
  const withIterations = async (...spans: readonly (readonly [fromNs: number, toNs: number])[]): Promise<Run> => {
    const run = await plantedRun([{ rank: 0, tasks }]);
    const table: Table = {
      ...{ kind: 'iterations', path: 'step_trace.csv', originNs: run.originNs, rowCount: spans.length },
      strings: run.shards[0].timeline.strings,
      columns: [
        { name: 'iteration', kind: 'number', values: Float64Array.from(spans, (_, i) => i + 1) },
        { name: 'iterationEnd', kind: 'time', values: Float64Array.from(spans, ([, toNs]) => toNs) },
        { name: 'iterationNs', kind: 'number', values: Float64Array.from(spans, ([fromNs, toNs]) => toNs - fromNs) },
      ],
    };
    const [shard] = run.shards;
    return { ...run, shards: [{ ...shard, timeline: { ...shard.timeline, tables: [table] } }] };
  };

  it('are steps where they hold most of the ops', async () => {
    const [steps] = stepsOf(await withIterations([0, 260], [500, 760]));
    expect(steps).toMatchObject({ source: 'step-trace', confidence: 1 });
    expect([...steps.stepOf]).toEqual([0, 0, 1, 1, -1]);
    expect(windows(steps)).toEqual([
      ['1', 0, 500],
      ['2', 500, 750],
    ]);
  });

  it('are the last resort, with little confidence, where they hold less', async () => {
    const [steps] = stepsOf(await withIterations([500, 760]));
    expect(steps).toMatchObject({ source: 'step-trace', confidence: 0.4 });
  });
});

describe('a run without marks', async () => {
  const { run } = await plantedDecode({ seed: 5, layers: 3, tokens: 8 });

  it('has the steps that repeat, which is never certain', () => {
    const [steps] = stepsOf(run);
    expect(steps.source).toBe('repetition');
    expect(steps.confidence).toBeGreaterThan(0.9);
    expect(steps.confidence).toBeLessThan(1);
  });

  it('has none where repetition is not wanted', () => {
    const [steps] = stepsOf(run, { detect: false });
    expect(steps).toMatchObject({ source: 'none', confidence: 0, steps: [] });
    expect(steps.stepOf.every((step) => step === -1)).toBe(true);
  });
});
