// Groups of ops of real captures against the vendor's statistics and tables, read by csv-parse.
import { parse } from 'csv-parse/sync';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyseRun, type RunAnalysis } from '../../src/analysis/analyse-run.ts';
import { COMBINATION_BITS, combinationsOf } from '../../src/analysis/combinations.ts';
import { topOps } from '../../src/analysis/index.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { NodeHost } from '../../src/platform/node/index.ts';
import { openRun } from '../../src/session/index.ts';
import { fractionOf, roundedNs } from '../support/exact-decimal.ts';
import { noticeWhenAbsent, readSample, samplesLike, samplesRoot } from '../support/samples.ts';

noticeWhenAbsent('top ops of real captures');

const rowsOf = (path: string): Record<string, string>[] =>
  parse(readSample(path), { columns: true, trim: true, bom: true });
const ns = (micros: string): number => Number(roundedNs(fractionOf(micros)));

async function analyse(path: string): Promise<RunAnalysis> {
  const { run } = await openRun([join(samplesRoot, path)], new NodeHost(), {}, new Diagnostics());
  return analyseRun(run);
}

describe.each(samplesLike(/torch_npu-ddp\/level1\/.*\/op_statistic\.csv$/))('%s', (path) => {
  test('says of each type what we say: count, total, mean and longest', async () => {
    const groups = await topOps(await analyse(join(dirname(path), '..')), { by: 'type' });
    const ours = new Map(groups.map((group) => [group.key, group]));
    const statistic = rowsOf(path);
    expect(statistic.length).toBeGreaterThan(30);
    for (const row of statistic) {
      const group = ours.get(row['OP Type']);
      const count = Number(row.Count);
      expect(group?.count, row['OP Type']).toBe(count);
      // Half a ns for each op at most: the vendor adds up whole ns.
      expect(Math.abs((group?.totalNs ?? 0) - ns(row['Total Time(us)']))).toBeLessThanOrEqual(count);
      expect(Math.abs((group?.meanNs ?? 0) - ns(row['Avg Time(us)']))).toBeLessThanOrEqual(1);
      expect(Math.abs((group?.maxNs ?? 0) - ns(row['Max Time(us)']))).toBeLessThanOrEqual(1);
    }
    const others = groups.filter(({ key }) => !statistic.some((row) => row['OP Type'] === key));
    expect(others.map(({ key, count }) => `${key} ${count}`)).toEqual(['hcom_allReduce 4']);
  });
});

describe.each(samplesLike(/torch_npu-(ddp\/level1|llm-pp2)\/.*\/kernel_details\.csv$/))('%s', (path) => {
  const CLASS_OF_CORE: Readonly<Record<string, string>> = {
    AI_CORE: 'cube',
    AI_VECTOR_CORE: 'vector',
    MIX_AIC: 'mixed',
    MIX_AIV: 'mixed',
    DSA_SQE: 'other',
    HCCL: 'communication',
    COMMUNICATION: 'communication',
  };

  test('has our classes of cores and our shapes, op by op, with their percentiles', async () => {
    const analysis = await analyse(join(dirname(path), '..'));
    const rows = rowsOf(path).map((row) => ({
      core: CLASS_OF_CORE[row['Accelerator Core']],
      shape: [row.Type.replace(/^(hcom_.*)_$/, '$1'), row['Input Shapes'].replaceAll('"', '')]
        .join(' ')
        .replace(/ N\/A$/, ''),
      durNs: ns(row['Duration(us)']),
    }));
    for (const [by, keyOf] of [
      ['class', ({ core }: (typeof rows)[number]) => core],
      ['shape', ({ shape }: (typeof rows)[number]) => shape],
    ] as const) {
      const groups = (await topOps(analysis, { by })).filter(({ key }) => key !== 'copy');
      expect(new Set(groups.map(({ key }) => key))).toEqual(new Set(rows.map(keyOf)));
      for (const { key, count, totalNs, p50Ns, p95Ns, maxNs } of groups) {
        const sorted = rows
          .filter((row) => keyOf(row) === key)
          .map(({ durNs }) => durNs)
          .sort((a, b) => a - b);
        const atRank = (percent: number): number => sorted[Math.ceil((percent * sorted.length) / 100) - 1];
        expect(count, key).toBe(sorted.length);
        expect(Math.abs(totalNs - sorted.reduce((a, b) => a + b))).toBeLessThanOrEqual(count);
        for (const [ours, theirs] of [
          [p50Ns, atRank(50)],
          [p95Ns, atRank(95)],
          [maxNs, atRank(100)],
        ])
          expect(Math.abs(ours - theirs), key).toBeLessThanOrEqual(1);
      }
    }
  });

  test('leaves the exclusive times of compute and communication as they are', async () => {
    for (const device of (await analyse(join(dirname(path), '..'))).devices) {
      const { exclusiveNs } = combinationsOf(device);
      const { windowNs, computeNs, overlappedNs } = device.overlap.totals;
      const sumOf = (bits: number): number =>
        exclusiveNs.reduce((sum, each, number) => sum + ((number & bits) === bits ? each : 0), 0);
      expect([sumOf(0), sumOf(COMBINATION_BITS.compute)]).toEqual([windowNs, computeNs]);
      expect(sumOf(COMBINATION_BITS.compute | COMBINATION_BITS.communication)).toBe(overlappedNs);
    }
  });
});

describe.each(samplesLike(/torch_npu-ddp\/level1\/rank0_ascend_pt\/.*\/trace_view\.json$/))('%s', (path) => {
  test('tells the modules that ops ran in', async () => {
    const groups = await topOps(await analyse(path), { by: 'layer' });
    const layers = groups.map(({ key }) => key).filter((key) => key !== 'unknown layer');
    expect(layers).toEqual(expect.arrayContaining(['Conv2d_0', 'ReLU_0', 'MaxPool2d_0']));
  });

  test('says alone that AI cores are unsplit', async () => {
    const groups = await topOps(await analyse(path), { by: 'class' });
    expect(groups.map(({ key }) => key)).toEqual(expect.arrayContaining(['unsplit', 'mixed', 'communication']));
    expect(groups.map(({ key }) => key)).not.toEqual(expect.arrayContaining(['cube']));
  });
});
