import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EARLY, failureOf, folderWith, msprof, open, roles, sliceCount } from '../support/opening.ts';
import { diagnosticCounts } from '../support/reading.ts';

describe('op tables', () => {
  const table = (startsUs: readonly number[]): string =>
    [
      'Name,Type,Accelerator Core,Start Time(us),Duration(us),Stream ID',
      ...startsUs.map((us) => `MatMul,MatMul,AI_CORE,1787504006${us}.500\t,2,49`),
      '',
    ].join('\n');

  it('alone give a timeline', async () => {
    const folder = folderWith({ 'x_ascend_pt/ASCEND_PROFILER_OUTPUT/kernel_details.csv': table([100010, 100020]) });
    expect(sliceCount(await open(folder))).toBe(2);
  });

  const TIMELINE = 'a_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json';
  const TABLE = 'a_ascend_pt/ASCEND_PROFILER_OUTPUT/kernel_details.csv';

  it('are laid over the timeline of their capture: nothing is counted twice', async () => {
    const folder = folderWith({ [TIMELINE]: EARLY, [TABLE]: table([100010, 100020, 100030]) });
    const { run, files } = await open(folder);
    expect(run.shards.length).toBe(1);
    const [{ timeline }] = run.shards;
    expect(timeline.slices.length).toBe(3);
    const type = timeline.slices.typed.get('opType')!;
    expect([0, 1, 2].map((slice) => timeline.strings.get(type.at(slice)))).toEqual(['MatMul', 'MatMul', 'MatMul']);
    expect(files.find(({ path }) => path.endsWith('.csv'))).toMatchObject({
      role: 'read',
      joined: { rowCount: 3, matchedCount: 3 },
    });
  });

  it('show what only they know on tracks of its own, and say so', async () => {
    const folder = folderWith({ [TIMELINE]: EARLY, [TABLE]: table([100010, 100012, 100020, 100030]) });
    const opened = await open(folder);
    expect(sliceCount(opened)).toBe(4);
    expect(opened.run.shards.map(({ timeline }) => timeline.processes[0])).toMatchObject([
      { name: 'Ascend Hardware', device: 0 },
      { name: 'Ascend Hardware, only in kernel_details.csv', device: 0 },
    ]);
    expect(opened.diagnostics.countOf('ops_unmatched')).toBe(1);
  });

  it('that disagree with the timeline about an op are named with the place', async () => {
    const wrong = table([100010, 100020, 100030]).replace(
      'MatMul,MatMul,AI_CORE,1787504006100020.500\t,2',
      'MatMul,MatMul,AI_CORE,1787504006100020.500\t,7',
    );
    const folder = folderWith({ [TIMELINE]: EARLY, [TABLE]: wrong });
    const opened = await open(folder);
    expect(sliceCount(opened)).toBe(3);
    expect(opened.run.shards[0].timeline.slices.durNs[1]).toBe(2000);
    expect(opened.diagnostics.list()).toMatchObject([
      {
        kind: 'ops_disagree',
        places: [
          {
            place: { path: join(folder, TABLE), offset: wrong.indexOf('MatMul,MatMul,AI_CORE,1787504006100020') },
            detail: 'MatMul takes 7000 ns, in the timeline 2000 ns',
          },
        ],
      },
    ]);
  });

  it('are one where they were cut into slices, and the newest of several exports', async () => {
    const folder = folderWith({
      'op_summary_slice_0_20260824101112.csv': table([100010]),
      'op_summary_slice_1_20260824101112.csv': table([100020, 100030]),
      'op_summary_20260823165335.csv': table([100010, 100020, 100030]),
    });
    const opened = await open(folder);
    expect(opened.run.shards.length).toBe(1);
    expect(sliceCount(opened)).toBe(3);
    expect(roles(opened, folder)['op_summary_20260823165335.csv']).toBe('copy');
  });
});

describe('op tables of which no timeline knows all', () => {
  const PROF = 'PROF_1_A';
  const at = (us: number): { us: string; task: number } => ({ us: `17875040061000${us}.500`, task: us });
  const ids = [10, 20, 30].map(at);
  const ops = (device = 0, rows = ids): string =>
    [
      'Device_id,Op Name,OP Type,Task Type,Task Start Time(us),Task Duration(us),Stream ID,Task ID',
      ...rows.map(({ us, task }) => `${device},MatMul,MatMul,AI_CORE,${us}\t,2,49,${task}`),
      '',
    ].join('\n');
  const tasks = [
    'Device_id,kernel_name,kernel_type,stream_id,task_id,task_time(us),task_start(us),task_stop(us)',
    ...[...ids, at(40)].map(({ us, task }) => `0,te_matmul,AI_CORE,49,${task},2,${us}\t,${us.replace('.', '2.')}\t`),
    '',
  ].join('\n');

  it('have what two of them know once', async () => {
    const folder = folderWith({
      [`${PROF}/mindstudio_profiler_output/msprof_20260824101112.json`]: msprof([100010]),
      [`${PROF}/mindstudio_profiler_output/op_summary_20260824101112.csv`]: ops(),
      [`${PROF}/mindstudio_profiler_output/task_time_20260824101112.csv`]: tasks,
    });
    expect(sliceCount(await open(folder))).toBe(4);
  });

  it('are timelines of their own where they are of several devices and there is no other', async () => {
    const folder = folderWith({
      [`${PROF}/device_0/summary/op_summary_0_1_1.csv`]: ops(0),
      [`${PROF}/device_1/summary/op_summary_1_1_1.csv`]: ops(1),
    });
    const { run, files, diagnostics } = await open(folder);
    const processes = run.shards.flatMap(({ timeline }) => timeline.processes);
    expect(processes.map(({ name, device }) => ({ name, device }))).toEqual([
      { name: 'Ascend Hardware', device: 0 },
      { name: 'Ascend Hardware', device: 1 },
    ]);
    expect(files.map(({ joined }) => joined)).toEqual([undefined, undefined]);
    expect(diagnostics.countOf('ops_unmatched')).toBe(0);
  });

  it('are lost where they lie months away from it, and the rest is read', async () => {
    const far = ids.map(({ us, task }) => ({ us: us.replace('1787', '1687'), task }));
    const folder = folderWith({
      [`${PROF}/mindstudio_profiler_output/msprof_20260824101112.json`]: msprof([100010]),
      [`${PROF}/mindstudio_profiler_output/op_summary_20260824101112.csv`]: ops(0, far),
    });
    const opened = await open(folder);
    expect(sliceCount(opened)).toBe(1);
    expect(opened.diagnostics.countOf('time_far_away')).toBe(3);
  });
});

describe('exports of several PROF folders in one framework folder', () => {
  it('are not older ones of each other', async () => {
    const output = (prof: string, time: string, us: number): Record<string, string> => ({
      [`x_ascend_pt/${prof}/mindstudio_profiler_output/msprof_${time}.json`]: msprof([us]),
    });
    const folder = folderWith({
      ...output('PROF_1_A', '20260823165334', 100010),
      ...output('PROF_2_B', '20260823165335', 100020),
    });
    expect(sliceCount(await open(folder))).toBe(2);
  });
});

describe('a file of a capture that cannot be read', () => {
  const TIMELINE = 'a_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json';
  const TABLE = 'a_ascend_pt/ASCEND_PROFILER_OUTPUT/kernel_details.csv';
  const EMPTY_TABLE = 'Name,Type,Accelerator Core,Start Time(us),Duration(us)\n';

  it('is left out beside a timeline: a table without ops', async () => {
    const folder = folderWith({ [TIMELINE]: EARLY, [TABLE]: EMPTY_TABLE });
    const opened = await open(folder);
    expect(sliceCount(opened)).toBe(3);
    expect(roles(opened, folder)).toEqual({ [TIMELINE]: 'read', [TABLE]: 'skipped' });
    expect(opened.diagnostics.list()).toMatchObject([{ kind: 'file_skipped', places: [{ place: { offset: 55 } }] }]);
  });

  it('is lost beside a timeline: a damaged table; a truncated one is read as far as it goes', async () => {
    const whole = gzipSync(`${EMPTY_TABLE}MatMul,MatMul,AI_CORE,1787504006100010.500\t,2\n`.repeat(9000));
    const damaged = Uint8Array.from(whole).fill(0, -8);
    const lost = await open(folderWith({ [TIMELINE]: EARLY, [`${TABLE}.gz`]: damaged }));
    expect(sliceCount(lost)).toBe(3);
    expect(diagnosticCounts(lost.diagnostics)).toMatchObject({ file_unreadable: 1 });
    const cut = await open(folderWith({ [TIMELINE]: EARLY, [`${TABLE}.gz`]: whole.subarray(0, -8) }));
    expect(sliceCount(cut)).toBe(9002);
    expect(diagnosticCounts(cut.diagnostics)).toMatchObject({ gzip_truncated: 1 });
  });

  it('ends the reading where the capture has no other ops, or where it was named', async () => {
    const folder = folderWith({ [TABLE]: EMPTY_TABLE, 'a_ascend_pt/profiler_info_0.json': '{"rank_id": 0}' });
    expect(await failureOf(folder)).toMatchObject({ code: 'no_events' });
    const other = folderWith({ [TIMELINE]: EARLY, [TABLE]: EMPTY_TABLE });
    expect(await failureOf(other, join(other, TABLE))).toMatchObject({ code: 'no_events' });
  });

  const NEWER = 'PROF_1_A/mindstudio_profiler_output/msprof_20260824101112.json';
  const OLDER = 'PROF_1_A/mindstudio_profiler_output/msprof_20260823165334.json';

  it('makes room for an older export of the capture', async () => {
    const folder = folderWith({ [NEWER]: EARLY.slice(0, 60), [OLDER]: EARLY });
    const opened = await open(folder);
    expect(sliceCount(opened)).toBe(3);
    expect(roles(opened, folder)).toEqual({ [NEWER]: 'skipped', [OLDER]: 'read' });
  });

  it('is lost where it is empty though it bears the name of a timeline', async () => {
    const empty = 'b_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json';
    const folder = folderWith({ 'a_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json': EARLY, [empty]: '' });
    const { diagnostics } = await open(folder);
    expect(diagnostics.list()).toMatchObject([
      { kind: 'file_unreadable', places: [{ place: { path: join(folder, empty) }, detail: 'an empty file' }] },
    ]);
    expect(diagnostics.lossCount).toBe(1);
  });
});
