import { describe, expect, test } from 'vitest';
import { analyseRun, type RunAnalysis } from '../../../src/analysis/index.ts';
import { Diagnostics } from '../../../src/base/index.ts';
import { LANGUAGES } from '../../../src/locale/index.ts';
import { buildReport, type ReportDocument, renderReport } from '../../../src/report/index.ts';
import { unstyled } from '../../../src/report/text/style.ts';
import { analysedRun, opsInRow } from '../../support/analysed-run.ts';
import { bucketsOf, type Measured, measuredRun, measuredTables, metric, samplesOf } from '../../support/metric-runs.ts';

const MS = 1e6;
const facts = { tool: { name: 'traceconv', version: 'test' }, inputs: [], diagnostics: new Diagnostics() };

const reportOn = (analysis: RunAnalysis): Promise<ReportDocument> => buildReport(analysis, facts);
const measured = (...files: readonly Measured[]): Promise<ReportDocument> =>
  reportOn(analyseRun(measuredRun(...files)));
const text = (document: ReportDocument, format: 'text' | 'md' | 'html' | 'csv' = 'text'): string =>
  unstyled(renderReport(document, format, { language: 'en', section: 'metrics', width: 100 }));

describe('a report on results without a trace', () => {
  const labels = { model: 'Qwen', batch: '4' };
  const files = {
    metrics: [
      metric('ttft.p99', 10_000 * MS, labels, { low: 10_000 * MS, high: Number.POSITIVE_INFINITY }),
      metric('ttft.mean', 105 * MS, labels),
      metric('output_tok_s', 1234.5, labels),
      metric('First token latency', 3, labels),
      metric('req_s', Number.NaN, labels),
    ],
    samples: samplesOf('itl', [10 * MS, 12 * MS, 14 * MS], labels),
    buckets: bucketsOf(
      'e2el',
      [
        [1000 * MS, 3],
        [Number.POSITIVE_INFINITY, 1],
      ],
      labels,
    ),
  };

  test('says each number in its unit, labels once, and what a trace would add', async () => {
    const said = text(await measured(files));
    expect(said).toContain('All measurements: model=Qwen, batch=4');
    expect(said).toMatch(/TTFT +105\.00 ms +.*≥ 10\.00 s/);
    expect(said).toContain('1,234.50 tok/s');
    expect(said).toContain('First token latency');
    expect(said).toContain('1 value is NaN or infinite, and left out.');
    expect(said).toContain('No trace was read, only what was measured.');
  });

  test.each(LANGUAGES)('has charts of values and of buckets on its page (%s)', async (language) => {
    const page = renderReport(await measured(files), 'html', { language, section: 'metrics' });
    expect(page.match(/class="line category-0" d="M[\d.,]+[^"]*[LH]/g)?.length).toBeGreaterThanOrEqual(1);
    expect(page).not.toMatch(/="[^"]*(NaN|Infinity|undefined)/);
  });

  test('has round numbers with the largest unit on the axes of its charts', async () => {
    const spread = bucketsOf('e2el', [
      [1000 * MS, 3],
      [400_000 * MS, 1],
    ]);
    const page = renderReport(await measured({ buckets: spread }), 'html', { language: 'en', section: 'metrics' });
    expect(page).toMatch(/>1 s</);
    expect(page).not.toMatch(/[\d,]{5,}\.00 ms</);
  });

  test('is one row a number for machines', async () => {
    const [head, ...rows] = text(await measured(files), 'csv')
      .trim()
      .split('\n');
    expect(head).toBe('labels,metric,value,low,high,error,unit,repeats,count');
    expect(rows).toContain('"model=Qwen,batch=4",ttft.p99,10000000000,10000000000,,0,ns,1,');
    expect(rows.find((row) => row.includes('itl.p50'))).toMatch(/,itl\.p50,12000000,,,[\d.]+,ns,1,3$/);
  });

  test('puts many groups below one another, and says their mean where they are repeated', async () => {
    const groups = ['1', '2', '4', '8', '16'].map((batch) => metric('ttft.mean', 100 * MS, { batch }));
    const said = text(await measured({ metrics: groups }, { metrics: groups }));
    expect(said.match(/^ +batch=\d+ +100\.00 ms$/gm)).toHaveLength(5);
    expect(said).toContain('Mean of 2 repeats');
  });

  test('says where repeats differ too much to be ones', async () => {
    const once = (value: number): Measured => ({ metrics: [metric('ttft.mean', value * MS)] });
    expect(text(await measured(once(100), once(110)))).not.toContain('more than a fifth');
    expect(text(await measured(once(100), once(200)))).toContain('more than a fifth');
    const tails = [100, 900].map((value) => ({ metrics: [metric('ttft.p99', value * MS)] }));
    expect(text(await measured(...tails))).not.toContain('more than a fifth');
  });

  test('says the unit once, in seconds where milliseconds say nothing, and keeps names of groups apart', async () => {
    const model = 'Qwen2.5-14B-Instruct';
    const groups = ['200', '1000', '4000', '8000'].flatMap((prompts) => {
      const labels = { model, num_prompts: prompts };
      return [
        metric('ttft.mean', 130_065 * MS, labels),
        metric('ttft.p99', 2482 * MS, labels, { low: 1000 * MS, high: 2500 * MS }),
        metric('tpot.mean', 386.94 * MS, labels),
        metric('output_tok_s', 100, labels),
      ];
    });
    const others = [metric('latency.mean', 6 * MS), metric('ttft.mean', 11 * MS)];
    const repeated = groups.map((each) => ({ ...each, value: each.value * 1.5 }));
    const once = text(await measured({ metrics: [...groups.slice(0, 4), ...others] }));
    expect(once).toMatch(/TTFT +130\.07 s +2,482\.00 ms \(1,000 … 2,500\)/);
    const said = text(await measured({ metrics: [...groups, ...others] }, { metrics: repeated }));
    expect(said).toMatch(/162\.58 s ± 32\.52 /);
    for (const prompts of ['200', '1000', '4000', '8000'])
      expect(said).toMatch(new RegExp(`^ +model=.*prompts=${prompts} `, 'm'));
  });

  test('is what its names are, however hostile', async () => {
    const hostile = '<b>\u001b[31m`|';
    const document = await measured({ metrics: [metric(hostile, 1, { [hostile]: hostile })] });
    for (const format of ['text', 'md', 'html'] as const) {
      expect(text(document, format)).not.toContain(format === 'md' ? '\u001b' : '<b>\u001b');
    }
  });
});

describe('a report on a trace and results of the same run', () => {
  const steps = [0, 1, 2, 3].map((step) => ({
    ...({ startNs: step * 10 * MS, endNs: (step + 1) * 10 * MS, phase: 'decode' } as const),
  }));
  const ops = opsInRow(4, { durNs: 8 * MS, gapNs: 2 * MS });

  test('sets TPOT beside the mean decode step, and the rest is their difference', async () => {
    const tables = measuredTables({ metrics: [metric('tpot.mean', 12.5 * MS), metric('ttft.mean', 90 * MS)] });
    const document = await reportOn(await analysedRun([{ rank: 0, tasks: ops }], { steps, tables }));
    expect(document.latencies).toMatchObject([
      { family: 'tpot', phase: 'decode', measuredNs: 12.5 * MS, stepNs: 10 * MS, restNs: 2.5 * MS, computeNs: 8 * MS },
    ]);
    const said = text(document);
    expect(said).toMatch(/TPOT · decode +12\.5 ms +10\.0 ms +2\.50 ms/);
    expect(said).toContain('The rest is a computed difference');
    expect(said).toContain('Most of the mean decode step is MatMul');
  });

  test('says nothing of it where the trace has no such steps', async () => {
    const tables = measuredTables({ metrics: [metric('ttft.mean', 90 * MS)] });
    const document = await reportOn(await analysedRun([{ rank: 0, tasks: ops }], { steps, tables }));
    expect(document.latencies).toEqual([]);
    expect(document.metrics).toHaveLength(1);
  });
});
