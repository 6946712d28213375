// Tables of results and what benchmarks print: which columns and lines are read, and what odd ones give.
import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/base/index.ts';
import { metricsOf } from '../../../src/timeline/index.ts';
import { measurementsIn, type PlainMeasurement } from '../../support/measurements.ts';
import { diagnosticCounts, readText } from '../../support/reading.ts';

const [CSV_READER, TEXT_READER] = ['vllm-result-csv', 'vllm-result-text'];
const BLOCK = '============ Serving Benchmark Result ============\n';

async function measured(reader: string, text: string): Promise<PlainMeasurement[]> {
  return measurementsIn((await readText(reader, text)).timeline.tables);
}

describe('tables', () => {
  test('columns without a unit are figures where every cell is a number, else labels', async () => {
    const [first, second] = await measured(
      CSV_READER,
      'model,batch,prefill_token_lens,decode_token_lens,card,speed,first token (s),use (%)\nm,1,8,16,S4000,7,0.5,50\nm,2,8,16,S80,,N/A,75\n',
    );
    expect(first).toEqual({
      labels: { model: 'm', batch: '1', prefill: '8', decode: '16', card: 'S4000' },
      metrics: { speed: 7, 'first token': 0.5e9, use: 0.5 },
    });
    expect(second.metrics).toEqual({ use: 0.75 });
  });

  test('by batch and lengths mean by TTFT, FTL, TPOT and TPS what everything else does', async () => {
    const [{ metrics }] = await measured(CSV_READER, 'model,batch,prefill,TTFT(ms),TPOT(ms),TPS\nm,1,8,30,4,250\n');
    expect(metrics).toEqual({ 'ttft.mean': 30e6, 'tpot.mean': 4e6, output_tok_s: 250 });
    const [ftl] = await measured(CSV_READER, 'model,batch,prefill,FTL(s)\nm,1,8,0.5\n');
    expect(ftl.metrics).toEqual({ 'ttft.mean': 0.5e9 });
  });

  test('say their units without brackets, too', async () => {
    const names = [
      'decode tok/s',
      'decode_tok_s',
      'decode tps',
      'Decode Throughput',
      'first token latency ms',
      'reqs/s',
    ];
    const { timeline } = await readText(
      CSV_READER,
      `model,batch,prefill,${names.join(',')}\nm,1,8,${names.map((_, i) => i + 1).join(',')}\n`,
    );
    const read = timeline.tables.flatMap(metricsOf).map(({ id, value, unit, better }) => [id, value, unit, better]);
    expect(read).toEqual([
      ['decode tok/s', 1, '1/s', 'higher'],
      ['decode_tok_s', 2, '1/s', 'higher'],
      ['decode tps', 3, '1/s', 'higher'],
      ['Decode Throughput', 4, '1/s', 'higher'],
      ['first token latency ms', 5e6, 'ns', 'lower'],
      ['reqs/s', 6, '1/s', 'higher'],
    ]);
  });

  test('may have commas between thousands where a number has to be', async () => {
    const [run] = await measured(
      CSV_READER,
      'model,batch,prefill,Input token throughput (tok/s),shape,latency(ms)\nm,1,8,"7,397.15","128,256","1,234,567"\n',
    );
    expect(run.metrics).toEqual({ input_tok_s: 7397.15, 'latency.mean': 1_234_567e6 });
    expect(run.labels).toMatchObject({ shape: '128,256' });
    const { diagnostics } = await readText(CSV_READER, 'model,batch,prefill,latency(ms)\nm,1,8,"1,23"\nm,1,8,2\n');
    expect(diagnosticCounts(diagnostics)).toEqual({ cell_not_numeric: 1 });
  });

  test('cells and rows that do not fit are told', async () => {
    const { timeline, diagnostics } = await readText(
      CSV_READER,
      'model,batch,prefill,latency(ms)\nm,1,8,fast\nm,2\nm,4,8,1,9\n\nmodel,batch,prefill,latency(ms)\nm,"8',
    );
    expect(measurementsIn(timeline.tables)).toEqual([
      { labels: { model: 'm', batch: '4', prefill: '8' }, metrics: { 'latency.mean': 1e6 } },
    ]);
    expect(diagnosticCounts(diagnostics)).toEqual({
      ...{ cell_not_numeric: 1, row_incomplete: 2, row_too_long: 1, header_repeated: 1, quote_not_closed: 1 },
    });
  });
});

describe('printed results', () => {
  test.each([
    ['FTL: 5 s\nTPS: 1\nFTL: 500 ms, TPS: 20.5 token/s', { 'ttft.mean': 5e8, output_tok_s: 20.5 }],
    ['FTL(ms) = 9\nTPS = 1\nnoise\nFTL(ms) = 3\nTPS = 4', { 'ttft.mean': 3e6, output_tok_s: 4 }],
    ['FTL: 5 s\nFTL: 3 s\nTPS: 1\nTPS: 4', { 'ttft.mean': 3e9, output_tok_s: 4 }],
    ["{'FTL': 5, 'TPS': 1}\n{'FTL': 3, 'TPS': 4}", { 'ttft.mean': 3e9, output_tok_s: 4 }],
    ['[0] latency (FTL): 9ms\n[0] TPS: 1\n[0] latency (FTL): 3ms\n[0] TPS: 4', { 'ttft.mean': 3e6, output_tok_s: 4 }],
  ])('of two FTL and TPS the first only warms up: %s', async (text, metrics) => {
    expect(await measured(TEXT_READER, text)).toEqual([{ labels: {}, metrics }]);
  });

  test('a warm-up alone is no result', async () => {
    await expect(readText(TEXT_READER, 'FTL: 5 s\nTPS: 1\n')).rejects.toThrow(/printed result of a benchmark/);
  });

  test('each title begins a result; one without an end is told', async () => {
    const { timeline, diagnostics } = await readText(
      TEXT_READER,
      `${BLOCK}Request throughput (req/s): 1,234.5\n${BLOCK}Req/s: 2\n[rank0] 10:00:00 Mean E2E Latency (ms): 3 \nWidth: 7\n`,
    );
    expect(measurementsIn(timeline.tables).map(({ metrics }) => metrics)).toEqual([
      { req_s: 1234.5 },
      { 'e2el.mean': 3e6, Width: 7, req_s: 2 },
    ]);
    expect(diagnosticCounts(diagnostics)).toEqual({ event_incomplete: 2 });
  });

  test('lines that speak of other things are none', async () => {
    await expect(readText(TEXT_READER, 'duration: 5\nlatency: 3 ms\nInput tokens: 4\n')).rejects.toThrow(InputError);
  });
});
