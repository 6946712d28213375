import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMAND, DECODE, type Ended, freshFolder, SLICED, TRUNCATED, textOf, traceconv } from './command.ts';

describe.concurrent('when the machine says no', () => {
  it.skipIf(process.getuid?.() === 0)('exits with 7 without permission (not testable as root)', async () => {
    const cwd = freshFolder();
    writeFileSync(join(cwd, 'a.json'), '[]');
    chmodSync(join(cwd, 'a.json'), 0);
    const { exitCode, stderr } = await traceconv(['a.json', '-o', 'out.json'], { cwd });
    expect(exitCode).toBe(7);
    expect(stderr).toMatch(/^traceconv: a\.json: no permission to read it$/m);
  });

  it.skipIf(!existsSync('/dev/full'))('exits with 7 on a full disk', async () => {
    const { exitCode, stderr } = await traceconv([DECODE, '-o', '/dev/full', '--to', 'chrome-json']);
    expect(exitCode).toBe(7);
    expect(stderr).toMatch(/^traceconv: \/dev\/full: no space left on the disk$/m);
  });

  it.skipIf(process.platform === 'win32').each([
    ['in a folder that is none', 'missing/x.json', 'no such folder: missing', 'create it first, or choose another'],
    [
      'below a file',
      'a.json/x.json',
      'a.json is a file, so nothing can be written below it',
      'choose another output folder',
    ],
    [
      'under a name too long',
      `${'x'.repeat(300)}.json`,
      'the file system takes no name that long',
      'choose a shorter name',
    ],
  ])('says why and what to do when it cannot write: %s', async (_, output, why, todo) => {
    const cwd = freshFolder();
    copyFileSync(TRUNCATED, join(cwd, 'a.json'));
    const { exitCode, stderr } = await traceconv(['a.json', '-o', output], { cwd });
    expect(stderr).toContain(`traceconv: ${output}: ${why}\nhint: ${todo}\n`);
    expect(exitCode).toBe(7);
  });

  it.skipIf(process.platform !== 'linux')('says so where no file can be created', async () => {
    const { exitCode, stderr } = await traceconv([TRUNCATED, '-o', '/proc/x.json']);
    expect(stderr).toContain(
      'traceconv: /proc/x.json: no file can be created in /proc\nhint: choose another output folder\n',
    );
    expect(exitCode).toBe(7);
  });

  it.skipIf(process.platform === 'win32')('ends quietly when its reader has had enough', async () => {
    const command = [process.execPath, COMMAND, DECODE, '-o', '-', '--to', 'chrome-json'];
    const quoted = command.map((word) => `'${word}'`).join(' ');
    const { exitCode, stderr } = await new Promise<Ended>((resolve) => {
      const shell = spawn('bash', ['-c', `set -o pipefail; ${quoted} | head -c 100 > /dev/null`]);
      let stderr = '';
      shell.stderr.on('data', (chunk) => {
        stderr += chunk;
      });
      shell.on('close', (exitCode) => resolve({ exitCode, stdout: new Uint8Array(), stderr }));
    });
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain('traceconv:');
  });

  it.skipIf(process.platform === 'win32').each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('leaves no debris on %s and the old output as it was', async (signal, expected) => {
    const cwd = freshFolder();
    writeFileSync(join(cwd, 'out.json'), 'old');
    writeFileSync(join(cwd, 'big.json'), bigTrace(60_000));
    const child = spawn(process.execPath, [COMMAND, 'big.json', '-o', 'out.json'], { cwd });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    await untilFound(() => readdirSync(cwd).some((name) => name.endsWith('.tmp')));
    child.kill(signal);
    expect(await ended).toBe(expected);
    expect(readdirSync(cwd).sort()).toEqual(['big.json', 'out.json']);
    expect(readFileSync(join(cwd, 'out.json'), 'utf8')).toBe('old');
  });

  function bigTrace(eventCount: number): string {
    const events = Array.from({ length: eventCount }, (_, i) => ({
      ph: 'X',
      name: `op${i}`,
      pid: 1,
      tid: 1,
      ts: i * 10,
      dur: 5,
      args: { i, text: 'x'.repeat(50) },
    }));
    return JSON.stringify(events);
  }

  async function untilFound(isFound: () => boolean): Promise<void> {
    for (let turn = 0; turn < 20_000 && !isFound(); turn++) await new Promise((resolve) => setTimeout(resolve, 1));
  }
});

describe.concurrent('the command line', () => {
  it.each([
    ['no words at all', [], /Usage: traceconv/],
    [
      'a flag there is not',
      [TRUNCATED, '-o', 'a.json', '--no-such-flag'],
      /^traceconv: unknown option '--no-such-flag'$/m,
    ],
    ['no output', ['a.json'], /^traceconv: required option '-o, --output <file>' not specified$/m],
    ['an unknown extension', [TRUNCATED, '-o', 'a.txt'], /^hint: end it in \.json, \.pftrace/m],
    ['standard output without a format', [TRUNCATED, '-o', '-'], /^hint: add --to chrome-json or --to perfetto$/m],
    [
      'an unknown reader',
      [TRUNCATED, '-o', 'a.json', '--from', 'x'],
      /^hint: readers: ascend-msprof-json, .*, chrome-json$/m,
    ],
    ['a range without units', [TRUNCATED, '-o', 'a.json', '--range', '5'], /^hint: write it like 1\.2s\.\.1\.5s/m],
  ])('exits with 2 on %s', async (_, words, message) => {
    const { exitCode, stderr } = await traceconv(words);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it.each([
    [['reprot', 'x.json'], 'unknown command "reprot": did you mean report?'],
    [['--quiet', 'Insepct', 'x.json', '-o', 'y.json'], 'unknown command "Insepct": did you mean inspect?'],
    [['buble', 'x.json'], 'unknown command "buble": did you mean bubbles?'],
    [['tpo', 'x.json'], 'unknown command "tpo": did you mean top?'],
  ])('exits with 2 on a mistyped command: %j', async (words, message) => {
    const { exitCode, stderr } = await traceconv(words);
    expect(stderr).toContain(`traceconv: ${message}\n`);
    expect(exitCode).toBe(2);
  });

  it('takes a word for an input that is a file, or like no command', async () => {
    const cwd = freshFolder();
    copyFileSync(TRUNCATED, join(cwd, 'reprot'));
    const [existing, other, spelled] = await Promise.all([
      traceconv(['reprot', '-o', 'a.json'], { cwd }),
      traceconv(['missing.json', '-o', 'b.json'], { cwd }),
      traceconv(['convert', 'inspekt', '-o', 'c.json'], { cwd }),
    ]);
    expect(existing.exitCode).toBe(0);
    for (const { exitCode, stderr } of [other, spelled]) {
      expect(exitCode).toBe(3);
      expect(stderr).toContain('expected a file or folder');
    }
  });

  it('prints help and version on standard output', async () => {
    const [help, version] = await Promise.all([traceconv(['--help']), traceconv(['--version'])]);
    expect([help.exitCode, version.exitCode]).toEqual([0, 0]);
    expect(textOf(help.stdout)).toContain('Usage: traceconv');
    expect(textOf(version.stdout)).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each(['bash', 'zsh', 'fish'])('completes every command and flag in %s', async (shell) => {
    const { stdout, exitCode } = await traceconv(['completion', shell]);
    expect(exitCode).toBe(0);
    const script = textOf(stdout);
    const dashes = shell === 'fish' ? '-l ' : '--';
    for (const flag of ['output', 'to', 'from', 'range', 'tracks', 'absolute-time', 'strict', 'quiet', 'json']) {
      expect(script).toContain(`${dashes}${flag}`);
    }
    for (const command of ['convert', 'inspect', 'completion']) expect(script).toContain(command);
    expect(() => checkSyntax(shell, script)).not.toThrow();
  });

  /** By the shell itself, where it is installed. */
  function checkSyntax(shell: string, script: string): void {
    const isInstalled = (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, shell)));
    if (isInstalled) execFileSync(shell, ['-n'], { input: script, stdio: ['pipe', 'ignore', 'pipe'] });
  }
});

describe.concurrent('traceconv inspect', () => {
  it('says what every file is, what is in the run and which tracks there are', async () => {
    const { stdout, exitCode } = await traceconv(['inspect', SLICED]);
    const text = textOf(stdout);
    expect(exitCode).toBe(0);
    expect(text).toMatch(/PROF_\w+ {2}rank 0 · NPU 0 · decode-node-0$/m);
    expect(text).toMatch(/^ {2}timeline +\S+msprof_slice_0_20260824170112\.json +[\d.]+ kB +ascend-msprof-json: /m);
    expect(text).toMatch(/^ {2}left out +\S+msprof_slice_1_20260824165334\.json +[\d.]+ kB +an older export of /m);
    expect(text).toMatch(/^time +[\d.]+ m?s from 2026-08-24T\d\d:\d\d:\d\d\.\d{9}Z$/m);
    expect(text).toMatch(/^process +track +kind +lanes +rows +from +to$/m);
    expect(text).toMatch(/^Ascend Hardware \(NPU \d\) +Stream \d+ +stream /m);
    expect(text).not.toContain('\u001b');
  });

  it('says the same in JSON', async () => {
    const { stdout, exitCode } = await traceconv(['inspect', DECODE, '--json']);
    expect(exitCode).toBe(0);
    const facts = JSON.parse(textOf(stdout));
    const read = facts.files.filter(
      ({ role, part }: { role: string; part: string }) => role === 'read' && part === 'timeline',
    );
    expect(
      read.map(({ rank, readerId, path }: { rank: number; readerId: string; path: string }) => [
        rank,
        readerId,
        basename(path),
      ]),
    ).toEqual([
      [0, 'ascend-msprof-json', 'msprof_20260823165334.json'],
      [1, 'ascend-msprof-json', 'msprof_20260823165335.json'],
    ]);
    expect(facts.ranks).toEqual([0, 1]);
    expect(facts.originNs).toMatch(/^\d{19}$/);
    const rows = facts.tracks.reduce((sum: number, track: { rows: number }) => sum + track.rows, 0);
    expect(rows).toBe(facts.counts.slices + facts.counts.instants + facts.counts.counterSamples);
  });

  it('says how ranks were put on one axis of time, in text and in JSON', async () => {
    const text = textOf((await traceconv(['inspect', DECODE, '--align', 'collective'])).stdout);
    expect(text).toMatch(/^align +collective: a collective ends at one time on all its ranks$/m);
    expect(text).toMatch(/^rank +moved by +shared collectives\nrank 0 +0 ns +\d+\nrank 1 +[+-][\d.]+ \S+ +\d+$/m);
    const { alignment } = JSON.parse(textOf((await traceconv(['inspect', DECODE, '--json'])).stdout));
    expect(alignment).toMatchObject({
      method: 'clock',
      shifts: [{ name: 'rank 0', rank: 0, shiftNs: '0' }, { rank: 1 }],
    });
  });

  it('does not let a name in a trace speak to the terminal', async () => {
    const cwd = freshFolder();
    const event = { ph: 'X', name: 'a', pid: 1, tid: 1, ts: 1, dur: 1 };
    const name = { ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: { name: '\u001b]0;owned\u0007' } };
    writeFileSync(join(cwd, 'a.json'), JSON.stringify([name, event]));
    const text = textOf((await traceconv(['inspect', 'a.json'], { cwd })).stdout);
    expect(text).toContain('\\u{1b}]0;owned\\u{7}');
    expect(text).not.toContain('\u001b');
  });
});

describe.concurrent('a folder of all ranks', () => {
  const FOLDER = join(dirname(DECODE), '..', 'ascend-folders', 'ascend-pt-ranks');

  it('becomes one trace, and says how op tables fit', async () => {
    const cwd = freshFolder();
    const { exitCode, stderr } = await traceconv([FOLDER, '-o', 'out.json'], { cwd });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^op tables: 85 of 87 rows joined with the timeline$/m);
    const { traceEvents } = JSON.parse(readFileSync(join(cwd, 'out.json'), 'utf8'));
    const names = traceEvents.filter(({ name }: { name: string }) => name === 'process_name');
    expect(names.map(({ args }: { args: { name: string } }) => args.name)).toContain(
      'rank 3 · NPU 1 · serve-node-b · Ascend Hardware, only in kernel_details.csv',
    );
    const described = traceEvents.filter(({ args }: { args?: object }) => args !== undefined && 'Input Shapes' in args);
    expect(described.length).toBeGreaterThan(50);
  });

  it('is inspected with the figures of the profiler beside ours', async () => {
    const { stdout } = await traceconv(['inspect', FOLDER]);
    const text = textOf(stdout);
    expect(text).toMatch(/_ascend_pt {2}rank 2 · NPU 0 · serve-node-b · CANN [\w.]+, torch_npu [\w.]+$/m);
    expect(text).toMatch(
      /^ {2}ops +\S+kernel_details\.csv +[\d.]+ kB +ascend-op-csv: 31 of 33 rows joined \(93\.9 %\)$/m,
    );
    expect(text).toMatch(/^ {2}facts +\S+step_trace_time\.csv +\d+ B +step-times: 1 row$/m);
    expect(text).toMatch(/^rank 0 · NPU 0 +computing +633\.108 +633\.112 +0\.004 +first-to-last +trace_view\.json$/m);
  });

  it('with nothing but figures is refused by convert, and shown by inspect', async () => {
    const cwd = freshFolder();
    const header =
      'Step,Computing,Communication(Not Overlapped),Overlapped,Communication,Free,Stage,Bubble,' +
      'Communication(Not Overlapped and Exclude Receive)';
    writeFileSync(join(cwd, 'step_trace_time.csv'), `${header}\n1,2,3,0,3,4,9,0,3\n`);
    const { exitCode, stderr } = await traceconv(['.', '-o', 'out.json'], { cwd });
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/expected at least one timeline or op table, found only figures/);
    const { stdout } = await traceconv(['inspect', '.'], { cwd });
    expect(textOf(stdout)).toMatch(/step-times: 1 row/);
  });
});
