import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { Diagnostics, InputError, Registry, UsageError } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { readers } from '../../src/readers/index.ts';
import type { Reader } from '../../src/readers/reader.ts';
import { type OpenedRun, openRun } from '../../src/session/index.ts';
import { openRunWith } from '../../src/session/open-run.ts';
import { assertIntegrity } from '../../src/timeline/integrity.ts';

const root = mkdtempSync(join(tmpdir(), 'traceconv session '));
afterAll(() => rmSync(root, { recursive: true }));

let caseCount = 0;
function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = join(root, `case-${caseCount++}`);
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

interface Opened extends OpenedRun {
  readonly diagnostics: Diagnostics;
}

async function open(...inputs: string[]): Promise<Opened> {
  const diagnostics = new Diagnostics();
  const opened = await openRun(inputs, new NodeHost(), {}, diagnostics);
  for (const { timeline } of opened.run.shards) assertIntegrity(timeline);
  return { ...opened, diagnostics };
}

async function failureOf(...inputs: string[]): Promise<Error> {
  const result = await open(...inputs).catch((error: unknown) => error);
  if (result instanceof Error) return result;
  throw new Error('nothing failed');
}

const sliceCount = ({ run }: OpenedRun): number =>
  run.shards.reduce((sum, { timeline }) => sum + timeline.slices.length, 0);
const roles = ({ files }: OpenedRun, folder: string): Record<string, string> =>
  Object.fromEntries(files.map(({ path, role }) => [path.replace(`${folder}/`, ''), role]));

/** An msprof timeline with kernels at these microseconds, each 2 µs long. */
function msprof(kernelsUs: readonly number[], more: readonly object[] = []): string {
  const pid = 640551328;
  const names = [
    { name: 'process_name', pid, tid: 0, ph: 'M', args: { name: 'Ascend Hardware' } },
    { name: 'process_labels', pid, tid: 0, ph: 'M', args: { labels: 'NPU 0' } },
  ];
  const kernels = kernelsUs.map((us) => ({
    name: 'MatMul',
    pid,
    tid: 49,
    ts: `1787504006${us}.500`,
    dur: 2,
    ph: 'X',
    args: {},
  }));
  return JSON.stringify([...names, ...kernels, ...more]);
}
const EARLY = msprof([100010, 100020, 100030]);
const LATE = msprof([500010, 500020, 500030]);
const chrome = (ts: number): string => JSON.stringify([{ ph: 'X', name: 'a', pid: 1, tid: 1, ts, dur: 5 }]);

describe('exports of one capture', () => {
  const oldName = 'msprof_20260823165334.json';
  const newName = 'msprof_20260824101112.json';

  it('are counted once: the newest is read and the copy named', async () => {
    const folder = folderWith({ [oldName]: EARLY, [newName]: EARLY });
    const opened = await open(folder);
    expect(sliceCount(opened)).toBe(3);
    expect(roles(opened, folder)).toEqual({ [oldName]: 'copy', [newName]: 'read' });
    expect(opened.diagnostics.list()).toMatchObject([
      {
        kind: 'copy_skipped',
        places: [{ place: { path: join(folder, oldName) }, detail: expect.stringContaining(newName) }],
      },
    ]);
  });

  it('are both kept where they hold different captures', async () => {
    const folder = folderWith({ [oldName]: EARLY, [newName]: LATE });
    const opened = await open(folder);
    expect(opened.run.shards.length).toBe(2);
    expect(sliceCount(opened)).toBe(6);
    expect(opened.run.shards.map(({ shiftNs }) => shiftNs)).toEqual([0, 400_000_000]);
    expect(opened.run.endNs).toBe(400_022_000);
  });

  it('are no copies where a kernel differs', async () => {
    const folder = folderWith({ [oldName]: EARLY, [newName]: msprof([100010, 100020, 100025, 100030]) });
    expect(sliceCount(await open(folder))).toBe(7);
  });

  it('are not compared between folders: two ranks may look alike', async () => {
    const folder = folderWith({ [`r0/${oldName}`]: EARLY, [`r1/${newName}`]: EARLY });
    expect(sliceCount(await open(folder))).toBe(6);
  });

  it('are one where they were cut into slices, however they are named', async () => {
    const folder = folderWith({
      'msprof_slice_0_20260824101112.json': msprof([100010, 100020]),
      'msprof_slice_1_20260824101112.json': msprof([100030]),
      'msprof_tx_20260824101113.json': msprof([100030], []),
    });
    const opened = await open(`${folder}/*.json`);
    expect(opened.run.shards.length).toBe(1);
    expect(opened.run.shards[0].files.length).toBe(3);
    expect(sliceCount(opened)).toBe(3);
  });

  it('are recognised inside a torch_npu folder, whose own timeline holds more', async () => {
    const folder = folderWith({
      'x_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json': msprof(
        [100010, 100020, 100030],
        [{ ph: 'X', name: 'aten::mm', pid: 77, tid: 77, ts: '1787504006100001.000', dur: 3, cat: 'cpu_op' }],
      ),
      [`x_ascend_pt/PROF_1_A/mindstudio_profiler_output/${oldName}`]: EARLY,
    });
    expect(sliceCount(await open(folder))).toBe(4);
  });
});

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

  it('is lost beside a timeline: a truncated table', async () => {
    const table = gzipSync(`${EMPTY_TABLE}MatMul,MatMul,AI_CORE,1787504006100010.500\t,2\n`.repeat(9000));
    const folder = folderWith({ [TIMELINE]: EARLY, [`${TABLE}.gz`]: table.subarray(0, -20) });
    const opened = await open(folder);
    expect(sliceCount(opened)).toBe(3);
    expect(opened.diagnostics.countOf('file_unreadable')).toBe(1);
  });

  it('ends the reading where the capture has no other ops, or where it was named', async () => {
    const folder = folderWith({ [TABLE]: EMPTY_TABLE, 'a_ascend_pt/profiler_info_0.json': '{"rank_id": 0}' });
    expect(await failureOf(folder)).toMatchObject({ code: 'no_events' });
    const other = folderWith({ [TIMELINE]: EARLY, [TABLE]: EMPTY_TABLE });
    expect(await failureOf(other, join(other, TABLE))).toMatchObject({ code: 'no_events' });
  });
});

describe('inputs', () => {
  it('named twice are read once', async () => {
    const folder = folderWith({ 'a.json': chrome(10) });
    symlinkSync(join(folder, 'a.json'), join(folder, 'b.json'));
    const path = join(folder, 'a.json');
    expect(sliceCount(await open(path, path, folder, `${folder}/*`, join(folder, 'b.json')))).toBe(1);
  });

  it('share one clock: the run starts with the first of them', async () => {
    const folder = folderWith({ 'a.json': chrome(2000), 'b.json': chrome(500), 'c.json': chrome(800) });
    const { run } = await open(folder);
    expect(run.originNs).toBe(500_000n);
    expect(run.shards.map(({ files, shiftNs }) => [files[0].slice(-6), shiftNs])).toEqual([
      ['a.json', 1_500_000],
      ['b.json', 0],
      ['c.json', 300_000],
    ]);
    expect(run.endNs).toBe(1_505_000);
  });

  it('without a common clock are refused', async () => {
    const folder = folderWith({ 'boot.json': chrome(5), 'epoch.json': EARLY });
    const error = await failureOf(folder);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ code: 'clocks_differ', hint: '--align none puts them side by side' });
  });

  it('without a common clock stand side by side when nothing is to be aligned', async () => {
    const folder = folderWith({ 'boot.json': chrome(5), 'epoch.json': EARLY });
    const { run } = await openRun([folder], new NodeHost(), { align: 'none' }, new Diagnostics());
    expect(run.shards.map(({ shiftNs }) => shiftNs)).toEqual([0, 0]);
    expect(run.alignment?.method).toBe('none');
  });

  it('that are no traces are left out of a folder, with the reason', async () => {
    const folder = folderWith({
      'a.json': chrome(10),
      'op_summary.csv': 'Op Name,Duration\n',
      'info.json': '{"rank_id":-1}',
    });
    const { files, diagnostics } = await open(folder);
    expect(files.filter(({ role }) => role === 'skipped').map(({ why }) => why)).toEqual([
      'a JSON object with rank_id and no trace events',
      'text (Op Name,Duration...)',
    ]);
    expect(diagnostics.list()).toEqual([]);
  });

  it('made by traceconv are not read again with the folder they lie in', async () => {
    const own = `{"otherData":{"converter":"traceconv"},"traceEvents":${chrome(10)}}`;
    const folder = folderWith({ 'a.json': chrome(10), 'out.json': own });
    const opened = await open(folder);
    expect(sliceCount(opened)).toBe(1);
    expect(opened.diagnostics.countOf('file_skipped')).toBe(1);
    expect(sliceCount(await open(join(folder, 'out.json')))).toBe(1);
  });

  it('tell their rank and versions by the folders around them', async () => {
    const info = { rank_id: '3', cann_version: '8.3.RC1', torch_npu_version: '2.7.1' };
    const folder = folderWith({
      'x_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json': EARLY,
      'x_ascend_pt/profiler_info_3.json': JSON.stringify(info),
      'y_ascend_pt/ASCEND_PROFILER_OUTPUT/trace_view.json': LATE,
      'y_ascend_pt/profiler_info_4.json': '{"rank_id": -1}',
      'PROF_1_A/mindstudio_profiler_output/msprof_20260823165334.json': LATE,
      'PROF_1_A/host/info.json': '{"rank_id": 5, "hostname": "node-7"}',
      'PROF_2_A/mindstudio_profiler_output/msprof_20260823165334.json': LATE,
      'PROF_2_A/host/info.json': '{"rank_id": -1, "hostname": "node-8"',
    });
    const { files, run } = await open(folder);
    const facts = files
      .filter(({ role }) => role === 'read')
      .map(({ rank, hostName, toolVersion }) => ({ rank, hostName, toolVersion }));
    expect(facts).toEqual([
      { rank: 5, hostName: 'node-7', toolVersion: undefined },
      { rank: -1, hostName: undefined, toolVersion: undefined },
      { rank: 3, hostName: undefined, toolVersion: 'CANN 8.3.RC1, torch_npu 2.7.1' },
      { rank: 4, hostName: undefined, toolVersion: undefined },
    ]);
    expect(run.shards.map(({ timeline }) => timeline.processes[0].rank)).toEqual([5, -1, 3, 4]);
  });
});

describe('inputs of which nothing can be read', () => {
  const cases: [what: string, content: string | Uint8Array, code: string, found: RegExp][] = [
    ['an empty file', '', 'empty_file', /an empty file/],
    ['an empty file in gzip', new Uint8Array(gzipSync('')), 'empty_file', /an empty file/],
    ['white space', ' \n\n', 'not_a_trace', /only white space/],
    [
      'another JSON document',
      '{"avg_latency": 6.0, "latencies": []}',
      'not_a_trace',
      /JSON object with avg_latency, latencies/,
    ],
    ['a JSON array of something else', '[1, 2, 3]', 'not_a_trace', /JSON array without trace events/],
    ['binary junk', Uint8Array.from({ length: 999 }, (_, i) => i * 31), 'not_a_trace', /binary data \(00 1f 3e/],
    ['an SQLite database', 'SQLite format 3\0\x10', 'not_a_trace', /SQLite/],
    ['a CSV file', 'Op Name,Task Duration(us)\nMatMul,3\n', 'not_a_trace', /text \(Op Name,Task/],
  ];
  it.each(cases)('%s', async (_, content, code, found) => {
    const path = join(folderWith({ 'input.json': content }), 'input.json');
    const error = await failureOf(path);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code, at: { path, offset: 0 }, found: expect.stringMatching(found) });
    expect(error.message).not.toContain('\n');
  });

  it('a truncated gzip, at the compressed byte where it ends', async () => {
    const whole = new Uint8Array(gzipSync(chrome(10).repeat(3)));
    const path = join(folderWith({ 'a.json.gz': whole.subarray(0, 60) }), 'a.json.gz');
    expect(await failureOf(path)).toMatchObject({ code: 'gzip_truncated', at: { path, offset: 60 } });
  });

  it('a folder without files, and one without a trace', async () => {
    const empty = folderWith({});
    expect(await failureOf(empty)).toMatchObject({ code: 'no_trace', at: { path: empty }, found: 'no files' });
    const others = folderWith({ 'a.csv': 'x', 'b.txt': 'y' });
    expect(await failureOf(others)).toMatchObject({ code: 'no_trace', found: '2 files, none of them a trace' });
  });

  it('a PROF folder that was never exported, with the command that does it', async () => {
    const folder = folderWith({
      'PROF_1_A/device_0/data/stars_soc.data.0.slice_0': 'raw',
      'PROF_1_A/host/info.json': '{}',
    });
    const error = await failureOf(folder);
    expect(error).toMatchObject({
      code: 'not_exported',
      hint: expect.stringContaining('msprof --export=on --output='),
    });
  });

  it('but an unexported folder beside a trace is only a remark', async () => {
    const folder = folderWith({ 'PROF_1_A/device_0/data/x.slice_0': 'raw', 'a.json': chrome(10) });
    const { diagnostics } = await open(folder);
    expect(diagnostics.list()).toMatchObject([
      { kind: 'file_skipped', places: [{ detail: expect.stringContaining('msprof --export') }] },
    ]);
  });
});

describe('choosing a reader', () => {
  const path = (): string => join(folderWith({ 'a.json': chrome(10) }), 'a.json');
  const claiming = (id: string, confidence: 0 | 2 | 3): Reader => ({
    id,
    vendor: 'any',
    label: id,
    role: 'timeline',
    sniff: () => ({ confidence, why: 'it says so' }),
    load: async () => (sources, diagnostics, options) =>
      [...readers]
        .find((reader) => reader.id === 'chrome-json')!
        .load()
        .then((read) => read(sources, diagnostics, options)),
  });
  const openWith = (list: Reader[], from?: string): Promise<OpenedRun> =>
    openRunWith(new Registry(list), [path()], new NodeHost(), { from }, new Diagnostics());

  it('takes the surest', async () => {
    const { files } = await openWith([claiming('weak', 2), claiming('strong', 3)]);
    expect(files).toMatchObject([{ readerId: 'strong', confidence: 3, why: 'it says so' }]);
  });

  it('asks in a tie', async () => {
    const work = openWith([claiming('one', 2), claiming('other', 2)]);
    await expect(work).rejects.toMatchObject({
      name: 'UsageError',
      code: 'ambiguous_format',
      hint: 'say which with --from one or --from other',
    });
  });

  it('obeys --from, and knows which there are', async () => {
    expect((await openWith([claiming('one', 2), claiming('blind', 0)], 'blind')).files).toMatchObject([
      { readerId: 'blind' },
    ]);
    await expect(openWith([claiming('one', 2)], 'onne')).rejects.toMatchObject({
      code: 'unknown_reader',
      hint: 'readers: one',
    });
  });
});
