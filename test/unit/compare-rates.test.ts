// A small and fixed part of what `npm run gate-rates` measures.
import { expect, test } from 'vitest';
import { compareRuns, DEFAULT_RULES, parseRules } from '../../src/analysis/compare/index.ts';
import { noisySummary, USUAL_NOISE, type Workload, workload } from '../support/noisy-runs.ts';

const FIRST_SEED = 77_000;
const PAIRS = 4;
const rules = parseRules(DEFAULT_RULES);

function failing(
  load: Workload,
  seed: number,
  runs: number,
  slower: Map<number, number>,
  noise = USUAL_NOISE,
): readonly string[] {
  const side = (
    first: number,
    slowed: Map<number, number>,
  ): { name: string; summary: ReturnType<typeof noisySummary> }[] =>
    Array.from({ length: runs }, (_, run) => ({
      name: `${run}`,
      summary: noisySummary(load, first + run, { slower: slowed, noise }),
    }));
  const base = side(seed, new Map());
  const comparison = compareRuns(base, side(seed + runs, slower), {
    rules,
    tool: { name: 'traceconv', version: 'test' },
  });
  return comparison.rules.flatMap((rule) => rule.failing);
}

test.each([1, 3])('%i runs a side that only noise tells apart give no alarm', (runs) => {
  const alarms = Array.from({ length: PAIRS }, (_, pair) => {
    const seed = FIRST_SEED + 100 * pair;
    return failing(workload(seed), seed, runs, new Map());
  });
  expect(alarms.flat()).toEqual([]);
});

test('5 % more time in one of the top ops is found with three runs a side, and nothing else', () => {
  for (let pair = 0; pair < PAIRS; pair++) {
    const seed = FIRST_SEED + 100 * pair + 50;
    const keys = failing(workload(seed), seed, 3, new Map([[pair, 1.05]]));
    expect(keys).toEqual([expect.stringContaining(`layer.${pair}/`)]);
  }
});

test('types of ops that are off by an offset of their own give no alarm', () => {
  const alarms = Array.from({ length: PAIRS }, (_, pair) => {
    const seed = 88_000_000 + 100 * pair;
    return failing(workload(seed), seed + 1, 3, new Map(), { ...USUAL_NOISE, typesApart: 3 });
  });
  expect(alarms.flat()).toEqual([]);
});

test('5 % more time in one op of such a type, or of all ops of a type where none is off, is found', () => {
  const apart = { ...USUAL_NOISE, typesApart: 3 };
  const ofType = new Map(
    Array.from({ length: 200 }, (_, op) => op).flatMap((op) => (op % 8 === 1 ? [[op, 1.05]] : [])),
  );
  for (let pair = 0; pair < PAIRS; pair++) {
    const seed = 88_000_000 + 100 * pair + 50;
    const keys = failing(workload(seed), seed, 3, new Map([[pair, 1.05]]), apart);
    expect(keys).toEqual([expect.stringContaining(`layer.${pair}/`)]);
    const wholeType = failing(workload(seed), seed, 3, ofType);
    expect(wholeType).toContainEqual(expect.stringContaining('layer.1/'));
    expect(wholeType.every((key) => key.includes('FusedInferAttentionScore'))).toBe(true);
  }
});
