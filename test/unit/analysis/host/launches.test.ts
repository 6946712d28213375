// Launch delays, queues and copies of captures in which every call and kernel was put where it is.
import { describe, expect, it } from 'vitest';
import { analyseRun, hostFigures, topOps, type HostFigures, type RunAnalysis } from '../../../../src/analysis/index.ts';
import { modulePath } from '../../../../src/analysis/module-paths.ts';
import { deviceSlice, hostSlice, kinetoText, launched } from '../../../support/kineto-events.ts';
import { readRun } from '../../../support/runs.ts';

const US = 1000;

async function figuresOf(events: readonly object[]): Promise<{ analysis: RunAnalysis; figures: HostFigures }> {
  const bytes = new TextEncoder().encode(kinetoText(events));
  const analysis = analyseRun(await readRun('torch-kineto', [{ path: 'rank.json', bytes }]));
  return { analysis, figures: hostFigures(analysis) };
}

/**
 * us: three calls launch on stream 7 before the first kernel of 100 us begins, one on stream 9 launches what begins within
 * its call.
 */
const EVENTS = [
  ...launched(1, 'gemm', 7, [0, 10], [30, 130]),
  ...launched(2, 'gemm', 7, [12, 20], [130, 200]),
  ...launched(3, 'add', 7, [22, 28], [200, 220]),
  ...launched(4, 'add', 9, [300, 340], [320, 330]),
  deviceSlice('kernel', 'orphan', 9, [340, 350]),
];

describe('launch delay', () => {
  it('is from the end of the call to the start on the device, by op and by stream', async () => {
    const { analysis, figures } = await figuresOf(EVENTS);
    const [{ delays }] = figures.devices;
    const [{ tasks }] = analysis.devices;
    expect(delays.all).toEqual({
      ...{ count: 4, clampedCount: 1, p50Ns: 20 * US, p95Ns: 172 * US, maxNs: 172 * US },
      totalNs: (20 + 110 + 172) * US,
    });
    expect(delays.unknownCount).toBe(1);
    expect(delays.byOp.map(({ op, totalNs, clampedCount }) => [tasks.texts.get(op), totalNs, clampedCount])).toEqual([
      ['add', 172 * US, 1],
      ['gemm', 130 * US, 0],
    ]);
    expect(delays.byStream.map(({ stream, count }) => [tasks.streams[stream].stream, count])).toEqual([
      [7, 3],
      [9, 1],
    ]);
  });

  it('is told of none where nothing is launched', async () => {
    const { figures } = await figuresOf([deviceSlice('kernel', 'gemm', 7, [0, 10])]);
    expect(figures.devices[0].delays).toMatchObject({ all: undefined, unknownCount: 1, byOp: [], byStream: [] });
    expect(figures.devices[0].queues).toEqual([]);
    expect(figures.launchedBy).toEqual([]);
  });
});

describe('queue length', () => {
  it('rises with each call and falls with each start, of each stream and of all', async () => {
    const { analysis, figures } = await figuresOf(EVENTS);
    const [all, seven, nine] = figures.devices[0].queues;
    const [{ tasks }] = analysis.devices;
    expect([all.stream, seven.stream, nine.stream].map((at) => at !== undefined && tasks.streams[at].stream)).toEqual([
      false,
      7,
      9,
    ]);
    const points = [...seven.series.at].map((at, row) => [at / US, seven.series.value[row]]);
    expect(points).toEqual([
      [0, 1],
      [12, 2],
      [22, 3],
      [30, 2],
      [130, 1],
      [200, 0],
    ]);
    expect(all.most).toBe(3);
    expect(nine).toMatchObject({ most: 1, launchCount: 1 });
  });

  it('is empty while the device idles where the host is late', async () => {
    const [{ queues }] = (await figuresOf(EVENTS)).figures.devices;
    // The window is 30 to 350; queued until 200 and from 300 to 320; idle 220 to 320 and 330 to 340.
    expect(queues[0].emptyNs).toBe((100 + 30) * US);
    expect(queues[0].emptyIdleNs).toBe((80 + 10) * US);
    expect(queues[0].mean).toBeCloseTo((2 * 100 + 70 + 20) / 320, 12);
  });

  it('never is below 0 where clocks say that a kernel began before its call', async () => {
    const [{ queues, delays }] = (await figuresOf(launched(1, 'gemm', 7, [50, 60], [20, 40]))).figures.devices;
    expect([...queues[0].series.value]).toEqual([0]);
    expect(delays.all).toMatchObject({ clampedCount: 1, maxNs: 0 });
  });
});

describe('bandwidth of copies', () => {
  const copy = (name: string, stream: number, [from, to]: readonly [number, number], args: object): object =>
    deviceSlice('gpu_memcpy', name, stream, [from, to], args);

  it('adds up what is under way of a kind', async () => {
    const { figures } = await figuresOf([
      deviceSlice('kernel', 'gemm', 7, [0, 100]),
      copy('Memcpy HtoD (Pinned -> Device)', 8, [10, 30], { bytes: 40_000, 'memory bandwidth (GB/s)': 2 }),
      copy('Memcpy HtoD (Pageable -> Device)', 9, [20, 40], { bytes: 20_000 }),
      copy('Memcpy DtoH (Device -> Pinned)', 8, [50, 50], { bytes: 8, 'memory bandwidth (GB/s)': 'N/A' }),
    ]);
    const [toDevice, toHost] = figures.devices[0].copies;
    expect(toDevice).toMatchObject({ kind: 'Memcpy HtoD', count: 2, ratedCount: 2, sizeBytes: 60_000, mostGBs: 3 });
    expect(toDevice.busyNs).toBe(30 * US);
    expect(toDevice.meanGBs).toBeCloseTo(2, 12);
    expect([...toDevice.series.at].map((at, row) => [at / US, toDevice.series.value[row]])).toEqual([
      [10, 2],
      [20, 3],
      [30, 1],
      [40, 0],
    ]);
    expect(toHost).toMatchObject({ kind: 'Memcpy DtoH', count: 1, ratedCount: 0, busyNs: 0, mostGBs: 0 });
  });

  it('leaves the time of copies that say no bytes, as on ROCm, and is the mean over the others', async () => {
    const { figures } = await figuresOf([
      deviceSlice('kernel', 'gemm', 7, [0, 100]),
      copy('CopyHostToDevice', 8, [10, 30], {}),
      copy('CopyHostToDevice', 9, [20, 40], {}),
      copy('Memcpy DtoD', 8, [50, 60], { bytes: 30_000 }),
      copy('Memcpy DtoD', 8, [70, 90], {}),
    ]);
    const [rated, unrated] = figures.devices[0].copies;
    expect(unrated).toMatchObject({ count: 2, ratedCount: 0, sizeBytes: 0, busyNs: 30 * US });
    expect(rated).toMatchObject({ count: 2, ratedCount: 1, sizeBytes: 30_000, busyNs: 30 * US, meanGBs: 3 });
  });
});

describe('marked ranges', () => {
  it('hold what calls launch in them on any thread, and what begins in them on their stream', async () => {
    const { figures } = await figuresOf([
      hostSlice('user_annotation', 'ProfilerStep#3', [0, 100]),
      hostSlice('user_annotation', 'forward', [5, 40]),
      hostSlice('user_annotation', 'ProfilerStep#4', [100, 200]),
      ...launched(1, 'gemm', 7, [10, 20], [50, 60]),
      ...launched(2, 'gemm', 7, [50, 60], [70, 90]),
      ...launched(3, 'gemm', 7, [100, 110], [120, 150]),
      deviceSlice('gpu_user_annotation', 'forward', 7, [50, 61]),
    ]);
    const rows = figures.devices[0].annotations.map(({ name, side, count, totalNs, kernelCount, deviceNs, idleNs }) => [
      ...[name, side, count, totalNs / US, kernelCount, deviceNs / US, idleNs / US],
    ]);
    expect(rows).toEqual([
      ['ProfilerStep', 'host', 2, 200, 3, 60, 40],
      ['forward', 'host', 1, 35, 1, 10, 0],
      ['forward', 'device', 1, 11, 1, 10, 1],
    ]);
    expect(figures.devices[0].annotations[1].share).toBeCloseTo(10 / 60, 12);
  });
});

describe('what launched the ops', () => {
  it('is the outermost and the innermost operator, and the module', async () => {
    const { figures } = await figuresOf([
      hostSlice('python_function', 'nn.Module: Linear_0', [0, 90]),
      hostSlice('cpu_op', 'aten::linear', [5, 80]),
      hostSlice('cpu_op', 'aten::addmm', [10, 70]),
      ...launched(1, 'gemm', 7, [20, 30], [100, 130]),
      ...launched(2, 'add', 7, [200, 210], [220, 230]),
    ]);
    const rows = figures.launchedBy.map(({ by, name, count, deviceNs, share }) => [
      by,
      name,
      count,
      deviceNs / US,
      share,
    ]);
    expect(rows).toEqual([
      ['outermost', 'aten::linear', 1, 30, 0.75],
      ['outermost', undefined, 1, 10, 0.25],
      ['innermost', 'aten::addmm', 1, 30, 0.75],
      ['innermost', undefined, 1, 10, 0.25],
      ['module', 'nn.Module: Linear_0', 1, 30, 0.75],
      ['module', undefined, 1, 10, 0.25],
    ]);
  });

  it('is the module that the operator tells, where Python tells none', async () => {
    const conv = 'TOP(ResNet)::forward.layer1(Sequential)::forward.0(BasicBlock)::forward.conv1(Conv2d)::forward';
    const { figures, analysis } = await figuresOf([
      hostSlice('cpu_op', 'aten::conv2d', [0, 50], { 'Module Hierarchy': `${conv}.SELF(Conv2d)::_conv_forward` }),
      hostSlice('cpu_op', 'aten::convolution', [5, 40], { 'Module Hierarchy': '' }),
      ...launched(1, 'gemm', 7, [20, 30], [100, 130]),
      hostSlice('python_function', 'nn.Module: Linear_0', [60, 90]),
      hostSlice('cpu_op', 'aten::linear', [61, 80], { 'Module Hierarchy': conv }),
      ...launched(2, 'add', 7, [70, 75], [130, 140]),
      hostSlice('cpu_op', 'aten::mul', [91, 99], { 'Module Hierarchy': 'Model.head' }),
      ...launched(3, 'mul', 7, [92, 95], [140, 145]),
    ]);
    const modules = figures.launchedBy.flatMap(({ by, name }) => (by === 'module' ? [name] : []));
    expect(modules).toEqual(['ResNet.layer1.0.conv1', 'nn.Module: Linear_0', 'Model.head']);
    const layers = (await topOps(analysis, { by: 'layer' })).map(({ key }) => key);
    expect(layers).toEqual(['ResNet.layer1.0.conv1', 'Linear_0', 'Model.head']);
  });

  it('is a text as it stands where that is no hierarchy of modules, however long', () => {
    const text = 'a'.repeat(100_000);
    expect(modulePath(text)).toBe(text);
  });

  it('is the module of the forward operator for what goes back through it', async () => {
    const arrow = (ph: 's' | 'f', ts: number): object => ({
      ...{ ph, ts, id: 1, cat: 'fwdbwd', name: 'fwdbwd', pid: 4711, tid: 4711, bp: 'e' },
    });
    const { figures } = await figuresOf([
      hostSlice('python_function', 'nn.Module: Linear_0', [0, 90]),
      hostSlice('cpu_op', 'aten::linear', [5, 80]),
      ...launched(1, 'gemm', 7, [20, 30], [100, 130]),
      hostSlice('cpu_op', 'LinearBackward0', [200, 280]),
      ...launched(2, 'gemm_t', 7, [210, 220], [230, 240]),
      arrow('s', 5),
      arrow('f', 200),
    ]);
    const modules = figures.launchedBy.filter(({ by }) => by === 'module');
    expect(modules).toMatchObject([{ name: 'nn.Module: Linear_0', count: 2, deviceNs: 40 * US, share: 1 }]);
  });
});
