import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { parseConfig } from '../../src/cli/compare-config.ts';
import { textOf } from '../support/source-files.ts';

const validate = new Ajv({ strict: false }).compile(JSON.parse(textOf('docs/schemas/config-1.schema.json')));

test('YAML and JSON say the same', () => {
  const config = {
    rules: ['decode.p50>3%', 'op.total>5%&>10us'],
    accept: [{ rule: 'op.total', reason: 'fused' }],
    allow: ['chip'],
    floors: { ratio: 0.02, ns: 500 },
    reports: ['md=pr.md', 'github'],
    steps: { marker: '^step', tokens: 128, detect: false, wholeRun: true },
    lang: 'zh',
  };
  expect(validate(config)).toBe(true);
  const expected = { ...config, rules: 'decode.p50>3%, op.total>5%&>10us' };
  expect(parseConfig(JSON.stringify(config), 'traceconv.config.json')).toEqual(expected);
  expect(parseConfig(stringify(config), 'traceconv.config.yaml')).toEqual(expected);
});

test('rules may be one text, and everything may be left out', () => {
  expect(parseConfig('rules: decode.p50>3%', 'c.yaml').rules).toBe('decode.p50>3%');
  for (const text of ['', '{}', '# nothing'])
    expect(parseConfig(text, 'c.yaml')).toMatchObject({ rules: undefined, accept: [] });
});

test('the example of docs/ci.md is one', () => {
  const [, example = ''] = /```yaml\n(rules:[\s\S]*?)```/.exec(textOf('docs/ci.md')) ?? [];
  expect(validate(parse(example)), JSON.stringify(validate.errors)).toBe(true);
  expect(parseConfig(example, 'c.yaml').accept).toHaveLength(1);
});

describe('what the schema refuses the reader refuses, too, with the place', () => {
  test.each([
    [{ rule: ['decode.p50>3%'] }, 'rule'],
    [{ rules: [7] }, 'rules[0]'],
    [{ accept: [{ rule: 'op.total' }] }, 'accept[0].reason'],
    [{ accept: [{ rule: 'op.total', reason: ' ' }] }, 'accept[0].reason'],
    [{ accept: [{ rule: 'op.total', reason: 'x', until: 'y' }] }, 'accept[0].until'],
    [{ allow: ['weather'] }, 'allow[0]'],
    [{ floors: { ns: -1 } }, 'floors.ns'],
    [{ floors: { percent: 1 } }, 'floors.percent'],
    [{ floors: { ratio: -0.1 } }, 'floors.ratio'],
    [{ steps: { tokens: 0 } }, 'steps.tokens'],
    [{ steps: { detect: 'no' } }, 'steps.detect'],
    [{ lang: 'de' }, 'lang'],
  ])('%j', (config, field) => {
    expect(validate(config)).toBe(false);
    expect(() => parseConfig(JSON.stringify(config), 'c.json')).toThrow(
      expect.objectContaining({ code: 'bad_config', at: { path: 'c.json', field } }),
    );
  });
});

test('broken YAML is located', () => {
  expect(() => parseConfig('rules:\n  - "x', 'c.yaml')).toThrow(
    expect.objectContaining({ code: 'bad_config', at: expect.objectContaining({ path: 'c.yaml', line: 2 }) }),
  );
});

test('an anchor may stand for what is the same', () => {
  expect(parseConfig('rules: &all [step.p50>3%]\nreports: []\nallow: []', 'c.yaml').rules).toBe('step.p50>3%');
});

test.each([
  ['a name that stands twice', 'rules: step.p50>3%\nrules: op.total>5%'],
  ['two documents', 'rules: step.p50>3%\n---\nrules: op.total>5%'],
  ['an alias of nothing', 'rules: [*nothing]'],
  [
    'aliases that grow without end',
    [
      'rules: &a [x, x, x, x, x]',
      'b: &b [*a, *a, *a, *a, *a]',
      'c: &c [*b, *b, *b, *b, *b]',
      'd: [*c, *c, *c, *c, *c]',
    ].join('\n'),
  ],
  ['a list', '- rules'],
])('%s is refused', (_, text) => {
  expect(() => parseConfig(text, 'c.yaml')).toThrow(expect.objectContaining({ code: 'bad_config' }));
});
