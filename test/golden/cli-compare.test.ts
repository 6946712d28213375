import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { layer, sliceAt } from '../support/device-events.ts';
import { freshFolder, textOf, traceconv } from './command.ts';

const HARDWARE = 640551328;

/** Ten ops of 0.5 to 5 ms one after the other; `slower` multiplies the time of one. */
function writeRun(folder: string, name: string, { slower = 1, ops = 'Op' } = {}): string {
  let nowNs = 0;
  const events = Array.from({ length: 10 }, (_, op) => {
    const durNs = 500_000 * (op + 1) * (op === 9 ? slower : 1);
    nowNs += durNs + 2000;
    return sliceAt(HARDWARE, 2, `${ops}${op}`, nowNs - durNs - 2000, nowNs - 2000, { 'Task Type': 'AI_CORE' });
  });
  const bytes = JSON.stringify([...layer(HARDWARE, 'Ascend Hardware', 'NPU 0'), ...events]);
  writeFileSync(join(folder, name), bytes);
  return name;
}

/** Three equal runs, and three in which one op takes four times as long. */
function threeAndThree(): { cwd: string; base: string[]; head: string[] } {
  const cwd = freshFolder();
  const base = [1, 2, 3].map((run) => writeRun(cwd, `base${run}.json`));
  const head = [1, 2, 3].map((run) => writeRun(cwd, `head${run}.json`, { slower: 4 }));
  return { cwd, base, head };
}

const verdictIn = (stdout: Uint8Array): string => textOf(stdout).split('\n')[0];

describe.concurrent('traceconv compare', () => {
  test('passes what is the same', async () => {
    const { cwd, base } = threeAndThree();
    const { exitCode, stdout } = await traceconv(['compare', base[0], base[1], '--whole-run'], { cwd });
    expect(verdictIn(stdout)).toBe('Performance comparison: pass');
    expect(exitCode).toBe(0);
  });

  test('ends with 4 for a regression, and every report says the same', async () => {
    const { cwd, base, head } = threeAndThree();
    const reports = ['md=r.md', 'html=r.html', 'json=r.json', 'junit=r.xml', 'github'];
    const words = ['compare', '--base', ...base, '--head', ...head, '--whole-run'];
    const all = [...words, ...reports.flatMap((report) => ['--report', report])];
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
    const { exitCode, stdout } = await traceconv(all, { cwd, env });
    expect(exitCode).toBe(4);
    expect(verdictIn(stdout)).toBe('Performance comparison: regression');
    expect(textOf(stdout)).toMatch(/^::error title=FAIL%3A op\.total>3%25&>5us::other Op Op9: /m);
    const document = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'));
    expect(document).toMatchObject({ verdict: 'regression', exitCode });
    const markdown = readFileSync(join(cwd, 'r.md'), 'utf8');
    expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toBe(markdown);
    for (const name of ['r.md', 'r.html', 'r.xml']) expect(readFileSync(join(cwd, name), 'utf8')).toContain('Op9');
    const again = await traceconv([...words, '--report', 'json=again.json'], { cwd });
    expect(again.exitCode).toBe(4);
    expect(readFileSync(join(cwd, 'again.json'), 'utf8')).toBe(readFileSync(join(cwd, 'r.json'), 'utf8'));
  });

  test('takes a baseline in place of the runs it was made of', async () => {
    const { cwd, base, head } = threeAndThree();
    const made = await traceconv(['baseline', ...base, '--whole-run', '-o', 'base.json'], { cwd });
    expect(made).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^3 runs -> base\.json \(\d\.\d kB\)\n$/),
    });
    const compare = (...of: string[]): ReturnType<typeof traceconv> =>
      traceconv(['compare', '--base', ...of, '--head', ...head, '--whole-run', '--report', 'json=-'], { cwd });
    const [runs, summary] = [await compare(...base), await compare('base.json')];
    expect(textOf(summary.stdout)).toBe(textOf(runs.stdout));
    expect([runs.exitCode, summary.exitCode]).toEqual([4, 4]);
  });

  test('ends with 6 for other work', async () => {
    const { cwd, base } = threeAndThree();
    writeRun(cwd, 'other.json', { ops: 'Kernel' });
    const { exitCode, stdout } = await traceconv(
      ['compare', base[0], 'other.json', '--whole-run', '--report', 'json=-'],
      { cwd },
    );
    expect(exitCode).toBe(6);
    expect(JSON.parse(textOf(stdout))).toMatchObject({ verdict: 'not-comparable', exitCode: 6 });
  });

  test('finds its configuration in the current folder, where flags go before it', async () => {
    const { cwd, base, head } = threeAndThree();
    const config = 'rules: op.total[Op1]>5%\nreports: [md=from-config.md]\nsteps: { wholeRun: true }\nlang: zh\n';
    writeFileSync(join(cwd, 'traceconv.config.yaml'), config);
    const words = ['compare', '--base', ...base, '--head', ...head];
    const passed = await traceconv(words, { cwd });
    expect([passed.exitCode, verdictIn(passed.stdout)]).toEqual([0, '性能对比：通过']);
    expect(readdirSync(cwd)).toContain('from-config.md');
    expect((await traceconv([...words, '--fail-on', 'op.total[Op9]>5%', '--lang', 'en'], { cwd })).exitCode).toBe(4);
  });

  test('lets an accepted rule pass, with its reason in the output', async () => {
    const { cwd, base, head } = threeAndThree();
    const words = ['compare', '--base', ...base, '--head', ...head, '--whole-run', '--fail-on', 'op.total>3%'];
    const { exitCode, stdout } = await traceconv([...words, '--accept', 'op.total', '--reason', 'a new kernel'], {
      cwd,
    });
    expect(exitCode).toBe(0);
    expect(textOf(stdout)).toContain('accepted: a new kernel');
  });

  test('judges results beside traces without steps by the results, in both languages', async () => {
    const cwd = freshFolder();
    const result = { model_id: 'm', request_rate: 1, completed: 9, duration: 9, mean_ttft_ms: 100, p99_ttft_ms: 200 };
    for (const [side, factor] of [
      ['base', 1],
      ['head', 3],
    ] as const) {
      mkdirSync(join(cwd, side));
      writeRun(join(cwd, side), 'trace.json');
      const slower = { ...result, request_throughput: 5 / factor, mean_ttft_ms: 100 * factor, duration: 9 * factor };
      writeFileSync(join(cwd, side, 'serve.json'), JSON.stringify(slower));
    }
    const run = (...words: string[]): ReturnType<typeof traceconv> =>
      traceconv(['compare', 'base', 'head', ...words], { cwd });
    const [english, chinese] = [await run(), await run('--lang', 'zh')];
    expect([english.exitCode, chinese.exitCode]).toEqual([4, 4]);
    await expect(`${textOf(english.stdout)}\n${textOf(chinese.stdout)}`).toMatchFileSnapshot(
      'expected/compare-metrics.txt',
    );
    expect((await run('--fail-on', 'step.p50>3%')).exitCode).toBe(6);
  });

  test('on the first run there is nothing to compare with', async () => {
    const { cwd, head } = threeAndThree();
    const words = ['compare', '--base', 'none.json', '--head', ...head, '--whole-run'];
    const refused = await traceconv(words, { cwd });
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('traceconv baseline <inputs...>') });
    const passed = await traceconv([...words, '--allow-missing-base'], { cwd });
    expect(passed.exitCode).toBe(0);
    expect(textOf(passed.stdout)).toContain('There is no base yet');
  });

  test.each([
    [['--fail-on', 'decode.p51>3%'], 'did you mean decode.p50'],
    [['--fail-on', 'decode.p50'], 'does not begin with a metric'],
    [['--accept', 'step.p50'], '--reason 0 times'],
    [['--accept', 'decode.p50', '--reason', 'x'], 'no such rule'],
    [['--report', 'pdf=x'], 'no such report'],
    [['--config', 'missing.yaml'], 'cannot be read'],
    [['--step-marker', '['], '--step-marker'],
    [['--report', 'md=x', '--report', 'json=x'], 'two reports go to x'],
    [['--report', 'md=head1.json'], 'both the output and an input'],
    [['--fail-on', 'decode.p50>5MB'], 'limits of decode.p50 are in ns, us'],
    [['--tokens', 'many'], 'no count'],
  ])('%j is a wrong command line', async (words, why) => {
    const { cwd, base, head } = threeAndThree();
    const { exitCode, stderr } = await traceconv(['compare', base[0], head[0], ...words], { cwd });
    expect(stderr).toContain(why);
    expect(exitCode).toBe(2);
  });

  test('one side alone is a wrong command line', async () => {
    const { cwd, base } = threeAndThree();
    for (const words of [base.slice(0, 1), ['--base', ...base], base]) {
      expect((await traceconv(['compare', ...words], { cwd })).exitCode).toBe(2);
    }
  });

  test('a baseline does not replace the capture it is made of', async () => {
    const { cwd, base } = threeAndThree();
    const before = readFileSync(join(cwd, base[0]));
    const { exitCode, stderr } = await traceconv(['baseline', ...base, '--whole-run', '-o', base[0]], { cwd });
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('both the output and an input')]);
    expect(readFileSync(join(cwd, base[0]))).toEqual(before);
  });

  test("a report that cannot be written is nobody's regression, and leaves nothing half written", async () => {
    const { cwd, base } = threeAndThree();
    const words = ['compare', base[0], base[1], '--whole-run', '--report', 'md=none/r.md'];
    expect((await traceconv(words, { cwd })).exitCode).toBe(7);
    expect(readdirSync(cwd).filter((name) => !/^(base|head)\d\.json$/.test(name))).toEqual([]);
  });
});
