import { describe, expect, test } from 'vitest';
import { runMetrics } from '../../../src/analysis/run-metrics/index.ts';
import { quantileOf } from '../../../src/analysis/run-metrics/distributions.ts';
import { bucketsOf, measuredRun, metric, samplesOf } from '../../support/metric-runs.ts';

const MS = 1e6;

describe('measurements of a run', () => {
  test('stand in groups of equal labels, and only labels that differ name a group', () => {
    const labels = (batch: string) => ({ model: 'Qwen', batch });
    const run = measuredRun({
      metrics: ['16', '8', 'inf'].map((batch) => metric('ttft.p99', 5 * MS, labels(batch))),
    });
    const { common, groups } = runMetrics(run);
    expect(common).toEqual({ model: 'Qwen' });
    expect(groups.map(({ own }) => own)).toEqual([{ batch: '8' }, { batch: '16' }, { batch: 'inf' }]);
  });

  test('of equal labels are repeats: their mean stands for them, with its standard error', () => {
    const run = measuredRun(...[10, 12, 14].map((value) => ({ metrics: [metric('req_s', value)] })));
    const [{ figures }] = runMetrics(run).groups;
    expect(figures).toMatchObject([{ id: 'req_s', value: 12, repeats: 3 }]);
    // A standard deviation of 2, of three.
    expect(figures[0].error).toBeCloseTo(2 / Math.sqrt(3), 9);
  });

  test('in other units are no repeats', () => {
    const run = measuredRun({ metrics: [metric('ttft.mean', 5 * MS), metric('ttft.mean', 5, {}, { unit: 'count' })] });
    expect(runMetrics(run).groups[0].figures.map(({ unit, value }) => [unit, value])).toEqual([
      ['ns', 5 * MS],
      ['count', 5],
    ]);
  });

  test('that are no numbers are left out and counted', () => {
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3];
    const run = measuredRun({
      metrics: values.map((value) => metric('req_s', value)),
      samples: samplesOf('ttft', [Number.NaN, 1]),
    });
    const { groups, notNumbers } = runMetrics(run);
    expect(notNumbers).toBe(4);
    expect(groups[0].figures.find(({ id }) => id === 'req_s')).toMatchObject({ value: 3, repeats: 1 });
  });

  test('above the last bound are that or more', () => {
    const open = { low: 10_000 * MS, high: Number.POSITIVE_INFINITY };
    const run = measuredRun({ metrics: [metric('ttft.p99', Number.POSITIVE_INFINITY, {}, open)] });
    expect(runMetrics(run).groups[0].figures).toMatchObject([{ value: 10_000 * MS, ...open, error: 0 }]);
  });

  test('between bounds may be anywhere between them', () => {
    const run = measuredRun({ metrics: [metric('ttft.p50', 6 * MS, {}, { low: 4 * MS, high: 8 * MS })] });
    expect(runMetrics(run).groups[0].figures[0].error).toBeCloseTo((4 * MS) / Math.sqrt(12), 3);
  });

  test('of which only values are given get their statistics', () => {
    const values = Array.from({ length: 101 }, (_, i) => 100 - i);
    const [{ figures, distributions }] = runMetrics(measuredRun({ samples: samplesOf('ttft', values) })).groups;
    expect(Object.fromEntries(figures.map(({ id, value }) => [id, value]))).toEqual({
      ...{ 'ttft.mean': 50, 'ttft.p50': 50, 'ttft.p90': 90, 'ttft.p99': 99 },
    });
    expect(distributions[0].values).toEqual(Float64Array.from(values).sort());
  });

  test('that a file gives are not worked out again, but their values tell the error', () => {
    const values = Array.from({ length: 401 }, (_, i) => i);
    const given = { metrics: [metric('ttft.p50', 201)], samples: samplesOf('ttft', values) };
    const [{ figures }] = runMetrics(measuredRun(given)).groups;
    expect(figures.map(({ id }) => id)).toEqual(['ttft.p50']);
    // The median of n evenly spread values has a standard error of range / (2 sqrt(n)).
    expect(figures[0].error).toBeCloseTo(400 / (2 * Math.sqrt(401)), 0);
  });

  test('of which only buckets are given get quantiles between the bounds of their bucket', () => {
    const [{ figures, distributions }] = runMetrics(
      measuredRun({
        buckets: bucketsOf('ttft', [
          [10, 50],
          [20, 40],
          [Number.POSITIVE_INFINITY, 10],
        ]),
      }),
    ).groups;
    expect(figures.map(({ id, value, low, high }) => [id, value, low, high])).toEqual([
      ['ttft.p50', 10, 0, 20],
      ['ttft.p90', 20, 10, Number.POSITIVE_INFINITY],
      ['ttft.p99', 20, 20, Number.POSITIVE_INFINITY],
    ]);
    expect(distributions[0].count).toBe(100);
  });

  test('buckets of repeats are added up, and empty ones say nothing', () => {
    const buckets = bucketsOf('itl', [
      [1, 5],
      [2, 5],
    ]);
    const [{ distributions }] = runMetrics(measuredRun({ buckets }, { buckets })).groups;
    expect(distributions).toHaveLength(1);
    expect(distributions[0].buckets).toEqual({ bounds: [1, 2], cumulative: [10, 20] });
    const [nothing] = runMetrics(measuredRun({ buckets: bucketsOf('itl', [[1, 0]]) })).groups[0].distributions;
    expect(quantileOf(nothing, 0.5)).toBeUndefined();
  });

  test('with names of objects are names like any', () => {
    const labels = JSON.parse('{"__proto__": "a", "toString": "b"}') as Record<string, string>;
    const { common, groups } = runMetrics(
      measuredRun({ metrics: [metric('constructor', 1, labels), metric('req_s', 1)] }),
    );
    expect(common).toEqual({});
    expect(groups).toHaveLength(2);
  });
});
