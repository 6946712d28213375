// Real captures: a baseline of one stands for it, and ranks of one job are the same work.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyseRun } from '../../src/analysis/analyse-run.ts';
import {
  compareRuns,
  decodeBaseline,
  DEFAULT_RULES,
  encodeBaseline,
  type NamedRun,
  parseRules,
  summarise,
} from '../../src/analysis/compare/index.ts';
import { open } from '../support/opening.ts';
import { noticeWhenAbsent, samplesAbsent, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent('comparing real captures');

const tool = { name: 'traceconv', version: 'test' };
const options = { rules: parseRules(DEFAULT_RULES), tool };

async function runAt(path: string): Promise<NamedRun> {
  const { run } = await open(join(samplesRoot, 'ascend', path));
  return { name: path, summary: summarise(analyseRun(run), { wholeRun: true }) };
}

describe.skipIf(samplesAbsent)('real captures', () => {
  test.each(['torch_npu-ddp/level1', 'torch_npu-ddp/level0', 'torch_npu-ddp-db', 'torch_npu-llm-pp2', 'msprof-2026'])(
    'a baseline of %s has a few kB and is the same to a comparison',
    async (path) => {
      const run = await runAt(path);
      const text = encodeBaseline([run], tool);
      expect(text.length).toBeLessThan(10_000);
      const compared = compareRuns(decodeBaseline(text, 'base.json'), [run], options);
      expect(compared).toMatchObject({ verdict: 'pass', exitCode: 0 });
      expect(compared.rows.filter(({ delta }) => delta !== 0)).toEqual([]);
    },
  );

  test('a run is exactly like itself, and its steps are counted as a report counts them', async () => {
    const { run } = await open(join(samplesRoot, 'torch/hta/trace_filter'));
    const side = [{ name: 'trace_filter', summary: summarise(analyseRun(run)) }];
    const { coverage, base, comparability } = compareRuns(side, side, options);
    expect(coverage).toEqual({ exact: 1, 'shape-bucket': 0, name: 0, type: 0, unmatched: 0 });
    // Two steps on each of two ranks, the first of which warms up.
    expect(base?.runs).toMatchObject([{ stepCount: 2 }]);
    expect(comparability.filter(({ severity }) => severity !== 'same' && severity !== 'unknown')).toEqual([]);
  });

  test('the two ranks of a job are alike', async () => {
    const [one, other] = [
      await runAt('torch_npu-ddp/level1/rank0_ascend_pt'),
      await runAt('torch_npu-ddp/level1/rank1_ascend_pt'),
    ];
    const { verdict, coverage } = compareRuns([one], [other], options);
    expect(verdict).toBe('pass');
    expect(coverage.exact).toBeGreaterThan(0.95);
    expect(coverage.unmatched).toBe(0);
  });

  test('another model is not comparable', async () => {
    const { exitCode, comparability } = compareRuns(
      [await runAt('msprof-2026')],
      [await runAt('torch_npu-ddp/level1')],
      options,
    );
    expect(exitCode).toBe(6);
    expect(comparability).toContainEqual(expect.objectContaining({ check: 'model', severity: 'not-comparable' }));
  });
});
