// Having captures read by a vendor's tool, with a program that stands in for it and shows every behaviour.
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Diagnostics, EnvironmentError } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import type { ChipOptions } from '../../src/readers/reader.ts';
import { sophonTool } from '../../src/readers/sophon/vendor-tool.ts';
import { type OpenedRun, openRun, type VendorToolOptions } from '../../src/session/index.ts';
import { assertIntegrity } from '../../src/timeline/integrity.ts';
import { plainSlices } from '../support/plain-timeline.ts';
import { samplesAbsent, samplesRoot } from '../support/samples.ts';
import { HELP_02, operatorCapture, PFTRACE, standIn, WRITES_PFTRACE } from '../support/stand-in-tool.ts';

const NATIVE_NAMES = ['TIU', 'sync', 'sync'];
const TOOL_NAMES = ['cdma.nop', 'cdma.send', 'forward', 'forward', 'mm.normal', 'mm.normal', 'tensorLd', 'tensorLd'];

interface Outcome extends OpenedRun {
  readonly names: readonly string[];
  readonly diagnostics: Diagnostics;
  /** What is said of the tool: `kind: detail`. */
  readonly said: readonly string[];
}

async function open(capture: string, vendorTool: VendorToolOptions, chip?: ChipOptions): Promise<Outcome> {
  const host = new NodeHost();
  const diagnostics = new Diagnostics();
  try {
    const opened = await openRun([capture], host, { vendorTool, chip }, diagnostics);
    const timelines = opened.run.shards.map(({ timeline }) => timeline);
    timelines.forEach(assertIntegrity);
    const names = timelines.flatMap((timeline) => plainSlices(timeline).map(({ name }) => name));
    const said = diagnostics
      .list()
      .filter(({ kind }) => kind.startsWith('vendor_tool'))
      .flatMap(({ kind, places }) => places.map(({ detail }) => `${kind}: ${detail}`));
    return { ...opened, diagnostics, names: names.sort(), said };
  } finally {
    await host.close();
  }
}

const foldersLeft = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('traceconv-tool-'));

/** Our own reading stands, and this is said; with `always` it is an error. */
async function expectFailure(path: string, what: RegExp, options: VendorToolOptions = {}): Promise<void> {
  const capture = operatorCapture();
  const { names, said, diagnostics, files } = await open(capture, { path, ...options });
  expect(names).toEqual(NATIVE_NAMES);
  expect(said).toEqual([expect.stringMatching(what)]);
  expect(diagnostics.countOf('vendor_tool_failed')).toBe(1);
  expect(diagnostics.countOf('names_missing')).toBe(3);
  expect(files.map(({ toolVersion }) => toolVersion)).toEqual([undefined, undefined]);
  const error: unknown = await open(capture, { path, ...options, use: 'always' }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(EnvironmentError);
  if (!(error instanceof EnvironmentError)) return;
  expect(`vendor_tool_failed: ${error.message.replace(`${capture}: `, '')}; ${error.hint}`).toMatch(what);
}

describe.skipIf(process.platform === 'win32')('a vendor tool', () => {
  const before = foldersLeft();
  afterEach(() => {
    vi.unstubAllEnvs();
    expect(foldersLeft()).toEqual(before);
  });

  describe('reads a capture', () => {
    test('whose names of ops are not known, and the run is what it wrote', async () => {
      const tool = standIn(WRITES_PFTRACE);
      const { names, said, run, files, diagnostics } = await open(operatorCapture(), { path: tool.path });
      expect(names).toEqual(TOOL_NAMES);
      expect(said).toEqual(['vendor_tool_used: read by bigTpuProfile: perfetto.pftrace']);
      expect(diagnostics.countOf('names_missing')).toBe(0);
      const devices = run.shards.flatMap(({ timeline }) => timeline.processes.map(({ device }) => device));
      expect(new Set(devices)).toEqual(new Set([3]));
      expect(run.shards.map(({ readerId }) => readerId)).toEqual(['sophon-raw']);
      expect(files.map(({ role, why, toolVersion }) => ({ role, why, toolVersion }))).toEqual(
        ['cdmlib0_0.profile', 'global.profile'].map(() => ({
          ...{ role: 'read', why: 'read by bigTpuProfile: perfetto.pftrace', toolVersion: 'bigTpuProfile' },
        })),
      );
    });

    test('that says nothing of its ops, not where it is not to be used', async () => {
      const tool = standIn(WRITES_PFTRACE);
      const { names, said } = await open(operatorCapture(), { path: tool.path, use: 'never' });
      expect(names).toEqual(NATIVE_NAMES);
      expect(said).toEqual([]);
      expect(tool.calls()).toEqual([]);
    });

    test('in place of us wherever it is always to be used', async () => {
      const { names } = await open(operatorCapture(), { path: standIn(WRITES_PFTRACE).path, use: 'always' });
      expect(names).toEqual(TOOL_NAMES);
    });

    test('and is found on PATH', async () => {
      const tool = standIn(WRITES_PFTRACE);
      vi.stubEnv('PATH', `${tool.folder}:${process.env.PATH}`);
      expect((await open(operatorCapture(), {})).names).toEqual(TOOL_NAMES);
    });

    test('and is never taken from the current folder', async () => {
      const tool = standIn(WRITES_PFTRACE);
      vi.stubEnv('PATH', `.::${process.env.PATH}`);
      vi.spyOn(process, 'cwd').mockReturnValue(tool.folder);
      const { said } = await open(operatorCapture(), {}).finally(() => vi.restoreAllMocks());
      expect(said).toEqual([expect.stringMatching(/not on PATH; pip install bigTpuProfile/)]);
      expect(tool.calls()).toEqual([]);
    });

    test('of a bmprofile folder is called tpu_profile, and told the chip', async () => {
      const big = standIn(WRITES_PFTRACE);
      const capture = operatorCapture({ name: 'bmprofile_data-1' });
      writeFileSync(join(capture, 'global.profile'), '[bmprofile] arch=3\n[bmprofile] tpu_freq=1000\n');
      writeFileSync(join(capture, 'iter0.profile'), new Uint8Array(0));
      const tool = standIn(WRITES_PFTRACE, { name: 'tpu_profile', help: 'usage: tpu_profile --arch {BM1684X}' });
      vi.stubEnv('PATH', `${big.folder}:${tool.folder}:${process.env.PATH}`);
      // Files of cores are what tells the other runtime: without them it is libsophon's.
      rmSync(join(capture, 'cdmlib0_0.profile'));
      expect((await open(capture, { use: 'always' })).names).toEqual(TOOL_NAMES);
      expect(tool.calls().at(-1)?.slice(2)).toEqual(['--arch', 'BM1684X']);
      expect(big.calls()).toEqual([]);
    });

    test('and what else it writes is read by the readers there are', async () => {
      const events = [{ ph: 'X', name: 'an op', pid: 1, tid: 1, ts: 1, dur: 5 }];
      const json = JSON.stringify({ traceEvents: events });
      const tool = standIn(`fs.writeFileSync(output + '/timeline.json', ${JSON.stringify(json)});`);
      const { names, said } = await open(operatorCapture(), { path: tool.path });
      expect(names).toEqual(['an op']);
      expect(said).toEqual(['vendor_tool_used: read by bigTpuProfile: timeline.json']);
    });

    const RESULTS = join(samplesRoot, 'sophon/vendor-tool-output/bm1690');
    test.skipIf(samplesAbsent)('and older versions write RegInfo text', async () => {
      const copies = ['tiuRegInfo_0.txt', 'tdmaRegInfo_0.txt'].map(
        (name) => `fs.copyFileSync(${JSON.stringify(join(RESULTS, name))}, output + '/${name}');`,
      );
      const { names } = await open(operatorCapture(), { path: standIn(copies.join(' '), { help: HELP_02 }).path });
      expect(names).toEqual(expect.arrayContaining(['conv.normal', 'tensorLd']));
    });

    test('and its version is that of the package beside it, links followed', async () => {
      const tool = standIn(WRITES_PFTRACE);
      mkdirSync(join(tool.folder, '../lib/python3.11/site-packages/bigTpuProfile-0.3.7.dist-info'), {
        recursive: true,
      });
      const elsewhere = standIn('');
      const link = join(elsewhere.folder, 'link');
      symlinkSync(tool.path, link);
      const { said } = await open(operatorCapture(), { path: link });
      expect(said).toEqual(['vendor_tool_used: read by bigTpuProfile 0.3.7: perfetto.pftrace']);
    });
  });

  describe('is called', () => {
    test('with whole paths whatever they are called, a fresh folder, and no option it does not list', async () => {
      const capture = operatorCapture({ name: `-rf "$(touch pwned)" it's; x` });
      const tool = standIn(WRITES_PFTRACE, { help: 'usage: x' });
      expect((await open(capture, { path: tool.path }, { tiuMhz: 800 })).names).toEqual(TOOL_NAMES);
      const [, words] = tool.calls();
      expect(words).toEqual([capture, expect.stringMatching(/traceconv-tool-\w+$/)]);
      expect(existsSync(words[1])).toBe(false);
      expect(existsSync('pwned')).toBe(false);
    });

    test('with the options of 0.3', async () => {
      const tool = standIn(WRITES_PFTRACE);
      await open(operatorCapture(), { path: tool.path }, { tiuMhz: 800 });
      expect(tool.calls().at(-1)?.slice(2)).toEqual(['--tiu_freq', '800', '--disable_summary']);
    });

    test('with the chip where it lists --arch', async () => {
      const tool = standIn(WRITES_PFTRACE, { help: HELP_02 });
      await open(operatorCapture(), { path: tool.path });
      expect(tool.calls().at(-1)?.slice(2)).toEqual(['--arch', 'BM1690']);
    });

    test('for its options once, however many captures there are', async () => {
      const tool = standIn(WRITES_PFTRACE);
      for (let i = 0; i < 3; i++) await open(operatorCapture(), { path: tool.path });
      expect(tool.calls().filter(([word]) => word === '-h')).toHaveLength(1);
    });

    test('although it has no -h', async () => {
      const tool = standIn(WRITES_PFTRACE, { onHelp: 'process.exit(2);' });
      expect((await open(operatorCapture(), { path: tool.path })).names).toEqual(TOOL_NAMES);
    });
  });

  describe('fails', () => {
    test('where it is missing', () => expectFailure('/nowhere/bigTpuProfile', /no such program.*pip install/));

    test('where it is not on PATH', async () => {
      vi.stubEnv('PATH', '/nowhere');
      const { names, said } = await open(operatorCapture(), {});
      expect(names).toEqual(NATIVE_NAMES);
      expect(said).toEqual([expect.stringMatching(/bigTpuProfile is not on PATH; pip install bigTpuProfile/)]);
    });

    test('where it may not be run', async () => {
      const { path } = standIn('');
      chmodSync(path, 0o644);
      await expectFailure(path, /may not be run; make it executable/);
    });

    test('where it is a folder', () => expectFailure(tmpdir(), /may not be run/));

    test('where it does not take what it is given', () =>
      expectFailure(
        standIn(`console.error("usage: x\\nx: error: unrecognized arguments: --arch BM1690"); process.exit(2);`, {
          help: HELP_02,
        }).path,
        /bigTpuProfile: it does not take --arch BM1690; another version may/,
      ));

    test('where it writes and prints nothing', () => expectFailure(standIn('').path, /nothing can be read: nothing/));

    test('where what it writes is no trace', () =>
      expectFailure(
        standIn(`fs.writeFileSync(output + '/perfetto.pftrace', Buffer.alloc(5000, 0x5a));`).path,
        /ended well, but of what it wrote nothing can be read: .*perfetto\.pftrace/,
      ));

    test('where what it writes is a trace of nothing', () =>
      expectFailure(
        standIn(`fs.writeFileSync(output + '/trace.json', '{"traceEvents":[]}');`).path,
        /nothing can be read/,
      ));

    test('where it writes elsewhere, whatever folder it names', () =>
      expectFailure(
        standIn(`console.log('the pftrace are generated successfully under: ${PFTRACE}');`).path,
        /nothing can be read: nothing/,
      ));

    test.each([
      ['KeyError: 42', /bigTpuProfile failed with exit code 1: KeyError: 42; run it by hand/],
      [
        "ModuleNotFoundError: No module named 'pandas'",
        /bigTpuProfile: its Python has no module pandas; install the tool/,
      ],
    ])('with a traceback that ends in %s', (last, what) => {
      const traceback = `Traceback (most recent call last):\n  File "main.py", line 39, in main\n${last}\n`;
      return expectFailure(standIn(`console.error(${JSON.stringify(traceback)}); process.exit(1);`).path, what);
    });

    test('and says so on standard output alone', () =>
      expectFailure(
        standIn(`console.log('Data overflow set max_record_num larger than 7'); process.exit(1);`).path,
        /7/,
      ));

    test('and says nothing', () => expectFailure(standIn('process.exit(3);').path, /exit code 3 and said nothing/));

    test('by a signal', () =>
      expectFailure(standIn(`process.kill(process.pid, 'SIGABRT'); setTimeout(() => {}, 1e6);`).path, /SIGABRT/));

    test('and fills standard error with megabytes', () =>
      expectFailure(
        standIn(
          `fs.writeSync(2, 'first line\\n'); for (let i = 0; i < 64; i++) fs.writeSync(2, 'x'.repeat(1 << 16)); process.exit(1);`,
        ).path,
        /^vendor_tool_failed: bigTpuProfile failed with exit code 1: x{300}; /,
      ));

    test('where it does not end, and all that it started ends with it', async () => {
      const marker = join(standIn('').folder, 'alive');
      const child = `setInterval(() => require('fs').writeFileSync(${JSON.stringify(marker)}, String(Date.now())), 20)`;
      const tool = standIn(
        `process.getBuiltinModule('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => {}, 1000);`,
      );
      await expectFailure(tool.path, /had not ended after 2 s.*--vendor-tool-timeout/, { timeMs: 2000 });
      expect(existsSync(marker)).toBe(true);
      const lastWritten = statSync(marker).mtimeMs;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(statSync(marker).mtimeMs).toBe(lastWritten);
    });

    test('where its -h does not end', () =>
      expectFailure(standIn('', { onHelp: 'setInterval(() => {}, 1000);' }).path, /had not ended/, { timeMs: 1000 }));
  });

  test('that knows no names, either, leaves our own reading as it is', async () => {
    const events = [{ ph: 'X', name: 'unknown', pid: 1, tid: 1, ts: 1, dur: 5 }];
    const json = JSON.stringify({ traceEvents: events });
    const tool = standIn(`fs.writeFileSync(output + '/timeline.json', ${JSON.stringify(json)});`);
    const { names, said } = await open(operatorCapture(), { path: tool.path });
    expect(names).toEqual(NATIVE_NAMES);
    expect(said).toEqual([expect.stringMatching(/knows no names, either/)]);
  });

  test('is not looked for where captures have none', async () => {
    const { names, said } = await open(PFTRACE, { use: 'always', path: '/nowhere' });
    expect(names).toEqual(TOOL_NAMES);
    expect(said).toEqual([]);
  });
});

describe('messages of the tool mean', () => {
  test.each([
    [
      'ValueError: core0_tiu_record exceed max_record_num, set max_record_num larger than 1048576.',
      /core0_tiu_record: the buffer for records was full; capture again with max_record_num larger than 1048576/,
    ],
    [
      'ValueError: core1_gdma_record profile raw data is invalid, please check if the profile is correct.',
      /core1_gdma_record counts a single record/,
    ],
    ["ValueError: unsupported profile architecture: '9'", /it does not know the chip '9'; a newer version may/],
    ["ValueError: unsupported chip '99'; expected one of: AKS", /it does not know the chip '99'/],
    ['ValueError: /x/global.profile does not declare an arch', /finds no chip in global.profile/],
    [
      'ValueError: profile synchronization points do not match TIU core records',
      /records that bring its cores to one time are missing/,
    ],
    ['ValueError: profile timestamp normalization became negative', /the capture is good: --vendor-tool never/],
    ['ValueError: /x.profile: unknown block type 1496242885', /a block of unknown type 1496242885/],
    ['ValueError: /x: block MONITOR_GDMA declares 10880 bytes, got 7592', /MONITOR_GDMA has 7592 of 10880 bytes/],
    ["ModuleNotFoundError: No module named 'pandas'", /its Python has no module pandas; install the tool/],
  ])('%s', (last, what) => {
    const problem = sophonTool(['cdmlib0_0.profile']).explain(`Parsing...\n${last}\n`);
    expect(`${problem?.what}; ${problem?.hint}`).toMatch(what);
  });
});
