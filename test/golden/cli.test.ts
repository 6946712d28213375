import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const DECODE = join(PROJECT, 'fixtures', 'ascend-msprof-json', 'decode-2026');
const SLICED = join(PROJECT, 'fixtures', 'ascend-msprof-json', 'sliced');
const TRUNCATED = join(PROJECT, 'fixtures', 'ascend-msprof-json', 'truncated', 'msprof_20260824165401.json');
const COMMAND = join(PROJECT, 'dist', 'cli.js');

// What users run is what was built; this builds only what is older than its source.
beforeAll(() => {
  execFileSync(process.execPath, [join(PROJECT, 'scripts', 'setup.mjs')], { stdio: 'inherit' });
});

const root = mkdtempSync(join(tmpdir(), 'traceconv cli '));
afterAll(() => rmSync(root, { recursive: true }));
let folderCount = 0;
function freshFolder(): string {
  const folder = join(root, String(folderCount++));
  mkdirSync(folder);
  return folder;
}

interface Ended {
  readonly exitCode: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** Runs the real command in a folder of its own, with its outputs piped. */
function traceconv(words: readonly string[], { cwd = root, stdin = '' as string | Uint8Array } = {}): Promise<Ended> {
  const child = spawn(process.execPath, [COMMAND, ...words], { cwd });
  const stdout: Uint8Array[] = [];
  let stderr = '';
  child.stdout.on('data', (chunk: Uint8Array) => stdout.push(chunk));
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  return new Promise((resolve) => {
    child.on('close', (exitCode) => resolve({ exitCode, stdout: joined(stdout), stderr }));
  });
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

interface ChromeTrace {
  readonly traceEvents: readonly {
    readonly ph: string;
    readonly name: string;
    readonly ts: number;
    readonly dur?: number;
  }[];
}
const sliceCount = (json: string): number => {
  const trace: ChromeTrace = JSON.parse(json);
  return trace.traceEvents.filter(({ ph }) => ph === 'X').length;
};

describe.concurrent('traceconv <inputs> -o <output>', () => {
  it('converts a folder and closes with a summary', async () => {
    const cwd = freshFolder();
    const { exitCode, stdout, stderr } = await traceconv([DECODE, '-o', 'out.json'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout.length).toBe(0);
    const summary =
      /^2 files, ([\d,]+) events, ([\d,]+) slices, [\d.]+ m?s -> out\.json \([\d.]+ kB\) at [\d.]+ [kM]B\/s$/m.exec(
        stderr,
      );
    expect(summary).not.toBeNull();
    expect(sliceCount(readFileSync(join(cwd, 'out.json'), 'utf8'))).toBe(Number(summary?.[2].replaceAll(',', '')));
    expect(readdirSync(cwd)).toEqual(['out.json']);
    expect(stderr).not.toContain('\u001b');
  });

  it('means the same with "convert" spelled out, and by quoted glob, and compressed', async () => {
    const cwd = freshFolder();
    await Promise.all([
      traceconv([DECODE, '-o', 'a.json'], { cwd }),
      traceconv(['convert', DECODE, '-o', 'b.json'], { cwd }),
      traceconv([`${DECODE}/**/msprof_*.json`, '-o', 'c.json.gz'], { cwd }),
    ]);
    const a = readFileSync(join(cwd, 'a.json'), 'utf8');
    expect(readFileSync(join(cwd, 'b.json'), 'utf8')).toBe(a);
    const unpacked = gunzipSync(new Uint8Array(readFileSync(join(cwd, 'c.json.gz'))));
    expect(unpacked.toString('utf8')).toBe(a);
  });

  it.each([
    ['plain', (bytes: Uint8Array) => bytes],
    ['gzip', (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes))],
  ])('reads standard input (%s) and writes standard output', async (_, packed) => {
    const input = packed(new Uint8Array(readFileSync(TRUNCATED)));
    const { exitCode, stdout, stderr } = await traceconv(['-', '-o', '-', '--to', 'chrome-json'], { stdin: input });
    expect(exitCode).toBe(0);
    expect(sliceCount(textOf(stdout))).toBeGreaterThan(0);
    expect(stderr).toContain('-> standard output');
  });

  it('writes Perfetto traces by the name of the output', async () => {
    const cwd = freshFolder();
    const { exitCode } = await traceconv([DECODE, '-o', 'out.pftrace'], { cwd });
    expect(exitCode).toBe(0);
    // Field 1, length-delimited: a packet of a Trace message.
    expect(readFileSync(join(cwd, 'out.pftrace'))[0]).toBe(0x0a);
  });

  it('counts a capture once that was exported twice, and says so', async () => {
    const cwd = freshFolder();
    const { stderr } = await traceconv([SLICED, '-o', 'all.json', '--verbose'], { cwd });
    expect(stderr).toMatch(/an older export of a capture that was also given was left out: 2$/m);
    expect(stderr).toMatch(
      /msprof_slice_0_20260824165334\.json: the same capture as .*msprof_slice_0_20260824170112\.json$/m,
    );
    const newest = readdirSync(SLICED, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /_202608241701\d\d\.json$/.test(name),
    );
    await traceconv([...newest.map((name) => join(SLICED, name)), '-o', 'newest.json'], { cwd });
    const counts = ['all.json', 'newest.json'].map((name) => sliceCount(readFileSync(join(cwd, name), 'utf8')));
    expect(counts[0]).toBe(counts[1]);
  });

  it('cuts to a range and to tracks', async () => {
    const cwd = freshFolder();
    const flags = ['--range', '5ms..6ms', '--tracks', 'Ascend Hardware / *'];
    const { exitCode } = await traceconv([DECODE, '-o', 'part.json', ...flags], { cwd });
    expect(exitCode).toBe(0);
    const trace: ChromeTrace = JSON.parse(readFileSync(join(cwd, 'part.json'), 'utf8'));
    const slices = trace.traceEvents.filter(({ ph }) => ph === 'X');
    expect(slices.length).toBeGreaterThan(0);
    expect(slices.filter(({ ts, dur = 0 }) => ts >= 6000 || ts + dur < 5000)).toEqual([]);
    expect(trace.traceEvents.filter(({ ph }) => ph === 'C')).toEqual([]);
  });

  it('says how long the run is when the range misses it, and names inspect when the pattern does', async () => {
    const cwd = freshFolder();
    const [range, tracks] = await Promise.all([
      traceconv([DECODE, '-o', 'a.json', '--range', '90s..91s'], { cwd }),
      traceconv([DECODE, '-o', 'a.json', '--tracks', 'no such'], { cwd }),
    ]);
    expect([range.exitCode, tracks.exitCode]).toEqual([2, 2]);
    expect(range.stderr).toMatch(/hint: the run goes from 0 s to [\d.]+ m?s/);
    expect(tracks.stderr).toMatch(/hint: traceconv inspect lists the tracks/);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('counts and locates a loss, and exits with 5 under --strict, the output kept', async () => {
    const cwd = freshFolder();
    const [lenient, strict] = await Promise.all([
      traceconv([TRUNCATED, '-o', 'a.json'], { cwd }),
      traceconv([TRUNCATED, '-o', 'b.json', '--strict'], { cwd }),
    ]);
    expect([lenient.exitCode, strict.exitCode]).toEqual([0, 5]);
    expect(lenient.stderr).toMatch(/^lost: .*: 1 \(first: .*msprof_20260824165401\.json, byte \d+\)$/m);
    expect(readFileSync(join(cwd, 'b.json'), 'utf8')).toBe(readFileSync(join(cwd, 'a.json'), 'utf8'));
  });

  it('is silent with --quiet', async () => {
    const cwd = freshFolder();
    expect(await traceconv(['--quiet', TRUNCATED, '-o', 'a.json'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await traceconv([TRUNCATED, '-o', 'a.json', '--quiet'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('refuses to overwrite an input, also under another name', async () => {
    const cwd = freshFolder();
    writeFileSync(join(cwd, 'in.json'), readFileSync(TRUNCATED, 'utf8'));
    linkSync(join(cwd, 'in.json'), join(cwd, 'alias.json'));
    for (const [input, output] of [
      ['in.json', './in.json'],
      ['in.json', 'alias.json'],
      ['.', 'alias.json'],
    ]) {
      const { exitCode, stderr } = await traceconv([input, '-o', output], { cwd });
      expect(exitCode).toBe(2);
      expect(stderr).toContain('is both the output and an input');
    }
    expect(readFileSync(join(cwd, 'in.json'), 'utf8')).toBe(readFileSync(TRUNCATED, 'utf8'));
  });
});

describe.concurrent('bad input ends in one clear line, exit 3 and no output', () => {
  const cases: [what: string, name: string, content: string | Uint8Array, line: RegExp][] = [
    ['an empty file', 'a.json', '', /^traceconv: a\.json, byte 0: expected a trace .*, found an empty file$/m],
    [
      'a JSON document that is no trace',
      'a.json',
      '{"x": 1}',
      /^traceconv: a\.json, byte 0: expected a trace .*, found a JSON object with x/m,
    ],
    [
      'binary junk',
      'a.bin',
      Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) >> 3),
      /^traceconv: a\.bin, byte 0: expected .*, found binary data/m,
    ],
    [
      'a truncated gzip',
      'a.json.gz',
      new Uint8Array(gzipSync(new Uint8Array(readFileSync(TRUNCATED)))).subarray(0, 900),
      /^traceconv: a\.json\.gz, byte 900: expected the rest of the gzip stream, found the end of the file$/m,
    ],
    ['an array without events', 'a.json', '[]', /^traceconv: a\.json, byte \d: expected .*, found .*$/m],
  ];
  it.each(cases)('%s', async (_, name, content, line) => {
    const cwd = freshFolder();
    writeFileSync(join(cwd, name), content);
    const { exitCode, stderr } = await traceconv([name, '-o', 'out.json'], { cwd });
    expect(stderr).toMatch(line);
    expect(stderr.split('\n').filter((each) => each.startsWith('traceconv:')).length).toBe(1);
    expect(exitCode).toBe(3);
    expect(readdirSync(cwd)).toEqual([name]);
  });

  it('a file that is not there, and a folder without a trace', async () => {
    const cwd = freshFolder();
    const missing = await traceconv(['nowhere.json', '-o', 'out.json'], { cwd });
    expect(missing).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^traceconv: nowhere\.json: expected a file or folder/),
    });
    const empty = await traceconv(['.', '-o', 'out.json'], { cwd });
    expect(empty).toMatchObject({
      exitCode: 3,
      stderr: expect.stringMatching(/^traceconv: \.: expected at least one trace/),
    });
  });

  it('a PROF folder that was never exported, with the command that does it', async () => {
    const cwd = freshFolder();
    mkdirSync(join(cwd, 'PROF_1_A', 'device_0', 'data'), { recursive: true });
    writeFileSync(join(cwd, 'PROF_1_A', 'device_0', 'data', 'x.slice_0'), 'raw');
    const { exitCode, stderr } = await traceconv(['PROF_1_A', '-o', 'out.json'], { cwd });
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^hint: export it first: msprof --export=on --output=.*PROF_1_A'?$/m);
  });
});

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
      /^hint: readers: ascend-msprof-json, chrome-json$/m,
    ],
    ['a range without units', [TRUNCATED, '-o', 'a.json', '--range', '5'], /^hint: write it like 1\.2s\.\.1\.5s/m],
  ])('exits with 2 on %s', async (_, words, message) => {
    const { exitCode, stderr } = await traceconv(words);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
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
    expect(text).toMatch(/msprof_slice_0_20260824170112\.json \([\d.]+ kB\)\n {2}ascend-msprof-json: /);
    expect(text).toMatch(
      /msprof_slice_1_20260824165334\.json \([\d.]+ kB\)\n {2}left out: an older export of the capture in /,
    );
    expect(text).toMatch(/^time +[\d.]+ m?s from 2026-08-24T\d\d:\d\d:\d\d\.\d{9}Z$/m);
    expect(text).toMatch(/^process +track +kind +lanes +rows +from +to$/m);
    expect(text).toMatch(/^Ascend Hardware \(NPU \d\) +Stream \d+ +stream /m);
    expect(text).not.toContain('\u001b');
  });

  it('says the same in JSON', async () => {
    const { stdout, exitCode } = await traceconv(['inspect', DECODE, '--json']);
    expect(exitCode).toBe(0);
    const facts = JSON.parse(textOf(stdout));
    const read = facts.files.filter(({ role }: { role: string }) => role === 'read');
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
