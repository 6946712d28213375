import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writePerfetto } from '../../../src/writers/perfetto/write.ts';
import { consume, decode, oneTrack } from './perfetto-reading.ts';
import { type SliceSpec, written } from './run-of.ts';

describe('args', () => {
  /** The args of several slices in one file, so that later ones meet what earlier ones left behind. */
  async function argsOf(texts: readonly (string | Uint8Array)[]) {
    const slices = texts.map((args, i): SliceSpec => ({ name: 'op', startNs: i, durNs: 1, args, strict: false }));
    const { bytes, diagnostics } = await written(writePerfetto, oneTrack({ slices }));
    const events = consume(decode(bytes)).filter(({ type }) => type.endsWith('BEGIN'));
    return { args: events.map(({ args }) => args), diagnostics };
  }

  test.each([
    ['{"a":0,"b":-1,"c":4294967295,"d":007}', { a: 'int 0', b: 'int -1', c: 'int 4294967295', d: '007' }],
    ['{"a":9007199254740993,"b":-9223372036854775808}', { a: 'int 9007199254740993', b: 'int -9223372036854775808' }],
    [
      '{"a":18446744073709551615,"b":18446744073709551616}',
      { a: 'uint 18446744073709551615', b: '18446744073709551616' },
    ],
    [
      '{"a":1.5,"b":-0.1,"c":1e3,"d":3.14159265358979323846}',
      { a: 'double 1.5', b: 'double -0.1', c: 'double 1000', d: `double ${Math.PI}` },
    ],
    ['{"a":true,"b":false,"c":null,"d":NaN,"e":1e999}', { a: true, b: false, c: 'null', d: 'NaN', e: '1e999' }],
    ['{"a":"x\\n\\u00e9","\\u4e2d":"中","":"e"}', { a: 'x\né', 中: '中', '(no name)': 'e' }],
    ['{"a":{"b":[1,{"c":"d"},[]],"e":{}},"f":[]}', { a: { b: ['int 1', { c: 'd' }, '[]'], e: '{}' }, f: '[]' }],
    ['{ "a" : 1 , "b" : "x" }', { a: 'int 1', b: 'x' }],
    ['{}', undefined],
    ['[1,2]', { args: ['int 1', 'int 2'] }],
    ['"text"', { args: 'text' }],
    ['{"a":1', { args: '{"a":1' }],
    ['{"a":1}}', { args: '{"a":1}}' }],
    ['{"a":1 2}', { args: '{"a":1 2}' }],
  ])('%s', async (text, expected) => {
    const { args } = await argsOf([text, text, text]);
    expect(args).toEqual([expected, expected, expected]);
  });

  test('what had to be changed is counted', async () => {
    const invalid = Uint8Array.of(...new TextEncoder().encode('{"a":"'), 0xff, ...new TextEncoder().encode('"}'));
    const { args, diagnostics } = await argsOf(['{"a":"\\ud800"}', invalid, '{"a":1}', '{"a":"\\ud83d\\ude00"}']);
    expect(args).toEqual([{ a: '\ufffd' }, { a: '\ufffd' }, { a: 'int 1' }, { a: '😀' }]);
    expect(diagnostics.countOf('args_not_strict')).toBe(2);
  });

  test('any JSON objects, repeated and mixed, come back with types', async () => {
    const key = fc.constantFrom('a', 'b', 'Task Type', 'connection_id', '中', 'x"y');
    const text = fc.oneof(
      fc.constantFrom('AI_CORE', 'AI_CPU', 'x'.repeat(64), 'x'.repeat(65)),
      fc.string({ unit: 'binary' }),
    );
    const number = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
    const leaf = fc.oneof(number, text, fc.boolean(), fc.constant(null));
    const value = fc.oneof(
      { weight: 4, arbitrary: leaf },
      fc.array(leaf, { maxLength: 3 }),
      fc.dictionary(key, leaf, { maxKeys: 3 }),
    );
    const object = fc.dictionary(key, value, { maxKeys: 5 });
    const typed = (json: unknown): unknown => {
      if (json === null) return 'null';
      if (typeof json === 'number')
        return /^-?\d+$/.test(JSON.stringify(json)) ? `int ${BigInt(JSON.stringify(json))}` : `double ${json}`;
      if (Array.isArray(json)) return json.length === 0 ? '[]' : json.map(typed);
      if (typeof json !== 'object') return json;
      const entries = Object.entries(json);
      return entries.length === 0 ? '{}' : Object.fromEntries(entries.map(([name, each]) => [name, typed(each)]));
    };
    const inInt64 = (json: string): boolean => !/\d{17,}/.test(json);
    await fc.assert(
      fc.asyncProperty(
        fc.array(object, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(undefined, 1),
        async (objects, indent) => {
          const texts = objects.map((each) => JSON.stringify(each, null, indent));
          fc.pre(texts.every(inInt64));
          const { args } = await argsOf(texts);
          const expected = objects.map((each) => typed(JSON.parse(JSON.stringify(each))));
          expect(args).toEqual(expected.map((each) => (each === '{}' ? undefined : each)));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('any bytes are kept in some form', async () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '1',
      '-',
      '.',
      'e',
      '\\',
      'u',
      ' ',
      '{"a":',
      'ÿ',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fragment, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 5 }),
        async (rows) => {
          const { args } = await argsOf(rows.map((row) => row.join('')));
          expect(args).toHaveLength(rows.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('more keys than a table of names should hold', async () => {
    const texts = Array.from({ length: 70 }, (_, i) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 1000 }, (_, k) => [`key ${i * 1000 + k}`, k]))),
    );
    const { args } = await argsOf(texts);
    expect(args[69]).toMatchObject({ 'key 69000': 'int 0', 'key 69999': 'int 999' });
  });

  test('nesting a million deep is cut off as text, without overflowing the stack', async () => {
    const depth = 1_000_000;
    const text = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const { args, diagnostics } = await argsOf([text]);
    let value = args[0];
    let levels = 0;
    for (; typeof value === 'object' && value !== null; levels++) value = Object.values(value)[0];
    expect(levels).toBe(95);
    expect(value).toBe(text.slice('{"a":'.length * 95, -95));
    expect(diagnostics.countOf('depth_limited')).toBe(1);
  });
});
