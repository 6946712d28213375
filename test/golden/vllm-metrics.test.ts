// Metrics pages against what is true of the requests behind them, and of a real server against its benchmark.
import { describe, expect, test } from 'vitest';
import { bucketRows } from '../../src/timeline/index.ts';
import { fixtureTruth, titledCaptures } from '../support/fixtures.ts';
import { metricIn, metricsIn } from '../support/page-metrics.ts';
import { diagnosticCounts, readFiles } from '../support/reading.ts';
import { noticeWhenAbsent, readSample, samplesAbsent } from '../support/samples.ts';

interface ValuesTruth {
  readonly count: number;
  readonly sumNs: number;
  readonly quantilesNs: Readonly<Record<string, readonly [nearest: number, between: number]>>;
}

interface Truth {
  readonly run: Readonly<Record<'ttft' | 'itl' | 'e2el', ValuesTruth>> & {
    readonly promptTokens: number;
    readonly outputTokens: number;
    readonly completed: number;
    readonly failed: number | null;
  };
  readonly restarts: number;
  readonly durationNs: number | null;
}

const captures = titledCaptures().filter(({ capture }) => capture.readerId === 'vllm-metrics');

test('there are pages', () => {
  expect(captures.length).toBeGreaterThanOrEqual(3);
});

describe.each(captures)('$title', async ({ capture }) => {
  const { run, restarts, durationNs } = fixtureTruth<Truth>('vllm-metrics', capture.caseName);
  const result = await readFiles('vllm-metrics', capture.files);
  const value = (id: string): number => metricIn(result, id).value;

  test('counts what happened', () => {
    expect(value('tokens.input')).toBe(run.promptTokens);
    expect(value('tokens.output')).toBe(run.outputTokens);
    expect(value('requests.completed')).toBe(run.completed);
    if (run.failed !== null) expect(value('requests.failed')).toBe(run.failed);
    expect(metricIn(result, 'tokens.input').labels.model).toBe('demo-7b-chat');
  });

  test.each(['ttft', 'itl', 'e2el'] as const)('knows the mean of %s, and between what its quantiles lie', (family) => {
    const { count, sumNs, quantilesNs } = run[family];
    expect(metricIn(result, `${family}.mean`)).toMatchObject({ count, value: Math.round(sumNs / count), unit: 'ns' });
    expect(Object.keys(quantilesNs)).toHaveLength(4);
    for (const [statistic, truths] of Object.entries(quantilesNs)) {
      const { value: found, low, high } = metricIn(result, `${family}.${statistic}`);
      for (const each of [...truths, found]) {
        expect(each).toBeGreaterThanOrEqual(low!);
        expect(each).toBeLessThanOrEqual(high!);
      }
    }
    const buckets = result.timeline.tables.flatMap(bucketRows).filter((bucket) => bucket.family === family);
    expect(buckets.reduce((sum, bucket) => sum + bucket.count, 0)).toBe(count);
  });

  test('says when counting began anew', () => {
    expect(diagnosticCounts(result.diagnostics).counter_reset ?? 0).toBe(restarts);
  });

  test('has rates and tracks where the time is known, and none elsewhere', () => {
    const ids = metricsIn(result).map(({ id }) => id);
    expect(ids.includes('output_tok_s')).toBe(durationNs !== null);
    expect(result.timeline.tracks.length > 0).toBe(durationNs !== null);
    if (durationNs === null) return;
    expect(value('duration')).toBe(durationNs);
    expect(value('output_tok_s')).toBeCloseTo(run.outputTokens / (durationNs / 1e9), 9);
    expect(value('total_tok_s')).toBeCloseTo((run.outputTokens + run.promptTokens) / (durationNs / 1e9), 9);
    const { tracks, counters, counterRange, processes, endNs } = result.timeline;
    expect(processes.map(({ name, side }) => `${side} ${name}`)).toEqual(['host vLLM demo-7b-chat']);
    expect(endNs).toBe(durationNs);
    const track = tracks.findIndex(({ name }) => name === 'output_tok_s');
    const samples = Array.from(
      { length: counterRange[track + 1] - counterRange[track] },
      (_, i) => counterRange[track] + i,
    );
    // Each rate holds until the next one, the last until the end.
    const tokens = samples.map((row, i) => {
      const untilNs = i + 1 < samples.length ? counters.timeNs[row + 1] : endNs;
      return (counters.value[row] * (untilNs - counters.timeNs[row])) / 1e9;
    });
    expect(tokens.reduce((sum, each) => sum + each, 0)).toBeCloseTo(run.outputTokens, 6);
  });
});

const PAIR = ['before', 'after'].map((when) => `vllm/serve-prefix-repetition-metrics-${when}.prom`);

describe.skipIf(samplesAbsent)('a real server before and after a benchmark', async () => {
  if (samplesAbsent) return noticeWhenAbsent('metrics of a real server');
  const files = PAIR.map((path) => ({ path, bytes: readSample(path) }));
  const result = await readFiles('vllm-metrics', files);
  const benchmark: Record<string, number> = JSON.parse(
    new TextDecoder().decode(readSample('vllm/serve-prefix-repetition.json')),
  );
  const [before, after] = files.map(({ bytes }) => samplesOf(new TextDecoder().decode(bytes)));

  test('agrees with what the benchmark counted', () => {
    expect(metricIn(result, 'requests.completed').value).toBe(benchmark.completed);
    expect(metricIn(result, 'requests.failed').value).toBe(benchmark.failed);
    expect(metricIn(result, 'tokens.input').value).toBe(benchmark.total_input_tokens);
    expect(metricIn(result, 'tokens.output').value).toBe(benchmark.total_output_tokens);
    expect(metricIn(result, 'prefix_cache.hit_rate').value).toBeCloseTo(48384 / 102409, 12);
  });

  test.each(['ttft', 'tpot', 'itl'])('measures %s nearly as the client did', (family) => {
    const mean = metricIn(result, `${family}.mean`).value / 1e6;
    expect(Math.abs(mean / benchmark[`mean_${family}_ms`] - 1)).toBeLessThan(0.03);
    for (const [statistic, key] of [
      ['p50', 'median'],
      ['p99', 'p99'],
    ] as const) {
      const { low, high } = metricIn(result, `${family}.${statistic}`);
      expect(benchmark[`${key}_${family}_ms`] * 1e6).toBeGreaterThanOrEqual(low!);
      expect(benchmark[`${key}_${family}_ms`] * 1e6).toBeLessThanOrEqual(high!);
    }
  });

  test('has the difference of every counter of vLLM', () => {
    const byName = metricsIn(result).filter(({ id }) => /^vllm:\w+_total($|\{)/.test(id));
    expect(byName.length).toBeGreaterThan(15);
    for (const { id, value } of byName) expect(value, id).toBe(difference(id));
    for (const [name, id] of [
      ['time_to_first_token_seconds', 'ttft'],
      ['request_queue_time_seconds', 'queue_time'],
    ]) {
      const [sum, count] = ['sum', 'count'].map((part) => difference(`vllm:${name}_${part}`));
      expect(metricIn(result, `${id}.mean`)).toMatchObject({ count, value: Math.round((sum / count) * 1e9) });
    }
  });

  function difference(id: string): number {
    const [name, own = ''] = id.replace('}', '').split('{');
    const isIt = (key: string): boolean => key.startsWith(`${name}{`) && key.includes(own);
    const [from, to] = [before, after].map((samples) => [...samples].filter(([key]) => isIt(key)));
    expect([from.length, to.length], name).toEqual([1, 1]);
    return to[0][1] - from[0][1];
  }
});

/** A page of Python's client, read without knowing more than that a value stands behind the last space. */
function samplesOf(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}
