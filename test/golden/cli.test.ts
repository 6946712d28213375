import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ChromeTrace, DECODE, freshFolder, SLICED, sliceCount, TRUNCATED, textOf, traceconv } from './command.ts';

describe.concurrent('traceconv <inputs> -o <output>', () => {
  it('converts a folder and closes with a summary', async () => {
    const cwd = freshFolder();
    const { exitCode, stdout, stderr } = await traceconv([DECODE, '-o', 'out.json'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout.length).toBe(0);
    const summary =
      /^4 files, ([\d,]+) events, ([\d,]+) slices, [\d.]+ m?s -> out\.json \([\d.]+ kB\) at [\d.]+ [kM]B\/s$/m.exec(
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
    expect(stderr).toMatch(/a file that says once more what another one says was left out: 2$/m);
    expect(stderr).toMatch(
      /msprof_slice_0_20260824165334\.json: an older export of .*msprof_slice_0_20260824170112\.json$/m,
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

  it('reads a truncated gzip as far as it goes, from a file or standard input, and says where that is', async () => {
    const cwd = freshFolder();
    const cut = new Uint8Array(gzipSync(new Uint8Array(readFileSync(TRUNCATED)))).subarray(0, 900);
    writeFileSync(join(cwd, 'cut.json.gz'), cut);
    const [file, piped] = await Promise.all([
      traceconv(['cut.json.gz', '-o', 'a.json', '--verbose'], { cwd }),
      traceconv(['-', '-o', 'b.json', '--strict'], { cwd, stdin: cut }),
    ]);
    expect([file.exitCode, piped.exitCode]).toEqual([0, 5]);
    expect(file.stderr).toMatch(/^lost: a gzip file breaks off; .*: 1 \(first: cut\.json\.gz, byte 900\)$/m);
    expect(file.stderr).toMatch(/^ {2}at cut\.json\.gz, byte 900: \d+ bytes could be unpacked$/m);
    expect(piped.stderr).toMatch(/^lost: a gzip file breaks off; .*\(first: standard input, byte 900\)$/m);
    const [a, b] = ['a.json', 'b.json'].map((name) => readFileSync(join(cwd, name), 'utf8'));
    expect(sliceCount(a)).toBeGreaterThan(0);
    expect(sliceCount(b)).toBe(sliceCount(a));
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
      'a damaged gzip',
      'a.json.gz',
      new Uint8Array(gzipSync(new Uint8Array(readFileSync(TRUNCATED)))).fill(0, -8),
      /^traceconv: a\.json\.gz, byte \d+: expected a gzip stream, found damaged data here/m,
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
