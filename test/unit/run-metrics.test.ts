import { describe, expect, test } from 'vitest';
import {
  bucketRows,
  histogramTable,
  knownMetric,
  type Metric,
  metricsOf,
  metricTable,
  samplesOf,
  sampleTable,
} from '../../src/timeline/index.ts';

describe('metrics of a run', () => {
  test('come back from their table as they were, labels in any order', () => {
    const ttft: Metric = {
      ...{
        id: 'ttft.p99',
        unit: 'ns',
        better: 'lower',
        value: 5e6,
        low: 4e6,
        high: Number.POSITIVE_INFINITY,
        count: 10,
      },
      labels: { model: 'Qwen', batch: '4' },
    };
    const rate: Metric = {
      ...{ id: 'req_s', unit: '1/s', better: 'higher', value: 2.5, low: undefined, high: undefined, count: undefined },
      labels: { batch: '4', model: '{"}\u202e' },
    };
    expect(metricsOf(metricTable('a.json', [ttft, rate]))).toEqual([ttft, rate]);
  });

  test('and so do samples and buckets, the last of which has no bound', () => {
    const sample = { family: 'itl', value: 12, labels: {} };
    const buckets = [1, Number.POSITIVE_INFINITY].map((bound) => ({ family: 'itl', bound, count: 3, labels: {} }));
    expect(samplesOf(sampleTable('a', [sample]))).toEqual([sample]);
    expect(bucketRows(histogramTable('a', buckets))).toEqual(buckets);
    expect(metricsOf(histogramTable('a', buckets))).toEqual([]);
  });

  test.each(['ttft.p99', 'tpot.p99.9', 'e2el.mean', 'req_s', 'requests.failed'])('%s is known', (id) => {
    expect(knownMetric(id)).toBeDefined();
  });

  test.each(['ttft', 'ttft.p101', 'ttft.', 'req_s.p99', 'toString', '.p99', 'constructor.p50'])('%s is not', (id) => {
    expect(knownMetric(id)).toBeUndefined();
  });
});
