// Folders of special modes of profiling, read by parsers that are not ours, against their ground truth.
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { allFixtures } from '../../fixtures/generate/fixtures.ts';
import { csvRows, TimelineFile } from '../support/folder-files.ts';

const fixtures = new Map(allFixtures().map(({ name, files }) => [name.replace('ascend-folders/', ''), files]));
const textLike = (fixture: string, pattern: RegExp): string =>
  [...fixtures.get(fixture)!].find(([path]) => pattern.test(path))![1];
const truthOf = (fixture: string) => JSON.parse(textLike(fixture, /^truth\.json$/));
const header = (text: string): string[] => text.split(/\r?\n/)[0]!.split(',');

describe('level0', () => {
  const table = textLike('level0', /kernel_details/);
  const timeline = new TimelineFile(textLike('level0', /trace_view/));

  test('has a thin op table', () => {
    const columns = 'Step Id,Name,Type,Accelerator Core,Start Time(us),Duration(us),Wait Time(us),Block Dim';
    expect(header(table).join()).toBe(columns);
    expect(new Set(csvRows(table).map((row) => row['Type']))).toEqual(new Set(['N/A']));
    expect(new Set(csvRows(table).map((row) => row['Accelerator Core']))).toEqual(new Set(['N/A', 'HCCL']));
  });

  test('has arrows from a process without a name and without slices', () => {
    const arrows = timeline.events.filter(({ ph, cat }) => ph === 's' && cat === 'HostToDevice');
    const pids = new Set(arrows.map(({ pid }) => pid));
    const ofThem = timeline.events.filter(
      ({ pid, ph, name }) => pids.has(pid) && (ph === 'X' || name === 'process_name'),
    );
    expect(pids.size).toBe(1);
    expect(ofThem).toEqual([]);
    const ends = new Set(timeline.events.filter(({ ph }) => ph === 'f').map(({ id }) => id));
    expect(arrows.filter(({ id }) => ends.has(id)).length).toBe(truthOf('level0').ranks[0].launchArrows);
  });

  test('says the device with nothing but a packed process id', () => {
    expect(timeline.slices('Ascend Hardware', 0)[0]!.pid).toBe(3016826 * 1024 + 13 * 32);
    expect(textLike('level0', /trace_view/)).not.toContain('NPU 0');
  });

  test('has no statistics, no parts of collectives and no communication.json', () => {
    const names = [...fixtures.get('level0')!.keys()];
    expect(names.filter((name) => /statistic|communication/.test(name))).toEqual([]);
    expect(new Set(timeline.slices('HCCL', 0).map(({ tid }) => tid))).toEqual(new Set([0]));
  });
});

describe('graph-replay', () => {
  const timeline = new TimelineFile(textLike('graph-replay', /msprof_\d+\.json/));
  const { replays } = truthOf('graph-replay').ranks[0];
  const table = textLike('graph-replay', /op_summary/);

  test('launches all ops of a replay with one arrow start', () => {
    expect(replays.length).toBe(2);
    for (const { connectionId, ops } of replays) {
      const id = String(BigInt(connectionId) << 32n);
      const ends = timeline.events.filter((event) => event.ph === 'f' && event.id === id);
      expect(timeline.events.filter((event) => event.ph === 's' && event.id === id).length).toBe(1);
      expect(ends.length).toBeGreaterThanOrEqual(ops);
      const onOps = [...timeline.slices('Ascend Hardware', 0), ...timeline.slices('Communication', 0)].filter(
        ({ args, tid, name }) =>
          args!['connection_id'] === connectionId && (tid === 2 || tid === 3 || name.startsWith('hcom')),
      );
      const copies = onOps.filter(({ name }) => name === 'MEMCPY_ASYNC');
      expect(onOps.length - copies.length).toBe(ops);
    }
  });

  test('has the model and the run of every row in its op table', () => {
    const columns = header(table);
    expect(columns.slice(0, 7)).toEqual([
      'Device_id',
      'Model Name',
      'Model ID',
      'Task ID',
      'Stream ID',
      'Infer ID',
      'Op Name',
    ]);
    for (const [index, { modelId, ops }] of replays.entries()) {
      const rows = csvRows(table).filter((row) => row['Infer ID'] === String(index + 1));
      expect(rows.length).toBe(ops);
      expect(new Set(rows.map((row) => row['Model ID']))).toEqual(new Set([String(modelId)]));
    }
  });

  test('has the iterations of the graph as a table and as a timeline', () => {
    const rows = csvRows(textLike('graph-replay', /step_trace_\d+\.csv/).replace(/,Reduce.*(?=\n)/, ',a,b,c,d'));
    const slices = new TimelineFile(textLike('graph-replay', /step_trace_\d+\.json/)).events.filter(
      ({ ph }) => ph === 'X',
    );
    expect(rows.map((row) => row['Iteration ID'])).toEqual(['1', '2']);
    expect(rows.map((row) => Number(row['Iteration Time(us)']))).toEqual(slices.map(({ dur }) => dur));
  });
});

describe('mindie', () => {
  const table = csvRows(textLike('mindie', /op_summary/));
  const [rank] = truthOf('mindie').ranks;
  const timeline = new TimelineFile(textLike('mindie', /msprof_\d+\.json/));

  test('runs collectives as kernels on the compute stream', () => {
    const kernels = table.filter((row) => /^(LcclAllReduce|AivKernel)$/.test(row['OP Type']!));
    expect(new Set(kernels.map((row) => `${row['Stream ID']} ${row['Task Type']}`))).toEqual(
      new Set(['2 AI_VECTOR_CORE']),
    );
    expect(timeline.slices('Ascend Hardware', 0).some(({ tid }) => tid === 4)).toBe(false);
  });

  test('shows the collectives of HCCL as well, at the same time, and those of LCCL not', () => {
    const starts = (type: string): string[] =>
      table.filter((row) => row['OP Type'] === type).map((row) => row['Task Start Time(us)']!);
    expect(starts('AivKernel')).toEqual(starts('hcom_allReduce_'));
    expect(starts('LcclAllReduce').length).toBe(2);
    expect(timeline.collectives(0).length).toBe(starts('AivKernel').length);
  });

  test('makes the vendor take the collectives of LCCL for computing', () => {
    const lcclNs = rank.ops.LcclAllReduce.totalNs;
    expect(rank.vendor.computingNs - rank.byPurpose.computeNs).toBeGreaterThan(lcclNs * 0.9);
    expect(rank.byPurpose.communicationNs - rank.vendor.communicationNs).toBeGreaterThan(lcclNs * 0.9);
  });

  test('names ops as ATB does', () => {
    const operations = table.filter((row) => /Operation_\w+Kernel$/.test(row['Op Name']!));
    expect(operations.length).toBeGreaterThan(table.length / 2);
  });
});

describe('310p', () => {
  const { ranks } = truthOf('310p');
  const table = textLike('310p', /op_summary_1/);

  test('has its files below the devices, and no rank', () => {
    expect(ranks.map(({ device }: { device: number }) => device)).toEqual([0, 1]);
    for (const { files, device } of ranks) {
      expect(files.map((path: string) => path.split('/')[1])).toEqual([`device_${device}`, `device_${device}`]);
    }
    expect(JSON.parse(textLike('310p', /host\/info/)).rank_id).toBe(-1);
  });

  test('has columns for one type of core, and a start without a unit', () => {
    const columns = header(table);
    expect(columns).toContain('vec_time(us)');
    expect(columns).toContain('memory_bound');
    expect(columns).toContain('Task Start Time');
    expect(columns.filter((name) => /^ai[cv]_|Device_id|Context ID|^Mix|aiv_time/.test(name))).toEqual([]);
  });

  test('has an old task_time of totals', () => {
    const shares = csvRows(textLike('310p', /task_time_0/)).map((row) => Number(row['Time(%)']));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 1);
  });
});

describe('broken', () => {
  const { ranks, unexported } = truthOf('broken');
  const files = fixtures.get('broken')!;
  const [cutOff, badRows, shifted] = ranks;

  test('has a timeline that breaks off', () => {
    const { path, events, startsAtByte, fileBytes } = cutOff.damage.cut;
    const text = files.get(path)!;
    expect(() => JSON.parse(text)).toThrow();
    expect(JSON.parse(`${text.slice(0, startsAtByte).replace(/, $/, '')}]`).length).toBe(events);
    expect(Buffer.byteLength(text)).toBe(fileBytes);
  });

  test('has rows that break one rule each', () => {
    const { path, damage } = badRows.damage.rows;
    const lines = files.get(path)!.trimEnd().split('\n');
    const width = parse(lines[0]!)[0].length;
    const strange = lines.flatMap((line, index) => {
      const cells: string[] = parse(line)[0];
      const times = [cells[9], cells[10]].map((cell) => Number(cell));
      return index === 0 || (cells.length === width && times.every((time) => time >= 0)) ? [] : [index + 1];
    });
    expect(strange).toEqual(damage.map(({ line }: { line: number }) => line));
  });

  test('has a header that lost a column', () => {
    const [first, second] = parse(files.get(shifted.damage.header.path)!, { relax_column_count: true });
    expect([first.length + 1, first.includes('Step Id')]).toEqual([second.length, false]);
  });

  test('has profiler_info that does not tell the rank', () => {
    const infos = [...files].filter(([path]) => path.includes('profiler_info'));
    const ranksTold = infos.map(([path, text]) => {
      const told = /"rank_id": (\d+)/.exec(text)?.[1];
      return [/profiler_info.*/.exec(path)![0], told];
    });
    expect(ranksTold).toEqual([
      ['profiler_info_0.json', '0'],
      ['profiler_info_1.json', undefined],
      ['profiler_info.json', undefined],
    ]);
  });

  test('has folders with raw data only', () => {
    for (const folder of unexported) {
      const names = [...files.keys()].filter((path) => path.startsWith(folder));
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((path) => /OUTPUT|_output/.test(path))).toEqual([]);
    }
  });
});
