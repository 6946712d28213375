// Results of benchmarks in folders: alone, beside traces, and what is no result.
import { describe, expect, test } from 'vitest';
import { join } from 'node:path';
import type { Diagnostics } from '../../src/base/index.ts';
import { describeMetrics, metricsOfRun } from '../../src/cli/metrics-text.ts';
import { visible } from '../../src/report/text/style.ts';
import { diagnosticLines } from '../support/reading.ts';
import { EARLY, failureOf, folderWith, open, roles, sliceCount } from '../support/opening.ts';

const serve = (model: string, rate: number): string =>
  JSON.stringify({ model_id: model, request_rate: 'inf', completed: 5, request_throughput: rate, mean_ttft_ms: 10 });
const COMBINED = 'model,batch,prefill_tokens,latency(ms)\nm,1,8,5\n';
const LOG = '============ Serving Benchmark Result ============\nSuccessful requests: 5\nReq/s: 2\n';

describe('a folder with nothing but results', () => {
  test('is a run: equal labels are measurements of one thing', async () => {
    const folder = folderWith({ 'a.json': serve('m', 1), 'b.json': serve('m', 2), 'c.json': serve('other', 3) });
    const opened = await open(folder);
    expect(roles(opened, folder)).toEqual({ 'a.json': 'read', 'b.json': 'read', 'c.json': 'read' });
    expect(opened.run.shards.length).toBe(1);
    const lines = describeMetrics(metricsOfRun(opened.run)).map(visible);
    expect(lines.slice(-2).map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ['2', '3', 'requests, req_s, ttft', 'model m, request_rate inf'],
      ['1', '3', 'requests, req_s, ttft', 'model other, request_rate inf'],
    ]);
  });

  test('that counts a hundred things is still a line that can be read', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `vllm:thing_${i}`);
    const page = names.map((name) => `# TYPE ${name} counter\n${name} 1\n`).join('');
    const opened = await open(folderWith({ 'page.prom': page }));
    const metrics = metricsOfRun(opened.run);
    expect(metrics.length).toBeGreaterThanOrEqual(100);
    for (const line of describeMetrics(metrics)) expect(visible(line).length).toBeLessThan(140);
  });

  test('of all kinds, some of them damaged, gives what can be read', async () => {
    const folder = folderWith({
      ...{ 'a.json': serve('m', 1), 'cut.json': serve('m', 2).slice(0, 60), 'combine_ret.csv': COMBINED, 'x.log': LOG },
      ...{ 'page.json': '<!DOCTYPE html>', 'other.json': '{"a": 1}', 'empty.json': '' },
    });
    const opened = await open(folder);
    expect(metricsOfRun(opened.run).map(({ id }) => id)).toEqual([
      ...['requests.completed', 'req_s', 'ttft.mean', 'latency.mean', 'requests.completed', 'req_s'],
    ]);
    expect(Object.values(roles(opened, folder)).filter((role) => role === 'read').length).toBe(3);
  });
});

test.each(['page.prom', 'metrics.txt', 'combine_ret.csv', 'a.json'])(
  '%s as UTF-16 is said to be that',
  async (name) => {
    const bytes = Buffer.from('\ufeff# TYPE vllm:x counter\nvllm:x 1\n', 'utf16le');
    const folder = folderWith({ [name]: bytes, 'b.json': serve('m', 1) });
    expect(await failureOf(join(folder, name))).toMatchObject({ found: expect.stringContaining('UTF-16') as string });
    expect(diagnosticLines((await open(folder)).diagnostics).join()).toContain('save it as UTF-8');
  },
);

test('metrics pages of two folders are repeats, and who saved them before and after a run is told what to do', async () => {
  const page = (tokens: number): string => `vllm:generation_tokens_total{model_name="m"} ${tokens}\n`;
  const folder = folderWith({ 'a/metrics.prom': page(1), 'b/metrics.prom': page(5), 'c/x-before.prom': page(1) });
  const { diagnostics } = await open(folder);
  const told = (found: Diagnostics) => found.list().find(({ kind }) => kind === 'pages_apart')?.count;
  expect(told(diagnostics)).toBe(3);
  const pair = folderWith({ 'a/m-before.prom': page(1), 'a/m-after.prom': page(5), 'b/x.prom': page(5) });
  expect(told((await open(pair)).diagnostics)).toBeUndefined();
});

test('a folder with a trace and results is one run', async () => {
  const folder = folderWith({
    'msprof_20260823165334.json': EARLY,
    'bench/a.json': serve('m', 1),
    'b.json': serve('m', 2),
  });
  const opened = await open(folder);
  expect(sliceCount(opened)).toBe(3);
  expect(metricsOfRun(opened.run).length).toBe(6);
});

test.each([
  ['page.json', '<!DOCTYPE html><html>', /found text \(<!DOCTYPE html><html>\)/],
  ['a.json', '{"error": "no server"}', /found a JSON object with error/],
  ['a.json', '', /found an empty file/],
])('%s with %s is refused by its name', async (name, text, message) => {
  const folder = folderWith({ [name]: text });
  expect((await failureOf(`${folder}/${name}`)).message).toMatch(message);
});
