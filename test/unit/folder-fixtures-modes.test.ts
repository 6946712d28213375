// Folders of special modes of profiling, read by parsers that are not ours, against their ground truth.
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
