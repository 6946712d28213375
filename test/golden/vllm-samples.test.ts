// Real results of vLLM benchmarks: every number that stands in them comes out, and nothing is made up.
import { describe, expect, test } from 'vitest';
import { diagnosticCounts, readFiles } from '../support/reading.ts';
import { measurementsIn } from '../support/measurements.ts';
import { noticeWhenAbsent, readSample, samplesLike } from '../support/samples.ts';

noticeWhenAbsent('real benchmark results');
const SERVING = samplesLike(/^vllm\/serve-.*\.json$/);

const NS_PER_MS = 1e6;
const NS_PER_S = 1e9;
const PLAIN: Readonly<Record<string, readonly [id: string, factor: number]>> = {
  duration: ['duration', NS_PER_S],
  completed: ['requests.completed', 1],
  failed: ['requests.failed', 1],
  reject_rate: ['requests.reject_rate', 1],
  total_input_tokens: ['tokens.input', 1],
  total_output_tokens: ['tokens.output', 1],
  request_throughput: ['req_s', 1],
  output_throughput: ['output_tok_s', 1],
  total_token_throughput: ['total_tok_s', 1],
  max_output_tokens_per_s: ['max_output_tok_s', 1],
  max_concurrent_requests: ['concurrency.max', 1],
  num_requests_running: ['requests.running', 1],
  num_requests_waiting: ['requests.waiting', 1],
  kv_cache_usage_perc: ['kv_cache.usage', 1],
  available_kv_cache_memory_bytes: ['kv_cache.available', 1],
};
/** What was asked for, and what is 0 where no speech is recognised. */
const NO_METRIC = new Set(['num_prompts', 'request_rate', 'burstiness', 'rtfx']);

function expectedOf(result: Record<string, unknown>): Record<string, number> {
  const expected: Record<string, number> = {};
  for (const [key, value] of Object.entries(result)) {
    if (typeof value !== 'number' || NO_METRIC.has(key)) continue;
    const [, statistic, family] = /^(mean|median|std|p\d+)_(\w+)_ms$/.exec(key) ?? [];
    if (statistic !== undefined)
      expected[`${family}.${statistic === 'median' ? 'p50' : statistic}`] = value * NS_PER_MS;
    else expected[PLAIN[key][0]] = value * PLAIN[key][1];
  }
  return expected;
}

async function read(path: string): Promise<ReturnType<typeof measurementsIn>> {
  const { timeline, diagnostics } = await readFiles('vllm-result-json', [{ path, bytes: readSample(path) }]);
  expect(diagnosticCounts(diagnostics)).toEqual({});
  return measurementsIn(timeline.tables);
}

const jsonOf = (path: string): Record<string, unknown> => JSON.parse(new TextDecoder().decode(readSample(path)));

describe.skipIf(SERVING.length === 0)('serve', () => {
  test.each(SERVING)('%s', async (path) => {
    const result = jsonOf(path);
    const [{ labels, metrics }] = await read(path);
    const expected = expectedOf(result);
    expect(Object.keys(expected).length).toBeGreaterThan(20);
    expect(metrics).toEqual(expected);
    expect(labels).toEqual({
      backend: result.backend,
      model: String(result.model_id).split('/').at(-1),
      num_prompts: String(result.num_prompts),
      request_rate: '1',
    });
  });
});

describe.skipIf(samplesLike(/^vllm\/latency-random\.json$/).length === 0)('offline', () => {
  test('latencies have the percentiles that numpy worked out of them', async () => {
    const { percentiles, avg_latency: mean } = jsonOf('vllm/latency-random.json');
    const [{ metrics }] = await read('vllm/latency-random.json');
    const written = Object.entries(percentiles as Record<string, number>);
    expect(written.length).toBe(6);
    for (const [percent, value] of written) expect(metrics[`latency.p${percent}`] / NS_PER_S).toBeCloseTo(value, 14);
    expect(metrics['latency.mean'] / NS_PER_S).toBeCloseTo(Number(mean), 14);
  });

  test('throughput', async () => {
    const result = jsonOf('vllm/throughput-sonnet.json');
    expect(await read('vllm/throughput-sonnet.json')).toEqual([
      {
        labels: { benchmark: 'throughput' },
        metrics: {
          duration: Number(result.elapsed_time) * NS_PER_S,
          'requests.completed': 200,
          'tokens.total': 138_007,
          req_s: result.requests_per_second,
          total_tok_s: result.tokens_per_second,
        },
      },
    ]);
  });
});
