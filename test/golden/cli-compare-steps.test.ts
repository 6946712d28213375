// The gate on captures whose steps nobody marked: language models that slow down in known ways.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/analysis/compare/index.ts';
import { type Capture, writeCapture } from '../support/decode-captures.ts';
import { type Ended, freshFolder, textOf, traceconv } from './command.ts';

/** What the runs of a side are off by as a whole. */
const OFFSETS = [1.012, 0.985, 1.021, 0.99, 1.015, 0.982];

function writeSide(folder: string, name: string, seed: number, runs: number, capture: Capture): string[] {
  return Array.from({ length: runs }, (_, run) =>
    writeCapture(folder, `${name}${run}`, {
      seed: seed + run,
      offset: OFFSETS[(seed + run) % OFFSETS.length],
      ...capture,
    }),
  );
}

async function compared(
  head: Capture,
  { base = {}, runs = 1, words = [] }: { base?: Capture; runs?: number; words?: readonly string[] } = {},
): Promise<{ ended: Ended; comparison: Comparison }> {
  const cwd = freshFolder();
  const sides = [
    ...['--base', ...writeSide(cwd, 'base', 100, runs, base)],
    ...['--head', ...writeSide(cwd, 'head', 200, runs, head)],
  ];
  const ended = await traceconv(['compare', ...sides, '--report', 'json=r.json', ...words], { cwd });
  const comparison: Comparison = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8'));
  expect(comparison.exitCode).toBe(ended.exitCode);
  return { ended, comparison };
}

const failingKeys = ({ rules }: Comparison): string[] => rules.flatMap(({ failing }) => failing);
const check = ({ comparability }: Comparison, name: string): string | undefined =>
  comparability.find((each) => each.check === name)?.severity;

describe.concurrent('what is the same passes', () => {
  test.each([1, 3])('with %i runs a side', async (runs) => {
    const { ended, comparison } = await compared({}, { runs });
    expect(comparison).toMatchObject({ verdict: 'pass', exitCode: 0 });
    expect(failingKeys(comparison)).toEqual([]);
    expect(comparison.rows.filter(({ status }) => status !== 'same')).toEqual([]);
    expect(comparison.base?.runs[0].stepCount).toBe(41);
    expect(textOf(ended.stdout)).toMatch(/^Steps were found from the repetition of ops/m);
  });
});

describe.concurrent('a regression ends with 4, and what is slower is named', () => {
  test.each<[string, Capture, number, string[]]>([
    ['5 % more in an op, three runs a side', { slower: { MatMulV3: 1.05 } }, 3, ['decode MatMulV3']],
    ['20 % more in an op, one run a side', { slower: { MatMulV3: 1.2 } }, 1, ['decode MatMulV3']],
    [
      'an op that took the place of a faster one',
      { renamed: { SwiGlu: 'Fused' }, slower: { SwiGlu: 2 } },
      3,
      ['decode.op.unmatched'],
    ],
  ])('%s', async (_, head, runs, keys) => {
    const { comparison } = await compared(head, { runs });
    expect(comparison).toMatchObject({ verdict: 'regression', exitCode: 4 });
    expect(failingKeys(comparison)).toEqual(expect.arrayContaining(keys));
  });

  test('communication that takes longer', async () => {
    const { comparison } = await compared(
      { model: 'parallel', slower: { hcom_allReduce_: 1.5 } },
      { base: { model: 'parallel' }, runs: 3 },
    );
    expect(comparison.exitCode).toBe(4);
    expect(failingKeys(comparison)).toEqual(expect.arrayContaining(['decode.exposed-comm', 'decode hcom_allReduce']));
    expect(failingKeys(comparison).join()).not.toMatch(/MatMul|Attention/);
  });

  test('a host that is later, by the cause of its bubbles', async () => {
    const late: Capture = { pauses: 'host-bound', launched: true };
    const words = ['--fail-on', 'bubble.host-late>5%&>20us, bubble.copy>5%, op.total>3%&>5us'];
    const { comparison } = await compared({ ...late, pauseNs: 60_000 }, { base: late, runs: 3, words });
    expect(comparison.exitCode).toBe(4);
    expect(comparison.rules.map(({ outcome }) => outcome)).toEqual(['fail', 'pass', 'pass']);
    expect(comparison.rules[0].failing).toContain('decode.bubble.host-late');
  });
});

describe.concurrent('what passes although it differs is told', () => {
  test('another kernel that is no slower', async () => {
    const { comparison } = await compared({ renamed: { SwiGlu: 'Fused' } }, { runs: 3 });
    expect(comparison.exitCode).toBe(0);
    const lone = comparison.rows
      .filter(({ status }) => status === 'new' || status === 'gone')
      .map(({ key, status }) => [status, key]);
    expect(lone).toEqual(
      expect.arrayContaining([
        ['new', 'decode Fused'],
        ['gone', 'decode SwiGlu'],
      ]),
    );
  });

  test('a token more', async () => {
    const { comparison } = await compared({ tokens: 41 });
    expect([comparison.exitCode, check(comparison, 'step-count')]).toEqual([0, 'warning']);
  });

  test('another batch', async () => {
    const { comparison } = await compared({ batch: 16 }, { base: { batch: 8 } });
    expect([comparison.exitCode, check(comparison, 'shapes')]).toEqual([0, 'warning']);
    expect(comparison.coverage).toMatchObject({ exact: 0, 'shape-bucket': 1 });
    expect(check((await compared({ batch: 8 }, { base: { batch: 8 } })).comparison, 'shapes')).toBe('same');
  });
});

describe.concurrent('what cannot be compared ends with 6', () => {
  test.each<[string, Capture]>([
    ['chip', { chip: '7' }],
    ['world', { world: 8 }],
    ['tp', { tp: 2 }],
    ['devices', { ranks: 2 }],
    ['data-loss', { isCut: true }],
    ['steps', { tokens: 1, prefill: 'none' }],
  ])('another %s', async (name, head) => {
    const { comparison } = await compared(head);
    expect(comparison).toMatchObject({ verdict: 'not-comparable', exitCode: 6 });
    expect(check(comparison, name)).toBe('not-comparable');
    expect((await compared(head, { words: ['--allow', name] })).comparison.exitCode).not.toBe(6);
  });
});
