import { describe, expect, test } from 'vitest';
import { DEFAULT_METRIC_RULES, DEFAULT_RULES, KNOWN_METRICS, parseRules } from '../../src/analysis/compare/index.ts';
import { METRIC_FAMILIES } from '../../src/timeline/index.ts';
import { textOf } from '../support/source-files.ts';

describe('rules', () => {
  test('are a metric and the change that it may not exceed', () => {
    expect(parseRules('decode.p50>3%&>20us, output_tok_s<-3%')).toEqual([
      {
        expr: 'decode.p50>3%&>20us',
        metric: 'decode.p50',
        selector: undefined,
        conditions: [
          { direction: '>', of: 'ratio', limit: 0.03 },
          { direction: '>', of: 'ns', limit: 20_000 },
        ],
      },
      {
        expr: 'output_tok_s<-3%',
        metric: 'output_tok_s',
        selector: undefined,
        conditions: [{ direction: '<', of: 'ratio', limit: -0.03 }],
      },
    ]);
  });

  test.each([
    ['op.total>10%', '*'],
    ['op.total[MatMulV2]>10%', 'MatMulV2'],
    ['op.total[MatMul*]>10%', 'MatMul*'],
    ['op.total["a, b]"]>10%', 'a, b]'],
    ['op.total["say \\"a\\""] > 10 %', 'say "a"'],
  ])('%s is about the ops %s', (text, selector) => {
    expect(parseRules(text).map((rule) => rule.selector)).toEqual([selector]);
  });

  test.each([
    ['decode.p50>1ns', 'ns', 1],
    ['decode.p50>1.5us', 'ns', 1500],
    ['decode.p50>1µs', 'ns', 1000],
    ['decode.p50>2ms', 'ns', 2e6],
    ['decode.p50>1s', 'ns', 1e9],
    ['memory.reserved>1GB', 'bytes', 1e9],
    ['decode.op-count>0count', 'count', 0],
    ['decode.op-count>2', 'count', 2],
    ['decode.p50>0.7%', 'ratio', 0.007],
  ])('%s counts in %s: %d', (text, of, limit) => {
    expect(parseRules(text)[0].conditions).toEqual([{ direction: '>', of, limit }]);
  });

  test.each([
    ['', 'no rule'],
    ['decode.p50', 'does not begin with a metric'],
    ['decode.p50>3 apples', 'unknown unit "apples"'],
    ['decode.p50>3% decode.p95>3%', 'expected & or a comma'],
    ['decode.p50>', 'is no condition'],
    ['decode.p50[x]>3%', 'takes no [...]'],
    ['decode.p50>20', 'limits of decode.p50 are in ns, us, µs, ms, s or %'],
    ['op.total>1MB', 'limits of op.total are in ns'],
    ['memory.reserved>1ms', 'limits of memory.reserved are in B, kB, MB, GB or %'],
    ['op.count[Cast]>1us', 'limits of op.count are in count or %'],
  ])('"%s" is refused: %s', (text, why) => {
    expect(() => parseRules(text)).toThrow(
      expect.objectContaining({ code: 'bad_rule', message: expect.stringContaining(why) }),
    );
  });

  test.each([
    ['ttft.p99>5%', 'ttft.p99', undefined],
    ['ttft.p99[*]>5%', 'ttft.p99', undefined],
    ['ttft.p99.90>5%', 'ttft.p99.9', undefined],
    ['tpot.p99.9[batch=4, model=Qwen*] > 5 ms', 'tpot.p99.9', { batch: '4', model: 'Qwen*' }],
    ['req_s["model=a]b"]<-3', 'req_s', { model: 'a]b' }],
    ['metric["First token latency"]>5%', 'First token latency', undefined],
    ['metric["a"][x=1]>1GB', 'a', { x: '1' }],
  ])('%s is about what was measured', (text, metric, labels) => {
    expect(parseRules(text)).toMatchObject([{ metric, selector: undefined, labels }]);
  });

  test.each([
    ['ttft.p99[batch]>5%', '"batch" is no label'],
    ['ttft.p99>5', 'limits of ttft.p99 are in ns'],
    ['req_s>5ms', 'limits of req_s are in count or %'],
    ['metric>5%', 'metric needs a name'],
    ['op.total[a][b=1]>5%', 'takes one [...]'],
  ])('"%s" is refused: %s', (text, why) => {
    expect(() => parseRules(text)).toThrow(
      expect.objectContaining({ code: 'bad_rule', message: expect.stringContaining(why) }),
    );
  });

  test('default ones of what is measured are rules, too', () => {
    expect(parseRules(DEFAULT_METRIC_RULES).map(({ metric }) => metric)).toContain('ttft.p99');
    expect(textOf('docs/ci.md')).toContain(DEFAULT_METRIC_RULES);
    for (const family of Object.keys(METRIC_FAMILIES)) expect(textOf('docs/ci.md')).toContain(`\`${family}\``);
  });

  test('an unknown metric is refused, with those it may have meant', () => {
    expect(() => parseRules('decode.p5O>3%')).toThrow(
      expect.objectContaining({ code: 'unknown_metric', hint: expect.stringContaining('decode.p50') }),
    );
  });

  test('the default ones are rules', () => {
    expect(parseRules(DEFAULT_RULES).map(({ metric }) => metric)).toEqual([
      'step.p50',
      'step.exposed-comm',
      'step.idle',
      'op.total',
      'op.unmatched',
    ]);
    expect(textOf('docs/ci.md')).toContain(DEFAULT_RULES);
  });

  test('docs/ci.md lists every metric', () => {
    const text = textOf('docs/ci.md');
    const names = KNOWN_METRICS.map((metric) => metric.replace(/^(step|prefill|decode|other)\./, ''));
    expect([...new Set(names)].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
