import { describe, expect, it } from 'vitest';
import { tableCell } from '../../../src/timeline/index.ts';
import { metricIn, metricsIn, readPage, readPages } from '../../support/page-metrics.ts';
import { diagnosticCounts, diagnosticLines } from '../../support/reading.ts';

const TOKENS = 'vllm:generation_tokens_total{model_name="m"}';
const WAIT = 'vllm:time_to_first_token_seconds';
const T0 = 1_785_918_000_000;

describe('a line', () => {
  it.each([
    ['vllm:generation_tokens_total 12', 12],
    ['vllm_generation_tokens_total{} 12', 12],
    ['  vllm:generation_tokens_total  { model_name = "m" , } \t 1.2e+1\r', 12],
    ['vllm:generation_tokens_total{model_name="a } b, \\"c\\" \\\\"} 1.2E1', 12],
    ['vllm:generation_tokens_total 12 # {trace_id="a"} 0.5 1520879607.789', 12],
    ['vllm:generation_tokens_total 1.6906027417e+010', 16906027417],
    ['vllm:generation_tokens_total 12 1785918000000 # {trace_id="a"} 0.5', 12],
    ['vllm:generation_tokens_total 12 1785918000.123', 12],
    ['{"vllm:generation_tokens_total"} 12', 12],
    ['{ "vllm:generation_tokens_total" , model_name="a", "served.by"="b, c" , } 12 1785918000000', 12],
  ])('%s', async (line, value) => {
    const result = await readPage(`${line}\n# EOF\n`);
    expect(metricIn(result, 'tokens.output').value).toBe(value);
    expect(diagnosticLines(result.diagnostics)).toEqual([]);
  });

  it.each([
    'vllm:x{model_name="m" 1',
    'vllm:x{model_name=m} 1',
    'vllm:x{le="1"} one',
    'vllm:x',
    'vllm:x 1 2 3',
    '{model_name="m"} 1',
    '{"vllm:x",model_name} 1',
    '{""} 1',
    'vllm:x{"vllm:y"} 1',
    'vllm:x {count:17,sum:3.5,schema:0} 1',
    'vllm:x 1 1e300',
    `vllm:x{a="${'y'.repeat(20_000)}"} 1`,
    '<p>vllm</p>',
  ])('%.40s is none, and the others are read', async (line) => {
    const result = await readPage(`${line}\n${TOKENS} 12\n`);
    expect(metricIn(result, 'tokens.output').value).toBe(12);
    expect(diagnosticLines(result.diagnostics)[1]).toContain('metrics.prom, byte 0');
    expect(diagnosticCounts(result.diagnostics)).toEqual({ sample_malformed: 1 });
  });

  it('of a megabyte is passed over', async () => {
    const result = await readPage(`vllm:x{a="${'y'.repeat(2 << 20)}"} 1\n${TOKENS} 12\n`);
    expect(metricIn(result, 'tokens.output').value).toBe(12);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ sample_malformed: 1 });
  });
});

describe('labels', () => {
  it('are those of everybody: the model by the last folder of its path, the rest as they are', async () => {
    const result = await readPage('vllm:num_preemptions_total{engine="1",model_name="/srv/a b/Demo\\n7B/"} 3\n');
    expect(metricIn(result, 'preemptions').labels).toEqual({ engine: '1', model: 'Demo\n7B' });
  });

  it('tell engines apart, in any order', async () => {
    const page = (n: number): string =>
      [
        `vllm:generation_tokens_total{engine="0",model_name="m"} ${n} ${T0 + n * 1000}`,
        `vllm:generation_tokens_total{model_name="m",engine="1"} ${2 * n} ${T0 + n * 1000}`,
      ].join('\n');
    const result = await readPage(
      `${page(1)}\n${page(2).replace('engine="0",model_name="m"', 'model_name="m",engine="0"')}\n`,
    );
    const tokens = metricsIn(result).filter(({ id }) => id === 'tokens.output');
    expect(tokens.map(({ labels, value }) => [labels.engine, value])).toEqual([
      ['0', 1],
      ['1', 2],
    ]);
    expect(result.timeline.processes.map(({ name }) => name)).toEqual(['vLLM m engine 0', 'vLLM m engine 1']);
  });

  it('of settings are a table', async () => {
    const { timeline } = await readPage('vllm:cache_config_info{block_size="16",cache_dtype="auto"} 1.0\n');
    const [table] = timeline.tables;
    expect([0, 1].map((row) => `${tableCell(table, 'key', row)} ${tableCell(table, 'value', row)}`)).toEqual([
      'cache_config.block_size 16',
      'cache_config.cache_dtype auto',
    ]);
  });
});

describe('names', () => {
  it('that nobody knows are kept with the unit that they say', async () => {
    const result = await readPage('vllm:new_bytes 5\nvllm:idle_seconds 0.5\n# TYPE vllm:moved counter\nvllm:moved 3\n');
    const found = metricsIn(result).map(({ id, value, unit, better }) => [id, value, unit, better]);
    expect(found).toEqual(
      expect.arrayContaining([
        ['vllm:new_bytes', 5, 'bytes', 'neither'],
        ['vllm:idle_seconds', 500_000_000, 'ns', 'neither'],
        ['vllm:moved', 3, 'count', 'neither'],
      ]),
    );
    expect(found).toHaveLength(3);
  });

  it('that end in a rate are better when they are higher, as of vLLM 0.4', async () => {
    const result = await readPage('vllm:avg_prompt_throughput_toks_per_s 12\nvllm:num_lora 3\n');
    const found = metricsIn(result).map(({ id, value, unit, better }) => [id, value, unit, better]);
    expect(found).toEqual([
      ['vllm:avg_prompt_throughput_toks_per_s', 12, '1/s', 'higher'],
      ['vllm:num_lora', 3, 'count', 'neither'],
    ]);
  });

  it('of other programs are counted and left out, but for a few', async () => {
    const result = await readPage(`python_info 1\nprocess_resident_memory_bytes 9\n${TOKENS} 1\n`);
    expect(
      metricsIn(result)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['process_resident_memory_bytes', 'tokens.output']);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ families_left_out: 1 });
  });

  it('of other programs are told by family, as a note', async () => {
    const page = [
      ...['# TYPE python_gc_time histogram', 'python_gc_time_bucket{le="+Inf"} 1', 'python_gc_time_sum 1'],
      ...['python_gc_time_count 1', 'python_info 1', 'process_open_fds{a="1"} 3', 'process_open_fds{a="2"} 3', ''],
    ].join('\n');
    const { diagnostics } = await readPages({ 'a.prom': page + TOKENS + ' 1\n', 'b.prom': page + TOKENS + ' 2\n' });
    const [lost] = diagnostics.list().filter(({ kind }) => kind === 'families_left_out');
    expect(lost).toMatchObject({ severity: 'info', count: 3 });
    expect(lost.places[0]).toMatchObject({
      place: { path: 'a.prom' },
      detail: 'process_open_fds, python_gc_time, python_info',
    });
  });

  it('may be any text, in quotes', async () => {
    const result = await readPage(
      '# TYPE "vllm.moved tokens" counter\n{"vllm.moved tokens","läuft auf"="\\"x\\""} 3\n# HELP "vllm.moved tokens" what\n',
    );
    expect(metricsIn(result)).toMatchObject([{ id: 'vllm.moved tokens{läuft auf="\\"x\\""}', value: 3 }]);
    expect(diagnosticLines(result.diagnostics)).toEqual([]);
  });

  it('that mean the same give one metric, the newer of them', async () => {
    const one = (name: string, value: number): string =>
      `vllm:${name}_bucket{le="1"} 1\nvllm:${name}_bucket{le="+Inf"} 1\nvllm:${name}_sum ${value}\nvllm:${name}_count 1\n`;
    const page = one('time_per_output_token_seconds', 0.1) + one('inter_token_latency_seconds', 0.2);
    expect(metricIn(await readPage(page), 'itl.mean').value).toBe(200_000_000);
  });

  it('of a cache that is off say nothing', async () => {
    const result = await readPage(`vllm:gpu_prefix_cache_hit_rate -1.0\nvllm:kv_cache_usage_perc NaN\n${TOKENS} 1\n`);
    expect(metricsIn(result).map(({ id }) => id)).toEqual(['tokens.output']);
  });
});

describe('a histogram', () => {
  const page = (buckets: readonly (readonly [le: string, count: number])[], rest = ''): string =>
    buckets.map(([le, count]) => `${WAIT}_bucket{le="${le}"} ${count}\n`).join('') + rest;

  it('gives quantiles within the bounds of their buckets, and none above the last bound', async () => {
    const result = await readPage(
      page([
        ['0.1', 0],
        ['0.2', 80],
        ['0.4', 96],
        ['+Inf', 100],
      ]),
    );
    expect(metricIn(result, 'ttft.p50')).toMatchObject({ value: 162_500_000, low: 100_000_000, high: 200_000_000 });
    expect(metricIn(result, 'ttft.p90')).toMatchObject({ value: 325_000_000, low: 200_000_000, high: 400_000_000 });
    expect(metricIn(result, 'ttft.p99')).toMatchObject({ value: 400_000_000, low: 400_000_000, high: Infinity });
    expect(metricsIn(result).some(({ id }) => id === 'ttft.mean')).toBe(false);
  });

  it('may have its sum first, its buckets in any order and its last one left out', async () => {
    const text = `${WAIT}_sum 8\n${WAIT}_count 10\n${page([
      ['0.5', 10],
      ['0.1', 5],
    ])}`;
    const result = await readPage(text);
    expect(metricIn(result, 'ttft.mean').value).toBe(800_000_000);
    expect(metricIn(result, 'ttft.p50').high).toBe(500_000_000);
  });

  it('whose buckets fall is repaired, one without an end is left out; both are said', async () => {
    const result = await readPage(
      page([
        ['0.1', 5],
        ['0.2', 3],
        ['+Inf', 6],
      ]) + page([['0.1', 5]]).replaceAll(WAIT, 'vllm:e2e_request_latency_seconds'),
    );
    expect(metricIn(result, 'ttft.p50').high).toBe(100_000_000);
    expect(metricsIn(result).some(({ id }) => id.startsWith('e2el'))).toBe(false);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ histogram_malformed: 2 });
  });

  it.each([
    ['a bound twice', '0.10', '7', 'le="0.10" stands there twice'],
    ['a bound that is none', 'x', '7', 'le="x" is no bound'],
    ['fewer than none', '0.3', '-4', 'a bucket of -4'],
    ['no number', '0.3', 'NaN', 'a bucket of NaN'],
  ])('with %s is read without that bucket, which is said', async (_, le, count, said) => {
    const buckets = page([['0.1', 5]]) + `${WAIT}_bucket{le="${le}"} ${count}\n` + page([['+Inf', 6]]);
    const result = await readPage(buckets);
    expect(metricIn(result, 'ttft.p50')).toMatchObject({ high: 100_000_000, count: 6 });
    expect(diagnosticCounts(result.diagnostics)).toEqual({ histogram_malformed: 1 });
    expect(diagnosticLines(result.diagnostics).join()).toContain(said.replaceAll('"', '\\"'));
  });

  it('that counted nothing says nothing', async () => {
    expect(
      metricsIn(
        await readPage(
          page(
            [
              ['0.1', 0],
              ['+Inf', 0],
            ],
            `${TOKENS} 1\n`,
          ),
        ),
      ).map(({ id }) => id),
    ).toEqual(['tokens.output']);
  });
});

// Each takes minutes where work grows with the square of what is on the page.
describe('hostile pages take no time', () => {
  const COUNT = 30_000;
  const repeated = (line: (n: number) => string): string => Array.from({ length: COUNT }, (_, n) => line(n)).join('\n');

  it('of a histogram with very many buckets, one in each scrape', async () => {
    const buckets = repeated((n) => `${WAIT}_bucket{le="${n}"} 1 ${T0 + n}`);
    expect(metricsIn(await readPage(`${buckets}\n${TOKENS} 1\n`))).toHaveLength(1);
  });

  it('of very many counters that all begin anew', async () => {
    const page = (value: number): string => repeated((n) => `vllm:x${n}_total ${value} ${T0 - value * 1000}`);
    const { diagnostics } = await readPage(`${page(2)}\n${page(1)}\n`);
    expect(diagnosticCounts(diagnostics)).toEqual({ counter_reset: 1 });
  });

  it('of models whose paths are slashes', async () => {
    const models = Array.from({ length: 200 }, (_, n) => `${TOKENS.replace('"m"', `"${n}${'/'.repeat(15_000)}x"`)} 1`);
    expect(metricIn(await readPage(`${models.join('\n')}\n`), 'tokens.output').labels).toEqual({ model: 'x' });
  });
});
