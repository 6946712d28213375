// What both outputs make of several ranks, captures and shards.
import { describe, expect, test } from 'vitest';
import type { Run } from '../../../src/timeline/index.ts';
import { writePerfetto } from '../../../src/writers/perfetto/write.ts';
import { documentOf, named, of } from './chrome-reading.ts';
import { consume, decode } from './perfetto-reading.ts';
import { type PartSpec, type ProcessSpec, runOf, written } from './run-of.ts';

const tracks = [{ name: 'Stream 3', key: '3', slices: [{ name: 'op', startNs: 0, durNs: 1 }] }];
const npu = (rank: number, device: number, name = 'Ascend Hardware'): ProcessSpec => {
  return { name, side: 'device', label: 'NPU', rank, device, key: '77', tracks };
};
const host = (rank: number): ProcessSpec => ({ name: 'CANN', side: 'host', label: 'CPU', rank, key: '55', tracks });

async function chromeProcesses(run: Run): Promise<unknown[]> {
  return named((await documentOf(run)).traceEvents, 'process_name').map(({ args }) => args.name);
}

/** Perfetto's processes and what stands right below them. */
async function perfettoGroups(run: Run): Promise<Record<string, (string | undefined)[]>> {
  const packets = decode((await written(writePerfetto, run)).bytes);
  const descriptors = packets.flatMap(({ track_descriptor: d }) => (d === undefined ? [] : [d]));
  const below = (uuid: string | undefined) => descriptors.filter(({ parent_uuid }) => parent_uuid === uuid);
  return Object.fromEntries(
    descriptors.flatMap(({ uuid, process }) =>
      process === undefined ? [] : [[process.process_name, below(uuid).map(({ name }) => name)]],
    ),
  );
}

describe('processes', () => {
  const ranks: PartSpec[] = [
    { processes: [npu(11, 1), host(11)], hostName: 'node-7' },
    { processes: [npu(3, 5), npu(3, 4), host(3)], hostName: 'node-7' },
    { processes: [npu(2, 0)] },
  ];

  test('of Chrome JSON go by rank, the host before its devices, and are called so', async () => {
    const run = runOf(ranks);
    expect(await chromeProcesses(run)).toEqual([
      'rank 2 · NPU 0 · Ascend Hardware',
      'rank 3 · host · node-7 · CANN',
      'rank 3 · NPU 4 · node-7 · Ascend Hardware',
      'rank 3 · NPU 5 · node-7 · Ascend Hardware',
      'rank 11 · host · node-7 · CANN',
      'rank 11 · NPU 1 · node-7 · Ascend Hardware',
    ]);
    const { traceEvents } = await documentOf(run);
    const indexes = named(traceEvents, 'process_sort_index').map(({ args }) => args.sort_index);
    expect(indexes).toEqual([0, 1, 2, 3, 4, 5]);
    const labels = named(traceEvents, 'process_labels').map(({ args }) => args.labels);
    expect(labels).toEqual(['NPU', 'CPU', 'NPU', 'NPU', 'CPU', 'NPU']);
  });

  test('of Perfetto do so too', async () => {
    expect(Object.entries(await perfettoGroups(runOf(ranks)))).toEqual([
      ['rank 2 · NPU 0', ['Ascend Hardware']],
      ['rank 3 · host · node-7', ['CANN']],
      ['rank 3 · NPU 4 · node-7', ['Ascend Hardware']],
      ['rank 3 · NPU 5 · node-7', ['Ascend Hardware']],
      ['rank 11 · host · node-7', ['CANN']],
      ['rank 11 · NPU 1 · node-7', ['Ascend Hardware']],
    ]);
  });

  test('of one part without a rank say no more than the capture does', async () => {
    const run = runOf({ processes: [npu(-1, 5), host(-1)], hostName: 'node-7', capture: '/p/PROF_1' });
    expect(await chromeProcesses(run)).toEqual(['CANN', 'Ascend Hardware']);
    expect(Object.keys(await perfettoGroups(run))).toEqual(['host', 'NPU 5']);
  });

  test('of several parts without a rank go by the folder of their capture, or by their file', async () => {
    const run = runOf([
      { processes: [npu(-1, 0)], hostName: 'node-7', capture: '/p/PROF_1' },
      { processes: [npu(-1, 0)], files: ['/q/msprof_1.json'] },
    ]);
    expect(await chromeProcesses(run)).toEqual([
      'PROF_1 · NPU 0 · node-7 · Ascend Hardware',
      'msprof_1.json · NPU 0 · Ascend Hardware',
    ]);
    expect(Object.keys(await perfettoGroups(run))).toEqual(['PROF_1 · NPU 0 · node-7', 'msprof_1.json · NPU 0']);
  });
});

describe('shards of one rank and device', () => {
  const shards = (rank: number, capture?: string): PartSpec[] => [
    { processes: [npu(rank, 5)], capture, files: ['/a_ascend_pt/trace_view.json'] },
    { processes: [npu(rank, 5, 'Memory')], capture, files: ['/a_ascend_pt/memory_record.csv'] },
    { processes: [npu(rank, 5)], capture, files: ['/a_ascend_pt/kernel_details.csv'] },
  ];

  test.each([
    ['by their rank', shards(3), 'rank 3 · NPU 5'],
    ['by their capture', shards(-1, '/a_ascend_pt'), 'NPU 5'],
  ])('are one process of Perfetto, %s; rows of one name tell their files', async (_how, parts, group) => {
    expect(await perfettoGroups(runOf(parts))).toEqual({
      [group]: ['Ascend Hardware (trace_view.json)', 'Memory', 'Ascend Hardware (kernel_details.csv)'],
    });
  });

  test('are told apart in Chrome JSON', async () => {
    expect(await chromeProcesses(runOf(shards(3)))).toEqual([
      'rank 3 · NPU 5 · Ascend Hardware (trace_view.json)',
      'rank 3 · NPU 5 · Memory',
      'rank 3 · NPU 5 · Ascend Hardware (kernel_details.csv)',
    ]);
  });

  test('of several captures are told apart by what differs in the paths of these', async () => {
    const part = (folder: string): PartSpec => ({
      processes: [npu(0, 0)],
      files: [`${folder}/trace_view.json`],
      capture: folder,
    });
    expect(await chromeProcesses(runOf([part('/first'), part('/second')]))).toEqual([
      'rank 0 · first · NPU 0 · Ascend Hardware',
      'rank 0 · second · NPU 0 · Ascend Hardware',
    ]);
  });
});

describe('ranks with the same ids', () => {
  const rank = (rank: number): PartSpec => ({
    processes: [
      { ...host(rank), tracks: [{ key: '1', slices: [{ name: 'launch', startNs: 0, durNs: 1 }] }] },
      { ...npu(rank, 0), tracks: [{ key: '3', slices: [{ name: 'kernel', startNs: 5, durNs: 1 }] }] },
    ],
    flows: [{ name: 'HostToDevice', category: 'HostToDevice', from: 'launch', to: 'kernel' }],
  });
  const run = runOf([0, 1, 2].map(rank));

  test('share no pid in Chrome JSON, and no row', async () => {
    const { traceEvents } = await documentOf(run);
    const pids = named(traceEvents, 'process_name').map(({ pid }) => pid);
    expect(new Set(pids).size).toBe(6);
    const rows = of(traceEvents, 'X').map(({ pid, tid }) => `${pid} ${tid}`);
    expect(new Set(rows).size).toBe(6);
  });

  test('share no pid in Perfetto', async () => {
    const packets = decode((await written(writePerfetto, run)).bytes);
    const pids = packets.flatMap(({ track_descriptor: d }) => (d?.process === undefined ? [] : [d.process.pid]));
    expect(new Set(pids).size).toBe(6);
  });

  test.each(['typescript', 'wasm'] as const)(
    'have arrows of their own in Chrome JSON, written by %s',
    async (engine) => {
      const { traceEvents } = await documentOf(run, { engine });
      const pidOf = (id: unknown, ph: string) => of(traceEvents, ph).find((each) => each.id === id)?.pid;
      const arrows = of(traceEvents, 's').map(({ id }) => [pidOf(id, 's'), pidOf(id, 'f')]);
      const pids = named(traceEvents, 'process_name').map(({ pid }) => pid);
      expect(arrows).toEqual([pids.slice(0, 2), pids.slice(2, 4), pids.slice(4, 6)]);
      expect(new Set(of(traceEvents, 's').map(({ id }) => id)).size).toBe(3);
      expect(of(traceEvents, 'f').length).toBe(3);
    },
  );

  test.each(['typescript', 'wasm'] as const)('have arrows of their own in Perfetto, written by %s', async (engine) => {
    const { bytes } = await written(writePerfetto, run, { engine });
    const ends = consume(decode(bytes)).flatMap(({ name, flows }) => (name ? [[name, ...flows]] : []));
    expect(ends).toEqual(
      [1, 2, 3].flatMap((id) => [
        ['launch', `${id}`],
        ['kernel', `${id}`],
      ]),
    );
  });
});

test('the facts of both outputs say how ranks were aligned', async () => {
  const run: Run = {
    ...runOf([{ processes: [npu(0, 0)] }, { processes: [npu(1, 1)] }]),
    alignment: {
      method: 'collective',
      shifts: [
        { name: 'rank 0', rank: 0, shiftNs: 0n, sharedCollectives: 4 },
        { name: 'rank 1', rank: 1, shiftNs: -1_700_000_000_000_000_001n, sharedCollectives: 4 },
      ],
      residual: { medianNs: 12, maxNs: 34, count: 4 },
    },
  };
  const expected = {
    method: 'collective',
    shifts: [
      { name: 'rank 0', rank: 0, shiftNs: '0', sharedCollectives: 4 },
      { name: 'rank 1', rank: 1, shiftNs: '-1700000000000000001', sharedCollectives: 4 },
    ],
    residual: { medianNs: 12, maxNs: 34, count: 4 },
  };
  expect(JSON.parse((await documentOf(run)).otherData.alignment)).toEqual(expected);
  const attributes = decode((await written(writePerfetto, run)).bytes).flatMap(
    ({ trace_attributes: attributes }) => attributes?.attribute ?? [],
  );
  expect(JSON.parse(attributes.find(({ key }) => key === 'alignment')?.string_value ?? '')).toEqual(expected);
});
