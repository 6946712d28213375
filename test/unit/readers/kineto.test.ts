import { describe, expect, test } from 'vitest';
import { deviceTasks } from '../../../src/analysis/device-tasks.ts';
import { environmentOf } from '../../../src/analysis/environment.ts';
import { deviceOverlaps } from '../../../src/analysis/index.ts';
import { Launches } from '../../../src/analysis/launches.ts';
import { processGroups } from '../../../src/analysis/process-groups.ts';
import { NONE, type Timeline } from '../../../src/timeline/index.ts';
import { deviceSlice, hostSlice, kinetoText, launched } from '../../support/kineto-events.ts';
import { measuredRun, metric } from '../../support/metric-runs.ts';
import { rowNumbers } from '../../support/plain-timeline.ts';
import { readEvents, readFiles, readText } from '../../support/reading.ts';
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

describe('the rank of a file', () => {
  const rankOf = async (path: string, members: object = {}): Promise<number> => {
    const bytes = new TextEncoder().encode(kinetoText(gemm, members));
    return (await readFiles('torch-kineto', [{ path, bytes }])).timeline.processes[0].rank;
  };

  test.each([
    ['runs/rank0.json.gz', 0],
    ['rank-34.Jul_15.1074.pt.trace.json', 34],
    ['dp0_pp0_tp1_rank3.1745830000.pt.trace.json.gz', 3],
    ['frank4.json', NONE],
    ['rank7/worker0.1623143089861.pt.trace.json', NONE],
  ])('%s is %i', async (path, rank) => {
    expect(await rankOf(path)).toBe(rank);
  });

  test('is what the document says, where it says it', async () => {
    expect(await rankOf('rank3.json', { distributedInfo: { rank: 5 } })).toBe(5);
  });
});

describe('devices', () => {
  const label = (pid: number, labels: string): object => ({
    name: 'process_labels',
    ph: 'M',
    pid,
    tid: 0,
    args: { labels },
  });

  test('that are only named are none', async () => {
    const { processes } = await read([...gemm, ...[1, 2, 7].map((gpu) => label(gpu, `GPU ${gpu}`))]);
    expect(processes.map(({ label: found, device }) => [found, device])).toEqual([
      ['CPU', NONE],
      ['GPU 0', 0],
    ]);
  });

  test.each(['XPU', 'MTIA', 'MUSA', 'SUPA'])('of other makers are labelled %s', async (word) => {
    const { processes } = await read([label(3, `${word} 3`), { ...deviceSlice('kernel', 'gemm', 0, [1, 2]), pid: 3 }]);
    const { side, device } = processes[processes.length - 1];
    expect([side, device]).toEqual(['device', 3]);
  });

  test('are told by what they hold where labels are missing', async () => {
    const { timeline } = await readText('torch-kineto', JSON.stringify([...gemm, hostSlice('cpu_op', 'mm', [5, 16])]));
    expect(timeline.processes.map(({ side, device, osPid }) => [side, device, osPid])).toEqual([
      ['host', NONE, 4711],
      ['device', 0, undefined],
    ]);
    expect(arrowsOf(timeline)).toEqual(['cudaLaunchKernel > gemm']);
  });

  test.each([
    ['MTT S4000', 'Moore Threads GPU'],
    ['Biren106B', 'Biren GPU'],
    ['AMD Instinct MI250X', 'AMD GPU'],
    ['Intel(R) Data Center GPU Max 1550', 'Intel GPU'],
    ['NVIDIA A100-SXM4-80GB', 'NVIDIA GPU'],
    ['Tesla V100-DGXS-32GB', 'NVIDIA GPU'],
    ['somebody else', 'GPU'],
  ])('%s is of its maker', async (name, maker) => {
    const timeline = await read(gemm, { deviceProperties: [{ name }, { name }] });
    expect(environmentOf(runOf(timeline), [])).toMatchObject({ chip: name, device: maker });
  });

  test('keeps its maker beside results of a benchmark, which have none', async () => {
    const run = runOf(await read(gemm, { deviceProperties: [{ name: 'MTT S4000' }] }));
    const results = measuredRun({ metrics: [metric('req_s', 1)] });
    const both = { ...run, shards: [...results.shards, ...run.shards] };
    expect(environmentOf(both, []).device).toBe('Moore Threads GPU');
  });

  test.each(['nan', '{"name":"x"}', '7'])('have no chip where a member of the document says %s', async (value) => {
    const text = kinetoText(gemm).replace('{', `{"chip":${value},`);
    const { timeline } = await readText('torch-kineto', text);
    expect(environmentOf(runOf(timeline), []).chip).toBeUndefined();
  });

  test('of several kinds have no chip in common', async () => {
    const timeline = await read(gemm, { deviceProperties: [{ name: 'MTT S4000' }, { name: 'MTT S80' }] });
    expect(environmentOf(runOf(timeline), [])).toMatchObject({ chip: undefined, device: 'GPU' });
  });

  test('share a job of as many ranks as the document says', async () => {
    const group = { pg_name: '0', pg_desc: 'default_pg', ranks: [0, 1] };
    const cut = { pg_name: '1', pg_desc: 'dp', ranks: [0, '...', 7] };
    const timeline = await read(gemm, { distributedInfo: { rank: 0, world_size: 8, pg_config: [group, cut, null] } });
    expect(environmentOf(runOf(timeline), []).world).toBe(8);
    expect(processGroups(runOf(timeline))).toEqual([{ name: 'default_group', ranks: [0, 1] }]);
  });
});

describe('memory', () => {
  const mark = (ts: number, args: object): object => ({
    ...hostSlice('cpu_instant_event', '[memory]', [ts, ts], args),
    ph: 'i',
  });
  const samplesOf = ({ counters, tracks, processes }: Timeline): unknown[] =>
    rowNumbers(counters.length).map((row) => {
      const { process, name, series, unit } = tracks[counters.track[row]];
      return [processes[process].label, `${name} ${series} ${unit}`, counters.timeNs[row], counters.value[row]];
    });

  test('that is held becomes counters of the device, and of the host', async () => {
    const held = (type: number, device: number, allocated: number): object => ({
      ...{ Addr: 1, Bytes: 512, 'Device Type': type, 'Device Id': device },
      ...{ 'Total Allocated': allocated, 'Total Reserved': 4096 },
    });
    const timeline = await read([
      ...gemm,
      mark(10, held(1, 0, 512)),
      mark(12, held(1, 0, 0)),
      mark(11, held(0, -1, 64)),
    ]);
    expect(samplesOf(timeline)).toEqual([
      ['CPU', 'Memory Total Allocated B', 1000, 64],
      ['CPU', 'Memory Total Reserved B', 1000, 4096],
      ['GPU 0', 'Memory Total Allocated B', 0, 512],
      ['GPU 0', 'Memory Total Allocated B', 2000, 0],
      ['GPU 0', 'Memory Total Reserved B', 0, 4096],
      ['GPU 0', 'Memory Total Reserved B', 2000, 4096],
    ]);
    expect(timeline.instants.length).toBe(3);
  });

  test('is added up where marks of 2021 say only what changed, from the first one on, in the order of time', async () => {
    const changed = (type: number, device: number, bytes: number): object => ({
      ...{ Bytes: bytes, 'Device Type': type, 'Device Id': device },
    });
    const timeline = await read([
      ...gemm,
      mark(12, changed(1, 0, -1536)),
      mark(10, changed(1, 0, 512)),
      mark(11, changed(0, -1, 64)),
    ]);
    expect(samplesOf(timeline)).toEqual([
      ['CPU', 'Memory Allocated since start B', 1000, 64],
      ['GPU 0', 'Memory Allocated since start B', 0, 512],
      ['GPU 0', 'Memory Allocated since start B', 2000, -1024],
    ]);
    expect(timeline.instants.length).toBe(3);
  });

  test('of which something else tells totals is not added up', async () => {
    const timeline = await read([
      ...gemm,
      mark(10, { Bytes: 4, 'Device Type': 0, 'Device Id': -1 }),
      mark(11, { Bytes: 4, 'Device Type': 0, 'Device Id': -1, 'Total Allocated': 8 }),
    ]);
    expect(samplesOf(timeline)).toEqual([['CPU', 'Memory Total Allocated B', 1000, 8]]);
  });
});

test('what is no number in args is no value of a column', async () => {
  const copy = (args: string): string =>
    `{"ph":"X","cat":"gpu_memcpy","name":"Memcpy","pid":0,"tid":7,"ts":1,"dur":1,"args":{"stream":7,${args}}}`;
  const odd = ['NaN', '"N/A"', '"inf"', 'Infinity', '-Infinity', 'null'].map(
    (value) => `"memory bandwidth (GB/s)":${value}`,
  );
  const { timeline, diagnostics } = await readEvents('torch-kineto', [
    ...odd.map(copy),
    copy('"memory bandwidth (GB/s)":8.5'),
  ]);
  const column = timeline.slices.typed.get('bandwidthGBs');
  const found = rowNumbers(timeline.slices.length).map((row) => column?.at(row));
  expect(found).toEqual([...odd.map(() => Number.NaN), 8.5]);
  expect(diagnostics.lossCount).toBe(0);
});

test('a graph of which nothing else is known is work of the device, never a pause', async () => {
  const timeline = await read([
    ...launched(1, 'gemm', 7, [0, 1], [10, 20]),
    hostSlice('supa_runtime', 'supaGraphLaunch', [2, 4], { correlation: 2 }),
    deviceSlice('gpu_graph', 'Graph 1', 7, [20, 90], { correlation: 2 }),
    ...launched(3, 'gemm', 7, [5, 6], [90, 100]),
  ]);
  const [{ totals }] = deviceOverlaps(runOf(timeline), 'first-to-last');
  expect(totals).toMatchObject({ computeNs: 90_000, deviceIdleNs: 0 });
  expect(arrowsOf(timeline)).toContain('supaGraphLaunch > Graph 1');
});

test('what belongs to no process has a name of its own', async () => {
  const odd = ['Spans', 'Traces', '', -1].map((pid) => ({ ...hostSlice('overhead', 'Buffer Flush', [1, 2]), pid }));
  const { processes } = await read([...gemm, ...odd, { ...hostSlice('cpu_op', 'unknown', [1, 2]), pid: 12 }]);
  expect(processes.map(({ name, side }) => `${name} ${side}`).sort()).toEqual([
    'Profiler overhead unknown',
    'Recording unknown',
    'Spans unknown',
    'Traces unknown',
    'device 0 device',
    'process 12 host',
    'process 4711 host',
  ]);
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

  test('count from a base behind the events, too', async () => {
    const text = `${kinetoText(gemm).slice(0, -1)},"displayTimeUnit":"ms","baseTimeNanoseconds":1745830000000000001}`;
    expect((await readText('torch-kineto', text)).timeline.originNs).toBe(1_745_830_000_000_010_001n);
  });

  test('of the epoch with decimals are told apart to the nanosecond', async () => {
    const at = (ts: string): string =>
      `{"ph":"X","cat":"cpu_op","name":"${ts}","pid":1,"tid":1,"ts":${ts},"dur":0.001}`;
    const { timeline } = await readEvents('torch-kineto', ['1712195495519695.801', '1712195495519695.802'].map(at));
    expect(timeline.originNs).toBe(1_712_195_495_519_695_801n);
    expect([...timeline.slices.startNs]).toEqual([0, 1]);
    expect([...timeline.slices.durNs]).toEqual([1, 1]);
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
