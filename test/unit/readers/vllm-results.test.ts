// Results of vLLM's benchmarks and of forks: what is recognised, what keys and names mean, what odd files give.
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import { readers } from '../../../src/readers/index.ts';
import { metricsOf, samplesOf } from '../../../src/timeline/index.ts';
import { measurementsIn, type PlainMeasurement } from '../../support/measurements.ts';
import { diagnosticCounts, diagnosticLines, readFiles, type ReadResult, readText } from '../../support/reading.ts';

const [JSON_READER, CSV_READER, TEXT_READER] = ['vllm-result-json', 'vllm-result-csv', 'vllm-result-text'];
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const recognisedAs = (text: string, path = 'x'): string[] =>
  [...readers].filter(({ sniff }) => sniff(path, bytesOf(text)).confidence > 0).map(({ id }) => id);
const BLOCK = '============ Serving Benchmark Result ============\n';

async function measured(reader: string, text: string): Promise<PlainMeasurement[]> {
  return measurementsIn((await readText(reader, text)).timeline.tables);
}

/** The metrics of a serving result with these keys more. */
async function metricsWith(keys: string): Promise<Readonly<Record<string, number>>> {
  const [{ metrics }] = await measured(JSON_READER, `{"completed":3,"request_throughput":1.5,${keys}}`);
  return metrics;
}

describe('results are recognised by what is in them', () => {
  test.each([
    [JSON_READER, '{"completed": 1, "request_inthroughput": 2}'],
    [JSON_READER, '\ufeff \n[{"mean_ttft_ms": 1, "note": {"a": [1]}, "median_tpot_ms": NaN}]'],
    [JSON_READER, '{"elapsed_time": 1.5, "requests_per_second": 2.0}'],
    [JSON_READER, '{"avg_latency": 1.5, "latencies": [1, 2'],
    [JSON_READER, '[{"benchmark": {}, "model": {}, "metric": {}}]'],
    [JSON_READER, '{"Successful requests": 3, "Output token throughput (tok/s)": 2}'],
    [CSV_READER, 'Model,batch,prefill_tokens,latency(ms)\n'],
    [CSV_READER, '"model","Req/s","Output token throughput (tok/s)"'],
    [TEXT_READER, `noise\n${BLOCK}Successful requests:   3`],
    [TEXT_READER, 'Throughput: 5.28 requests/s, 3640.75 tokens/s'],
    [TEXT_READER, 'FTL: 0.5 s\nTPS: 20'],
    [TEXT_READER, '[rank0] FTL: 0.5 s\n[rank0] TPS: 20'],
    [TEXT_READER, `[2024-06-01 10:00:00] INFO starting\n${BLOCK}Successful requests:   3`],
    [TEXT_READER, "{'FTL': 0.5, 'TPS': 20}"],
  ])('%s: %s', (id, text) => {
    expect(recognisedAs(text)).toEqual([id]);
  });

  test.each([
    '{"completed": true, "items": []}',
    '{"result": {"completed": 1, "request_throughput": 2}}',
    '{"latencies": [1, 2]}',
    '{"benchmark": "x", "model": "y"}',
    'Model,Data_Type,batch\n',
    'batch,loss,accuracy\n1,2,3',
    'name,latency(ms)\nconv,1',
    'Successful requests: 12',
    'FTL is a game with 20 TPS',
    '<!DOCTYPE html><title>Serving Benchmark Result</title>',
    'print("============ Serving Benchmark Result ============")',
    `["${BLOCK}Successful requests:   3"]`,
    `{"output": "${BLOCK}Successful requests:   3"}`,
  ])('but not %s', (text) => {
    expect(recognisedAs(text)).toEqual([]);
  });

  test('a page that quotes a result is none, a file called combine_ret.csv may be one', () => {
    expect(recognisedAs(`${BLOCK}Successful requests:   3`, 'README.md')).toEqual([]);
    expect(recognisedAs('network,speed\n', 'perf_data/combine_ret.csv')).toEqual([CSV_READER]);
  });
});

describe('keys of results', () => {
  test('are read whoever spelt them', async () => {
    expect(await metricsWith('"request_goodput:": 1.25, "p99.90_itl_ms": 3, "mean_itl_ms": 1')).toMatchObject({
      ...{ goodput_req_s: 1.25, 'itl.p99.9': 3e6, req_s: 1.5 },
    });
    const [{ metrics }] = await measured(
      JSON_READER,
      '{"completed": 1, "request_inthroughput": 2, "input_throughput": 3}',
    );
    expect(metrics).toEqual({ 'requests.completed': 1, req_s: 2, input_tok_s: 3 });
  });

  test('that nobody knows keep their names; their unit tells which way is better', async () => {
    const { timeline } = await readText(
      JSON_READER,
      '{"completed":3,"request_throughput":1.5,"swap_time_ms":2,"draft_tps":4,"hit_rate":0.5,"steps":7,"host_bytes":8}',
    );
    const own = timeline.tables.flatMap(metricsOf).slice(2);
    expect(own.map(({ id, value, unit, better }) => [id, value, unit, better])).toEqual([
      ['swap_time_ms', 2e6, 'ns', 'lower'],
      ['draft_tps', 4, '1/s', 'higher'],
      ['hit_rate', 0.5, 'ratio', 'neither'],
      ['steps', 7, 'count', 'neither'],
      ['host_bytes', 8, 'bytes', 'neither'],
    ]);
  });

  test('with text, with settings and with switches are labels; what goes without saying is none', async () => {
    const [{ labels }] = await measured(
      JSON_READER,
      '{"completed":3,"request_throughput":1,"model_id":"C:\\\\m\\\\Qwen\\\\","request_rate":"inf","burstiness":1.0,' +
        '"max_concurrency":null,"label":null,"version":"0.10","random_seed":1,"eager":true,"date":"20260101-000000",' +
        '"endpoint_type":"vllm","backend":"vllm","__proto__":"x","ramp_up_start_rps":2}',
    );
    expect(labels).toEqual(
      Object.fromEntries([
        ...[
          ['model', 'Qwen'],
          ['request_rate', 'inf'],
          ['version', '0.10'],
          ['random_seed', '1'],
          ['eager', 'true'],
        ],
        ...[
          ['backend', 'vllm'],
          ['__proto__', 'x'],
          ['ramp_up_start_rps', '2'],
        ],
      ]),
    );
  });

  test('that say NaN, Infinity or "inf" are no figures', async () => {
    const { timeline, diagnostics } = await readText(
      JSON_READER,
      '{"completed":3,"request_throughput":"inf","output_throughput":NaN,"mean_e2el_ms":-Infinity,"duration":1}',
    );
    expect(measurementsIn(timeline.tables)[0].metrics).toEqual({ 'requests.completed': 3, duration: 1e9 });
    expect(diagnosticCounts(diagnostics)).toEqual({ figure_not_finite: 3 });
  });

  test('times of 0 were not measured, rates of 0 were', async () => {
    expect(
      await metricsWith('"mean_tpot_ms":0,"std_tpot_ms":0.0,"mean_itl_ms":1,"p50_itl_ms":0,"output_throughput":0'),
    ).toEqual({
      ...{ 'requests.completed': 3, req_s: 1.5, 'itl.mean': 1e6, 'itl.p50': 0, output_tok_s: 0 },
    });
  });
});

describe('lists per request', () => {
  const lists = (more: string): string =>
    `{"completed":2,"request_throughput":1,"duration":2,"ttfts":[0.1,0,0.3],"output_lens":[3,0,1],${more}}`;

  test('failed requests do not count; times to the last token come from those between tokens', async () => {
    const { timeline, diagnostics } = await readText(
      JSON_READER,
      lists('"itls":[[0.01,0.03],[],[]],"errors":["","refused",""],"input_lens":[5,6,7]'),
    );
    const [{ metrics }] = measurementsIn(timeline.tables);
    expect(metrics['tpot.mean']).toBeCloseTo(20e6, 3);
    expect(metrics['e2el.max']).toBeCloseTo(300e6, 3);
    expect(metrics).toMatchObject({ 'requests.failed': 1, 'tokens.input': 12, 'tokens.output': 4, output_tok_s: 2 });
    const families = timeline.tables.flatMap(samplesOf).map(({ family, value }) => [family, Math.round(value)]);
    expect(families).toEqual([
      ...[
        ['itl', 10e6],
        ['itl', 30e6],
        ['ttft', 100e6],
        ['ttft', 300e6],
        ['e2el', 140e6],
        ['e2el', 300e6],
      ],
      ...[
        ['tpot', 20e6],
        ['input_tokens', 5],
        ['input_tokens', 7],
        ['output_tokens', 3],
        ['output_tokens', 1],
      ],
    ]);
    expect(diagnosticCounts(diagnostics)).toEqual({ requests_failed: 1 });
  });

  test.each([
    ['{"num_prompts":10,"completed":7,"request_throughput":1}', 3],
    ['{"num_prompts":10,"completed":10,"request_throughput":1}', 0],
    ['{"num_prompts":10,"completed":7,"failed":2,"request_throughput":1}', 2],
    ['{"completed":7,"request_throughput":1}', undefined],
    ['{"num_prompts":5,"completed":7,"request_throughput":1}', undefined],
  ])(
    'requests that did not come to their end have failed, also where only their number is missing: %s',
    async (text, failed) => {
      const [{ metrics }] = await measured(JSON_READER, text);
      expect(metrics['requests.failed']).toBe(failed);
    },
  );

  test('what the file says beside them has to agree, and does not count where it does not', async () => {
    const { timeline, diagnostics } = await readText(
      JSON_READER,
      lists('"mean_ttft_ms":201,"median_ttft_ms":200.0001,"total_output_tokens":5'),
    );
    expect(measurementsIn(timeline.tables)[0].metrics).toMatchObject({ 'ttft.mean': 200e6, 'tokens.output': 4 });
    expect(diagnosticLines(diagnostics).filter((line) => line.includes('field'))).toEqual([
      '  trace.json, byte 0, field ttft.mean: "201000000 ns, by the requests themselves 200000000"',
      '  trace.json, byte 0, field tokens.output: "5 count, by the requests themselves 4"',
    ]);
  });

  test('of another length, or with something else in them, are left out', async () => {
    const { timeline, diagnostics } = await readText(
      JSON_READER,
      lists('"itls":[[0.1]],"input_lens":["a"],"latencies":[1]'),
    );
    expect(measurementsIn(timeline.tables)[0].metrics).not.toHaveProperty('itl.mean');
    expect(diagnosticCounts(diagnostics)).toMatchObject({ record_malformed: 3 });
  });

  test('of very many values keep some, and figures of all', async () => {
    const all = Array.from({ length: 50_000 }, (_, i) => (i + 1) / 1e6);
    const { timeline, diagnostics } = await readText(
      JSON_READER,
      `{"avg_latency":0.0250005,"latencies":${JSON.stringify(all)}}`,
    );
    const samples = timeline.tables.flatMap(samplesOf).map(({ value }) => value);
    expect(samples.length).toBe(32_768);
    expect([samples[0], samples[samples.length - 1]].map(Math.round)).toEqual([1000, 50_000_000]);
    expect(metricsOf(timeline.tables[0])[0]).toMatchObject({ id: 'latency.mean', count: 50_000 });
    expect(diagnosticCounts(diagnostics)).toEqual({ samples_thinned: 1 });
  });
});

describe('documents', () => {
  const one = (model: string): string => `{"completed":1,"request_throughput":1,"model_id":"${model}"}`;

  test.each([`${one('a')}${one('b')}`, `${one('a')}\n${one('b')}\n`, `[${one('a')},\n${one('b')}]`])(
    '%s',
    async (text) => {
      expect((await measured(JSON_READER, text)).map(({ labels }) => labels.model)).toEqual(['a', 'b']);
    },
  );

  test('that end early or break off keep what came before', async () => {
    const cut = await readText(JSON_READER, `${one('a')}{"completed":5,"request_throughput":2,"dura`);
    expect(measurementsIn(cut.timeline.tables).length).toBe(2);
    expect(diagnosticCounts(cut.diagnostics)).toEqual({ document_not_closed: 1 });
    const broken = await readText(JSON_READER, `${one('a')} <html>`);
    expect(diagnosticCounts(broken.diagnostics)).toEqual({ document_malformed: 1 });
  });

  const failing = async (text: string): Promise<unknown> =>
    readText(JSON_READER, text).catch((error: unknown) => error);

  test.each(['', '<!DOCTYPE html>', '{"a": 1}', '[]', '{"completed": ', '[[[['])('%s is refused', async (text) => {
    const error = await failing(text);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).expected).toMatch(/result of a vLLM benchmark/);
  });

  const readBoth = (files: Readonly<Record<string, string>>): Promise<ReadResult> =>
    readFiles(
      JSON_READER,
      Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) })),
    );

  test('one of several that cannot be read leaves the others', async () => {
    const { timeline, diagnostics } = await readBoth({ 'a.json': '<html>', 'b.json': one('b') });
    expect(measurementsIn(timeline.tables).length).toBe(1);
    expect(diagnosticCounts(diagnostics)).toEqual({ file_unreadable: 1 });
  });

  test('of two models stand side by side', async () => {
    const { timeline } = await readBoth({ 'a.json': one('a'), 'b.json': one('b') });
    expect(timeline.tables.map(({ path }) => measurementsIn(timeline.tables, path)[0].labels)).toEqual([
      { model: 'a' },
      { model: 'b' },
    ]);
  });
});

describe('hostile text takes no time', () => {
  const long = ['=', ' ', 'a b ', '1.1', 'TPS(', 'Namespace(a=', '\u001b[1', ': 1 ', '%', ','].map((piece) =>
    piece.repeat(200_000),
  );

  test.each(long.map((text) => [text.slice(0, 12), text]))('%s…', async (_, text) => {
    expect(recognisedAs(text.slice(0, 65_536))).toEqual([]);
    const titled = `${BLOCK}Req/s: 2\n${text}\n${text.slice(0, 16_000)}\n`;
    expect((await measured(TEXT_READER, titled))[0].metrics).toMatchObject({ req_s: 2 });
    const key = JSON.stringify(text.slice(0, 60_000));
    expect(await metricsWith(`${key}: 1, "model_id": ${key}`)).toEqual({ 'requests.completed': 3, req_s: 1.5 });
    const table = `model,batch,prefill,latency(ms),"${text.slice(0, 60_000)}"\nm,1,8,5,\n`;
    expect((await measured(CSV_READER, table))[0].metrics).toEqual({ 'latency.mean': 5e6 });
  });
});

// Quadratic work on one of these takes a second, on all of them longer than the test may.
describe('many long lines take no time', () => {
  const lines = [`FTL${' '.repeat(16_000)}x`, 'FTL('.repeat(4_000), `Namespace(${'a'.repeat(16_000)}`];

  test.each(lines.map((line) => [line.slice(0, 12), line]))('%s…', async (_, line) => {
    const text = `${BLOCK}Req/s: 2\n${`${line}\n`.repeat(200)}`;
    expect((await measured(TEXT_READER, text))[0].metrics).toMatchObject({ req_s: 2 });
  });

  test('names of models', async () => {
    const name = `${'a'.repeat(30_000)}${'/'.repeat(30_000)}x`;
    const key = JSON.stringify(name);
    const results = `{"completed":3,"request_throughput":1.5,"model_id":${key}}\n`.repeat(20);
    expect(await measured(JSON_READER, results)).toHaveLength(20);
  });
});
