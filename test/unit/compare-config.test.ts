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
