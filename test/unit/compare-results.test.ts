// Two ways in which single results of benchmarks mislead a gate.
import { describe, expect, test } from 'vitest';
import {
  type Check,
  compareRuns,
  type Comparison,
  parseRules,
  rulesFor,
  type RunSummary,
} from '../../src/analysis/compare/index.ts';
import { COMPARE_TEXTS } from '../../src/locale/compare.ts';
import { renderHtml, renderJson, renderJunit, renderMarkdown, renderText } from '../../src/report/compare/index.ts';
import type { Metric } from '../../src/timeline/index.ts';
import { measuredSummary, metric } from '../support/metric-runs.ts';

const MS = 1e6;
const tool = { name: 'traceconv', version: 'test' };
const QWEN = { model: 'Qwen', batch: '4' };

interface Options {
  readonly rules?: string;
  readonly allowed?: readonly Check[];
}

function compared(base: readonly RunSummary[], head: readonly RunSummary[], options: Options = {}): Comparison {
  const named = (runs: readonly RunSummary[]) => runs.map((summary, i) => ({ name: `run${i}`, summary }));
  const wanted = options.rules === undefined ? undefined : parseRules(options.rules);
  const rules = rulesFor(wanted, base, head, options.allowed ?? []);
  return compareRuns(named(base), named(head), { rules, allowed: options.allowed, tool });
}

const ttft = (ms: number): Metric => metric('ttft.p99', ms * MS, QWEN);

/** As it is written for programs. */
function checkOf(comparison: Comparison, check: Check): unknown {
  const { comparability }: { comparability: { check: Check }[] } = JSON.parse(renderJson(comparison));
  return comparability.find((each) => each.check === check);
}

describe('requests that failed', () => {
  const served = (completed: number, failed: number, ms = 100): RunSummary =>
    measuredSummary({
      metrics: [
        ...[ttft(ms), metric('requests.completed', completed, QWEN), metric('requests.failed', failed, QWEN)],
        // Another group, of which nothing failed.
        ...[metric('requests.completed', 900, { model: 'Qwen' }), metric('requests.failed', 0, { model: 'Qwen' })],
      ],
    });
  const outcomesOf = ({ rules }: Comparison) => rules.map(({ expr, outcome }) => [expr, outcome]);
  const half = (options: Options) => compared([served(100, 0)], [served(40, 60, 50)], options);

  test('of which the base says nothing, and the head that there are none, are no regression; some are', () => {
    const uncounted = measuredSummary({ metrics: [ttft(100)] });
    const against = (failed: number): Comparison =>
      compared([uncounted], [measuredSummary({ metrics: [ttft(100), metric('requests.failed', failed, QWEN)] })]);
    expect(against(0).exitCode).toBe(0);
    expect(against(10).exitCode).toBe(4);
  });

  test('in the head alone fail a gate that asks for speed, and every form says why', () => {
    const comparison = half({ rules: 'ttft.p99>5%' });
    expect(comparison).toMatchObject({ verdict: 'regression', exitCode: 4 });
    expect(outcomesOf(comparison)).toEqual([
      ['ttft.p99>5%', 'pass'],
      ['requests.failed>0', 'fail'],
    ]);
    expect(checkOf(comparison, 'failed-requests')).toMatchObject({
      ...{ severity: 'warning', base: '0 of 100 failed', head: '60 of 100 failed' },
    });
    for (const output of [
      renderText(comparison, COMPARE_TEXTS.en).join('\n'),
      renderMarkdown(comparison, COMPARE_TEXTS.en),
      renderHtml(comparison, COMPARE_TEXTS.en, 'en'),
      renderJunit(comparison, COMPARE_TEXTS.en),
    ]) {
      expect(output).toContain('60 of 100 failed');
      expect(output).toContain('--allow failed-requests');
    }
    expect(renderText(comparison, COMPARE_TEXTS.zh).join('\n')).toContain('100 个请求中 60 个失败');
  });

  test('are no matter where somebody allows the check or judges them by a rule of their own', () => {
    for (const rules of ['ttft.p99>5%', undefined]) {
      const allowed = half({ ...(rules === undefined ? {} : { rules }), allowed: ['failed-requests'] });
      expect(allowed).toMatchObject({ verdict: 'pass', exitCode: 0 });
      expect(checkOf(allowed, 'failed-requests')).toMatchObject({ severity: 'warning' });
    }
    expect(outcomesOf(half({ rules: 'requests.failed>100' }))).toEqual([['requests.failed>100', 'pass']]);
  });

  test('in as large a share on both sides, or on none, are nothing to speak of', () => {
    for (const [completed, failed] of [
      [100, 0],
      [90, 10],
    ]) {
      const same = compared([served(completed, failed)], [served(completed, failed)], { rules: 'ttft.p99>5%' });
      expect(same.exitCode).toBe(0);
      expect(checkOf(same, 'failed-requests')).toMatchObject({ severity: 'same' });
    }
  });

  test('in the base leave nothing to hold the head against, but for a few', () => {
    const broken = (options: Options) => compared([served(40, 60)], [served(100, 0)], options);
    expect(broken({})).toMatchObject({ verdict: 'not-comparable', exitCode: 6 });
    expect(broken({ allowed: ['failed-requests'] }).exitCode).toBe(0);
    const few = compared([served(98, 2)], [served(100, 0)]);
    expect(few.exitCode).toBe(0);
    expect(checkOf(few, 'failed-requests')).toMatchObject({ severity: 'warning' });
  });

  test('that only the head counts are judged by nobody as none', () => {
    const silent = [measuredSummary({ metrics: [ttft(100)] })];
    expect(compared(silent, [served(40, 60)], { rules: 'ttft.p99>5%' }).exitCode).toBe(4);
    expect(compared(silent, [served(100, 0)], { rules: 'ttft.p99>5%' }).exitCode).toBe(0);
  });
});

describe('one measurement a side', () => {
  const one = (ms: number, more: Partial<Metric> = {}) => [
    measuredSummary({ metrics: [metric('ttft.mean', ms * MS, QWEN, more)] }),
  ];
  const bounds = (low: number, high: number): Partial<Metric> => ({ low: low * MS, high: high * MS });

  test('is held against the limit that somebody wrote as it is, which the outputs say', () => {
    const judged = compared(one(100), one(107.7), { rules: 'ttft.mean>5%' });
    expect(judged).toMatchObject({ verdict: 'regression', exitCode: 4, rules: [{ outcome: 'fail', isPlain: true }] });
    const text = renderText(judged, COMPARE_TEXTS.en).join('\n');
    expect(text).toContain('one run a side cannot tell whether this is noise');
    expect(text).toContain('One run a side cannot tell noise from change.');
    expect(compared(one(100), one(104.9), { rules: 'ttft.mean>5%' }).verdict).toBe('pass');
    expect(compared(one(100), one(107.7), { rules: 'ttft.mean>5%&>10ms' }).verdict).toBe('pass');
  });

  test('is no regression by a default rule, or where several runs show the noise', () => {
    const latency = (ms: number) => [measuredSummary({ metrics: [metric('latency.mean', ms * MS, QWEN)] })];
    expect(compared(latency(100), latency(107.7)).rules).toMatchObject([{ outcome: 'noise', isPlain: false }]);
    const several = compared([...one(92), ...one(108)], [...one(99), ...one(117)], { rules: 'ttft.mean>5%' });
    expect(several.rules).toMatchObject([{ outcome: 'noise', isPlain: false }]);
  });

  test('of which only bounds are known is none where these overlap', () => {
    const judge = (base: Partial<Metric>, head: Partial<Metric>) =>
      compared(one(150, base), one(190, head), { rules: 'ttft.mean>5%' });
    const unknown = judge(bounds(100, 200), bounds(100, 200));
    expect(unknown).toMatchObject({ exitCode: 0, rules: [{ outcome: 'noise' }] });
    expect(renderText(unknown, COMPARE_TEXTS.en).join('\n')).toContain('known only between bounds, and these overlap');
    expect(judge({}, bounds(140, 200)).exitCode).toBe(0);
    expect(judge({}, bounds(160, 200)).exitCode).toBe(4);
    expect(judge(bounds(100, 160), { low: 160 * MS, high: Number.POSITIVE_INFINITY }).exitCode).toBe(4);
  });
});
