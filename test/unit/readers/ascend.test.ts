import { describe, expect, test } from 'vitest';
import { NONE, type Process, type Track } from '../../../src/timeline/index.ts';
import { plainFlows, plainSlices, typedValues } from '../../support/plain-timeline.ts';
import { eventArray, type ReadResult, readEvents, readFiles } from '../../support/reading.ts';

const named = (kind: 'process_name' | 'thread_name', pid: string | number, tid: number, name: string): object => ({
  ph: 'M',
  name: kind,
  pid,
  tid,
  args: { name },
});
const labels = (pid: string | number, text: string): object => ({
  ph: 'M',
  name: 'process_labels',
  pid,
  tid: 0,
  args: { labels: text },
});
const slice = (pid: string | number, tid: number, name: string, args: object = {}): object => ({
  ph: 'X',
  name,
  pid,
  tid,
  ts: '1787504006851100.001',
  dur: 1,
  args,
});

const read = (...events: (object | string)[]): Promise<ReadResult> => readEvents('ascend-msprof-json', events);

async function processesOf(...events: object[]): Promise<Record<string, Process>> {
  const { timeline } = await read(...events);
  return Object.fromEntries(timeline.processes.map((process) => [process.name, process]));
}

/** pid = hostPid << 10 | layer << 5 | device */
const packed = (hostPid: number, layer: number, device: number): number => hostPid * 1024 + layer * 32 + device;

describe('processes of 2025 and 2026: packed ids', () => {
  const host = 2731529;
  const layers = [
    named('process_name', packed(host, 7, 31), 0, 'CANN'),
    labels(packed(host, 7, 31), 'CPU'),
    slice(packed(host, 7, 31), 5, 'Node@launch'),
    named('process_name', packed(host, 13, 3), 0, 'Ascend Hardware'),
    labels(packed(host, 13, 3), 'NPU'),
    slice(packed(host, 13, 3), 2, 'MatMul'),
    named('process_name', packed(host, 15, 4), 0, 'HBM'),
    labels(packed(host, 15, 4), 'NPU 4'),
    slice(packed(host, 15, 4), 2, 'x'),
  ];

  test('give the pid of the host and the number of the device', async () => {
    const processes = await processesOf(...layers);
    expect(processes.CANN).toMatchObject({ side: 'host', osPid: host, device: NONE, key: '2797085951' });
    expect(processes['Ascend Hardware']).toMatchObject({ side: 'device', osPid: host, device: 3 });
    expect(processes.HBM).toMatchObject({ side: 'device', osPid: host, device: 4, label: 'NPU 4' });
  });

  test('framework rows stand under the raw pid of the same host process', async () => {
    const processes = await processesOf(
      ...layers,
      named('process_name', host, 0, 'Python'),
      labels(host, 'CPU'),
      slice(host, host, 'aten::add'),
    );
    expect(processes.Python).toMatchObject({ side: 'host', osPid: host, device: NONE });
  });

  test('carry the rank that the surroundings say', async () => {
    const bytes = new TextEncoder().encode(eventArray(layers));
    const { timeline } = await readFiles('ascend-msprof-json', [{ path: 'trace_view.json', bytes }], { rank: 5 });
    expect(timeline.processes.map(({ rank }) => rank)).toEqual([5, 5, 5]);
  });

  test('the host comes before the devices', async () => {
    const { timeline } = await read(...layers.toReversed());
    expect(timeline.processes.map(({ name }) => name)).toEqual(['CANN', 'Ascend Hardware', 'HBM']);
  });
});

describe('processes of 2024: digits side by side', () => {
  const layers = [
    named('process_name', 437675, 0, 'Python'),
    labels(437675, 'CPU'),
    slice(437675, 437675, 'aten::add'),
    named('process_name', 43767502, 0, 'CANN'),
    labels(43767502, 'CPU'),
    slice(43767502, 439084, 'Node@launch'),
    named('process_name', 43767500, 0, 'CPU Usage'),
    labels(43767500, 'CPU'),
    slice(43767500, 1, 'x'),
    named('process_name', 800, 0, 'Ascend Hardware'),
    labels(800, 'NPU'),
    slice(800, 2, 'MatMul'),
    named('process_name', 4376751100, 0, 'Overlap Analysis'),
    labels(4376751100, 'NPU'),
    slice(4376751100, 0, 'Computing'),
  ];

  test('are not taken for packed ones, though two of them share their upper bits', async () => {
    const processes = await processesOf(...layers);
    expect(processes.CANN).toMatchObject({ side: 'host', osPid: 437675, device: NONE });
    expect(processes['Ascend Hardware']).toMatchObject({ side: 'device', osPid: undefined, device: 0 });
    expect(processes['Overlap Analysis']).toMatchObject({ side: 'device', device: 0, key: '4376751100' });
  });
});

describe('processes of 2022: words and no labels', () => {
  test('are told by their names', async () => {
    const processes = await processesOf(
      named('process_name', '0', 0, 'Ascend Hardware'),
      slice('0', 2, 'MatMul'),
      named('process_name', '2_1071532', 0, 'AscendCL'),
      slice('2_1071532', 7, 'aclrtMalloc'),
      named('process_name', '9_1', 0, 'Something'),
      slice('9_1', 7, 'x'),
    );
    expect(processes['Ascend Hardware']).toMatchObject({ side: 'device', device: 0 });
    expect(processes.AscendCL).toMatchObject({ side: 'host', osPid: undefined, key: '2_1071532' });
    expect(processes.Something).toMatchObject({ side: 'unknown', device: NONE });
  });
});

describe('tracks', () => {
  async function trackOf(process: string, thread: string | undefined, label = 'NPU'): Promise<Track> {
    const naming = thread === undefined ? [] : [named('thread_name', 1, 46, thread)];
    const { timeline } = await read(
      named('process_name', 1, 0, process),
      labels(1, label),
      ...naming,
      slice(1, 46, 'x'),
    );
    return timeline.tracks[0];
  }

  test.each<[process: string, thread: string | undefined, label: string, expected: Partial<Track>]>([
    ['Ascend Hardware', 'Stream 46', 'NPU', { kind: 'stream', name: 'Stream 46', stream: 46 }],
    ['Ascend Hardware', undefined, 'NPU 0', { kind: 'stream', name: 'Stream 46', stream: 46 }],
    ['Communication', 'Group 127.0.0.1%eth0_60000 Communication', 'NPU', { kind: 'communication', stream: NONE }],
    ['HCCL', 'Plane 0', 'NPU', { kind: 'plane', name: 'Plane 0', stream: NONE }],
    ['HCCL', undefined, 'NPU', { kind: 'communication' }],
    ['Overlap Analysis', 'Communication(Not Overlapped)', 'NPU', { kind: 'overlap' }],
    ['CANN', 'Thread 4711', 'CPU', { kind: 'thread', name: 'Thread 4711' }],
    ['CANN', undefined, 'CPU', { kind: 'thread', name: 'Thread 46' }],
    ['CANN', 'Stream 46', 'DPU', { kind: 'thread' }],
    ['Biu Perf', 'Group0-aic', 'NPU', { kind: 'other', name: 'Group0-aic' }],
  ])('of %s called %s are recognised', async (process, thread, label, expected) => {
    expect(await trackOf(process, thread, label)).toMatchObject(expected);
  });

  test('stand in the order of their sort index, else in natural order of their names', async () => {
    const order = (tid: number, index: number | string): object => ({
      ph: 'M',
      name: 'thread_sort_index',
      pid: 1,
      tid,
      args: { sort_index: index },
    });
    const { timeline } = await read(
      named('process_name', 1, 0, 'Ascend Hardware'),
      labels(1, 'NPU'),
      slice(1, 10, 'x'),
      slice(1, 9, 'x'),
      slice(1, 2, 'x'),
      slice(1, 7, 'x'),
      order(7, 0),
      order(2, '1'),
    );
    expect(timeline.tracks.map(({ name }) => name)).toEqual(['Stream 7', 'Stream 2', 'Stream 9', 'Stream 10']);
  });
});

describe('what args say', () => {
  test('fills the columns, under the names of all versions', async () => {
    const { timeline } = await read(
      slice(1, 1, 'a', { 'Physic Stream Id': 46, 'Task Id': 7, 'Task Type': 'AI_CORE', connection_id: 5 }),
      slice(1, 2, 'b', { 'Stream Id': 3, 'Task Id': 8 }),
      slice(1, 3, 'c', {
        'stream id': 4,
        'task id': 9,
        'task type': 'SDMA',
        'size(Byte)': 1024,
        'transport type': 'LOCAL',
      }),
      slice(1, 4, 'd', { 'size(B)': 2048, level: 'node' }),
    );
    expect(typedValues(timeline, 'streamId')).toEqual([46, 3, 4, undefined]);
    expect(typedValues(timeline, 'taskId')).toEqual([7, 8, 9, undefined]);
    expect(typedValues(timeline, 'taskType')).toEqual(['AI_CORE', undefined, 'SDMA', undefined]);
    expect(typedValues(timeline, 'sizeBytes')).toEqual([undefined, undefined, 1024, 2048]);
    expect(typedValues(timeline, 'transport')).toEqual([undefined, undefined, 'LOCAL', undefined]);
    expect(typedValues(timeline, 'connectionId')).toEqual([5, undefined, undefined, undefined]);
  });

  test('stands in for a category: the level of the host, the task type of the device', async () => {
    const { timeline } = await read(
      slice(1, 1, 'a', { level: 'acl' }),
      slice(1, 2, 'b', { 'Task Type': 'AI_CORE' }),
      { ...slice(1, 3, 'c', { level: 'acl' }), cat: 'cpu_op' },
      slice(1, 4, 'd'),
    );
    expect(plainSlices(timeline).map(({ category }) => category)).toEqual(['acl', 'AI_CORE', 'cpu_op', undefined]);
  });
});

test('arrow names lose the digits of their own id and nothing else', async () => {
  const arrow = (ph: 's' | 'f', name: string, id: string): object => ({
    ph,
    bp: 'e',
    name,
    id,
    cat: 'HostToDevice',
    pid: 1,
    tid: 1,
    ts: '1787504006851100.001',
  });
  const { timeline } = await read(
    arrow('s', 'HostToDevice40004068119343529983', '40004068119343529983'),
    arrow('f', 'HostToDevice40004068119343529983', '40004068119343529983'),
    arrow('s', 'data', 'a'),
    arrow('s', '77', '77'),
  );
  expect(
    plainFlows(timeline)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['77', 'HostToDevice', 'data']);
});
