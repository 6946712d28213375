// Pages one after the other, in one file or several, and what is none.
import { describe, expect, it } from 'vitest';
import { vllmMetrics } from '../../../src/readers/prometheus/vllm-metrics.ts';
import { folderWith, open } from '../../support/opening.ts';
import { metricIn, metricsIn, readPage, readPages } from '../../support/page-metrics.ts';
import { diagnosticCounts, diagnosticLines } from '../../support/reading.ts';

const TOKENS = 'vllm:generation_tokens_total{model_name="m"}';
const T0 = 1_785_918_000_000;

/** Values of each counter in the timeline. */
async function seriesOf(page: string): Promise<(string | number)[][]> {
  const { counters, tracks } = (await readPage(page)).timeline;
  return tracks.map(({ name, series }, track) => [
    [name, series].join(' ').trim(),
    ...[...counters.value].filter((_, row) => counters.track[row] === track),
  ]);
}

describe('several scrapes', () => {
  it('of one file without times are told by their types, and what came between counts', async () => {
    const page = (n: number): string =>
      `# TYPE vllm:a counter\n# TYPE vllm:generation_tokens_total counter\n${TOKENS} ${n}\n`;
    expect(metricIn(await readPage(page(3) + page(5) + page(10)), 'tokens.output').value).toBe(7);
  });

  it.each(['1.8e+308', 'NaN', '-5'])('with a counter of %s: it has no number', async (value) => {
    const result = await readPage(`${TOKENS} ${value}\nvllm:num_preemptions_total 1\n`);
    expect(metricsIn(result).map(({ id }) => id)).toEqual(['preemptions']);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ figure_not_finite: 1 });
  });

  it('count a sample once that stands twice in one of them', async () => {
    const result = await readPage(`${TOKENS} 5\n${TOKENS} 6\n`);
    expect(metricIn(result, 'tokens.output').value).toBe(5);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ sample_repeated: 1 });
  });

  it('one behind the other, of two servers, are one', async () => {
    const page = (engine: number, n: number): string =>
      `# TYPE vllm:generation_tokens_total counter\n${TOKENS.replace('{', `{engine="${engine}",`)} ${n}\n`;
    const result = await readPage(page(0, 3) + page(1, 5));
    expect(metricsIn(result).map(({ labels, value }) => [labels.engine, value])).toEqual([
      ['0', 3],
      ['1', 5],
    ]);
  });

  it('of which one has a time far from the others: it is left out, and told', async () => {
    const result = await readPage(
      `${TOKENS} 1 5\n${TOKENS} 10 ${T0}\n${TOKENS} 30 ${T0 + 2000}\n${TOKENS} 20 ${T0 + 1000}\n`,
    );
    expect(metricIn(result, 'output_tok_s').value).toBe(10);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ time_far_away: 1 });
  });

  it('in two files are a pair by their names, whatever was counted', async () => {
    const result = await readPages({ 'run-after.prom': `${TOKENS} 4\n`, 'run-before.prom': `${TOKENS} 10\n` });
    expect(metricIn(result, 'tokens.output').value).toBe(4);
    expect(diagnosticLines(result.diagnostics)).toEqual([
      'warning counter_reset: 1',
      '  run-after.prom: "scrape 2: vllm:generation_tokens_total"',
      'info pages_subtracted: 1',
      '  run-after.prom: "run-before.prom to run-after.prom"',
    ]);
  });

  it('in two files of other names are a pair where counters only rise', async () => {
    const result = await readPages({ 'b.prom': `${TOKENS} 4\n`, 'a.prom': `${TOKENS} 10\n` });
    expect(metricIn(result, 'tokens.output').value).toBe(6);
  });

  it('of one server process follow one another; other servers stand for themselves', async () => {
    const page = (start: number, n: number): string => `process_start_time_seconds ${start}\n${TOKENS} ${n}\n`;
    const result = await readPages({
      '1.prom': page(1, 10),
      '2.prom': page(1, 25),
      '3.prom': page(2, 7),
      '4.prom': page(1, 30),
    });
    const tokens = metricsIn(result).filter(({ id }) => id === 'tokens.output');
    expect(tokens.map(({ value }) => value).sort()).toEqual([20, 7]);
  });

  it('with a counter that appears later: it began at 0', async () => {
    const result = await readPage(
      `${TOKENS} 5 ${T0}\n${TOKENS} 6 ${T0 + 1000}\nvllm:num_preemptions_total 3 ${T0 + 1000}\n`,
    );
    expect(metricIn(result, 'preemptions').value).toBe(3);
  });

  it('of which the first has no number: what it had counted before is not known', async () => {
    const result = await readPage(`${TOKENS} NaN ${T0}\n${TOKENS} 100 ${T0 + 1000}\n${TOKENS} 130 ${T0 + 2000}\n`);
    expect(metricIn(result, 'tokens.output').value).toBe(30);
    expect(diagnosticLines(result.diagnostics)).toEqual([
      'info figure_not_finite: 1',
      '  metrics.prom, field vllm:generation_tokens_total: "a counter of NaN"',
    ]);
  });

  it('of requests by how they ended give one rate, and one for each reason', async () => {
    const page = (s: number, stop: number, length: number, abort: number): string =>
      Object.entries({ stop, length, abort })
        .map(
          ([why, n]) => `vllm:request_success_total{model_name="m",finished_reason="${why}"} ${n} ${T0 + s * 1000}\n`,
        )
        .join('');
    expect(await seriesOf(page(0, 0, 0, 0) + page(1, 3, 1, 1) + page(3, 7, 3, 1))).toEqual([
      ['req_s', 4, 3],
      ['req_s finished_reason=length', 1, 1],
      ['req_s finished_reason=stop', 3, 2],
      ['vllm:request_success_total finished_reason=abort', 1, 0],
    ]);
  });

  it('in which a part of a rate is missing: it holds on until it is there again', async () => {
    const ended = (why: string, n: number, s: number): string =>
      `vllm:request_success_total{model_name="m",finished_reason="${why}"} ${n} ${T0 + s * 1000}\n`;
    const first = ended('stop', 0, 0) + ended('length', 0, 0);
    expect(await seriesOf(first + ended('stop', 3, 1) + ended('stop', 5, 3) + ended('length', 6, 3))).toEqual([
      ['req_s', 5, 3],
      ['req_s finished_reason=length', 2],
      ['req_s finished_reason=stop', 3, 1],
    ]);
  });

  it('where one counter fell: all of that server count anew, with the time', async () => {
    const page = (tokens: number, preemptions: number, s: number): string =>
      `${TOKENS} ${tokens} ${T0 + s * 1000}\nvllm:num_preemptions_total{model_name="m"} ${preemptions} ${T0 + s * 1000}\n`;
    const result = await readPage(page(100, 1, 0) + page(110, 2, 1) + page(20, 5, 2) + page(25, 5, 3));
    expect(metricIn(result, 'tokens.output').value).toBe(10 + 20 + 5);
    expect(metricIn(result, 'preemptions').value).toBe(1 + 5);
    expect(diagnosticLines(result.diagnostics)[1]).toContain('2026-08-05T08:20:02.000Z');
  });

  it('that a recorder missed are said', async () => {
    const result = await readPage(
      `${TOKENS} 5 ${T0}\n# no scrape from a to b, asked 3 times: why\n${TOKENS} 6 ${T0 + 9000}\n`,
    );
    expect(diagnosticLines(result.diagnostics)[1]).toContain('"from a to b, asked 3 times: why"');
  });
});

describe('what is no page', () => {
  it.each([
    ['<!DOCTYPE html><html><title>502</title></html>', 'a page for a browser (HTML)'],
    ['python_info 1\n', 'metrics of other programs only, such as python_info'],
    ['', 'an empty file'],
  ])('%s', async (text, found) => {
    await expect(readPage(text)).rejects.toMatchObject({ name: 'InputError', found });
  });

  it('leaves what lies beside it to be read', async () => {
    const result = await readPages({ 'a.prom': '<html></html>', 'b.prom': `${TOKENS} 1\n` });
    expect(diagnosticCounts(result.diagnostics)).toEqual({ file_unreadable: 1 });
    expect(metricIn(result, 'tokens.output').value).toBe(1);
  });

  it('is told by what is in it', () => {
    const confidence = (text: string, path = 'x.txt'): number =>
      vllmMetrics.sniff(path, new TextEncoder().encode(text)).confidence;
    expect(confidence('# TYPE vllm:x counter\n')).toBe(3);
    expect(confidence('python_info 1\r\nvllm_x{a="b"} 1\r\n')).toBe(3);
    expect(confidence('{"traceEvents":[]}\nvllm:x 1\n')).toBe(0);
    expect(confidence('my vllm:x 1\n')).toBe(0);
    expect(confidence('{"vllm:x",a="b"} 1\n')).toBe(3);
    expect(confidence('# TYPE "vllm:x" counter\n')).toBe(3);
    expect(confidence('{"vllm:x":{"a":1}}\n')).toBe(0);
    expect(confidence('<html>', 'a.prom')).toBe(1);
  });
});

describe('what a reader should know', () => {
  it('is that a gauge has no number', async () => {
    const result = await readPage(`vllm:num_requests_running{model_name="m"} NaN\n${TOKENS} 12\n`);
    expect(metricsIn(result).map(({ id }) => id)).toEqual(['tokens.output']);
    expect(diagnosticCounts(result.diagnostics)).toEqual({ figure_not_finite: 1 });
    expect(diagnosticLines(result.diagnostics).join()).toContain('vllm:num_requests_running');
  });

  it('is that one page was taken from another', async () => {
    const result = await readPages({ 'm-before.prom': `${TOKENS} 2\n`, 'm-after.prom': `${TOKENS} 9\n` });
    expect(diagnosticCounts(result.diagnostics)).toEqual({ pages_subtracted: 1 });
    expect(diagnosticLines(result.diagnostics).join()).toContain('m-before.prom to m-after.prom');
  });
});

describe('a folder', () => {
  it('with a pair is one run, and its tables travel with it', async () => {
    const folder = folderWith({ 'm-post.prom': `${TOKENS} 9\n`, 'm-pre.prom': `${TOKENS} 2\n`, 'note.txt': 'hello' });
    const { run } = await open(folder);
    expect(run.shards.flatMap(({ timeline }) => metricsIn({ timeline })).map(({ value }) => value)).toEqual([7]);
  });
});
