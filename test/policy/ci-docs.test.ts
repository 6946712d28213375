// What people copy into their pipelines has to work: the examples of docs/ci.md and the action.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../../src/cli/main.ts';
import { textOf } from '../support/source-files.ts';

const text = textOf('docs/ci.md');
const flags = createProgram(async () => undefined).commands.flatMap(({ options }) =>
  options.map(({ long }) => long ?? ''),
);

test('docs/ci.md names no flag that does not exist', () => {
  const named = [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]+/g))];
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((flag) => !flags.includes(flag))).toEqual([]);
});

test('its YAML examples are YAML', () => {
  const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(4);
  for (const block of blocks) expect(() => parse(block)).not.toThrow();
});

describe('action.yml', () => {
  const action: {
    inputs: Record<string, unknown>;
    runs: { steps: { env: Record<string, string>; run: string }[] };
  } = parse(textOf('action.yml'));
  const [{ env, run }] = action.runs.steps;

  test('hands every input to its script as a variable, and none as code', () => {
    expect(run).not.toContain('${{');
    const handed = Object.values(env).map((value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1]);
    expect([...handed, 'working-directory'].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  /** The words that the script runs, and what it says at the end, with a command that ends as told. */
  function runScript(
    variables: Record<string, string>,
    exitCode: number,
  ): { words: string[]; status: number | null; output: string } {
    const folder = mkdtempSync(join(tmpdir(), 'traceconv action '));
    try {
      writeFileSync(join(folder, 'npx'), `#!/bin/sh\nprintf '%s\\n' "$@" > "$WORDS"\nexit ${exitCode}\n`);
      chmodSync(join(folder, 'npx'), 0o755);
      const paths = {
        GITHUB_OUTPUT: join(folder, 'output'),
        WORDS: join(folder, 'words'),
        PATH: `${folder}:${process.env.PATH}`,
      };
      const empty = Object.fromEntries(Object.keys(env).map((name) => [name, '']));
      const { status } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
        env: { ...empty, VERSION: '1.2.3', ...variables, ...paths },
      });
      const read = (path: string): string => readFileSync(path, 'utf8').trimEnd();
      return { words: read(paths.WORDS).split('\n'), status, output: read(paths.GITHUB_OUTPUT) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('runs compare with several runs a side, and ends as it does', () => {
    const { words, status, output } = runScript(
      {
        ...{
          BASE: 'base.json',
          HEAD: 'run1 run2',
          FAIL_ON: 'decode.p50>3%&>20us, op.total[*]>5%',
          REPORTS: 'junit=g.xml',
        },
        ...{ ALLOW_MISSING_BASE: 'true', CONFIG: 'c.yaml', LANGUAGE_OF_REPORTS: 'zh' },
      },
      4,
    );
    expect(words).toEqual([
      ...['--yes', 'traceconv@1.2.3', 'compare', '--base', 'base.json', '--head', 'run1', 'run2', '--report', 'github'],
      ...['--report', 'junit=g.xml', '--fail-on', 'decode.p50>3%&>20us, op.total[*]>5%', '--config', 'c.yaml'],
      ...['--lang', 'zh', '--allow-missing-base'],
    ]);
    expect([status, output]).toEqual([4, 'exit-code=4\nverdict=regression']);
  });

  test.each([
    [0, 'pass'],
    [6, 'not-comparable'],
    [2, 'error'],
  ])('says what %i means: %s', (exitCode, verdict) => {
    const { status, output } = runScript({ BASE: 'a', HEAD: 'b' }, exitCode);
    expect([status, output]).toEqual([exitCode, `exit-code=${exitCode}\nverdict=${verdict}`]);
  });
});
