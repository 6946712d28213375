import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Diagnostics, InputError, Registry, UsageError } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { readers } from '../../src/readers/index.ts';
import type { Reader } from '../../src/readers/reader.ts';
import { type OpenedRun, openRun } from '../../src/session/index.ts';
import { openRunWith } from '../../src/session/open-run.ts';
import { kinetoText, launched } from '../support/kineto-events.ts';
import { chrome, EARLY, failureOf, folderWith, LATE, msprof, open, roles, sliceCount } from '../support/opening.ts';
import { filesBelow, fixturesRoot } from '../support/project.ts';

describe('ranks of PyTorch', () => {
  it('stand on one axis, whatever moment each counts from', async () => {
    // 8 s after `base`; counted from it, from the epoch, and from a base that lies 90 days later.
    const [base, days] = [1_735_632_360_000_000_000n, 7_776_000_000_000_000n];
    const rank = (number: number, startUs: number, baseNs?: bigint): string => {
      const text = kinetoText(launched(1, 'gemm', 7, [startUs, startUs + 1], [startUs + 2, startUs + 9]), {
        ...{ distributedInfo: { rank: number, world_size: 3 } },
        ...(baseNs === undefined ? {} : { baseTimeNanoseconds: 1 }),
      });
      return text.replace('"baseTimeNanoseconds":1', `"baseTimeNanoseconds":${baseNs}`);
    };
    const folder = folderWith({
      'rank0.json': rank(0, 8_000_000, base),
      'rank1.json': rank(1, Number(base / 1000n) + 8_000_100),
      'rank2.json': rank(2, 8_000_200 - Number(days / 1000n), base + days),
    });
    const { run } = await open(`${folder}/*.json`);
    expect(run.originNs).toBe(base + 8_000_000_000n);
    expect(run.shards.map(({ shiftNs }) => shiftNs)).toEqual([0, 100_000, 200_000]);
  });
});

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
  const CUT_EARLY = gzipSync('[{"p', { level: 0 }).subarray(0, -8);
  const cases: [what: string, content: string | Uint8Array, code: string, found: RegExp][] = [
    ['an empty file', '', 'empty_file', /an empty file/],
    ['an empty file in gzip', new Uint8Array(gzipSync('')), 'empty_file', /an empty file/],
    ['white space', ' \n\n', 'not_a_trace', /only white space/],
    ['another JSON document', '{"avg_loss": 6.0, "losses": []}', 'not_a_trace', /JSON object with avg_loss, losses/],
    ['a JSON array of something else', '[1, 2, 3]', 'not_a_trace', /JSON array without trace events/],
    ['binary junk', Uint8Array.from({ length: 999 }, (_, i) => i * 31), 'not_a_trace', /binary data \(00 1f 3e/],
    ['an SQLite database', 'SQLite format 3\0\x10', 'not_a_trace', /SQLite/],
    ['a zip archive', `PK\x03\x04${'\0'.repeat(26)}trace.json`, 'not_a_trace', /^a zip archive$/],
    [
      'a spreadsheet, with what to name instead',
      `PK\x03\x04${'\0'.repeat(26)}[Content_Types].xml`,
      'not_a_trace',
      /spreadsheet \(xlsx\), which is not read: the \.csv/,
    ],
    ['a CSV file', 'Op Name,Task Duration(us)\nMatMul,3\n', 'not_a_trace', /text \(Op Name,Task/],
  ];
  it.each(cases)('%s', async (_, content, code, found) => {
    const path = join(folderWith({ 'input.json': content }), 'input.json');
    const error = await failureOf(path);
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code, at: { path, offset: 0 }, found: expect.stringMatching(found) });
    expect(error.message).not.toContain('\n');
  });

  it('a truncated gzip of what needs its end, or of which too little is there', async () => {
    const database = join(fixturesRoot, 'ascend-db', 'decode-2024');
    const [path] = filesBelow(database).filter((each) => each.endsWith('.db'));
    const bytes = gzipSync(new Uint8Array(readFileSync(join(database, path))));
    const most = bytes.subarray(0, 4000);
    const folder = folderWith({ 'ascend_pytorch_profiler_1.db.gz': most, 'a.json.gz': CUT_EARLY });
    expect(await failureOf(join(folder, 'ascend_pytorch_profiler_1.db.gz'))).toMatchObject({
      code: 'gzip_truncated',
      at: { offset: 4000 },
      found: expect.stringMatching(/^the end of the file, and the \d+ bytes before that cannot be read: .* database/),
    });
    expect(await failureOf(join(folder, 'a.json.gz'))).toMatchObject({
      code: 'gzip_truncated',
      at: { offset: CUT_EARLY.length },
      found: expect.stringContaining('no trace yet'),
    });
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
