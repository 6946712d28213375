import { describe, expect, test } from 'vitest';
import {
  type JsonNumber,
  JsonSyntaxError,
  type JsonValue,
  parseJson,
  parseJsonPrefix,
  plainValue,
} from '../../../src/bytes/index.ts';

const parse = (text: string): JsonValue => parseJson(new TextEncoder().encode(text));
const failure = (text: string): JsonSyntaxError => {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error;
    throw error;
  }
  throw new Error(`${text} was accepted`);
};

describe('the general JSON parser', () => {
  test.each([
    'null',
    ' true ',
    'false',
    '"a"',
    '-0.5e+3',
    '[]',
    '{}',
    '[1,[2,{"a":[]}],"x"]',
    '{"a":{"b":null,"c":[true,false]},"d":""}',
    '"\\u0041\\n\\/\\\\\\"\\ud83d\\ude42 中文"',
  ])('means the same as JSON.parse for %s', (text) => {
    expect(plainValue(parse(text))).toEqual(JSON.parse(text));
  });

  test('keeps the digits of numbers, and gives integers beyond a double as bigint', () => {
    const value = parse('[18446744073709551615,1.50,-9223372036854775808]');
    expect((value as JsonNumber[]).map(({ text }) => text)).toEqual([
      '18446744073709551615',
      '1.50',
      '-9223372036854775808',
    ]);
    expect(plainValue(value)).toEqual([18446744073709551615n, 1.5, -9223372036854775808n]);
  });

  test('takes the last value of a key that is written twice', () => {
    expect(plainValue(parse('{"a":1,"a":2}'))).toEqual({ a: 2 });
  });

  test('treats __proto__ as any other key', () => {
    expect(Object.keys(plainValue(parse('{"__proto__":1}')) as object)).toEqual(['__proto__']);
  });

  test('lets control characters in strings pass, as exporters write them', () => {
    expect(parse('"a\tb\nc"')).toBe('a\tb\nc');
  });

  test.each([
    ['', 0, 'a value'],
    ['[1,]', 3, 'a value'],
    ['[1 2]', 3, '"," or "]"'],
    ['{"a" 1}', 5, '":"'],
    ['{a:1}', 1, 'a key in double quotes'],
    ['{"a":1,}', 7, 'a key in double quotes'],
    ['{"a":1', 6, '"," or "}"'],
    ['[1]x', 3, 'the end of the value'],
    ['"abc', 4, 'the end of a string'],
    ['"abc\\', 5, 'the end of a string'],
    ['[nul]', 1, 'a value'],
    ['[NaN]', 1, 'a value'],
    ['[01]', 1, 'a value'],
    ['[1.]', 1, 'a value'],
    ['[+1]', 1, 'a value'],
  ])('refuses %j at byte %i, expecting %s', (text, offset, expected) => {
    expect(failure(text)).toMatchObject({ offset, expected });
  });

  test.each(['"\\q"', '"\\u12"', '"\\u12g4"', '"\\x41"'])('refuses the escape in %s', (text) => {
    expect(failure(text).expected).toBe('a valid escape in a string');
  });

  test('reads a part of a buffer, with offsets into the buffer', () => {
    const bytes = new TextEncoder().encode('xx[1,?]yy');
    expect(() => parseJson(bytes, 2, 7)).toThrow(expect.objectContaining({ offset: 5 }));
    expect(plainValue(parseJson(new TextEncoder().encode('xx[1]yy'), 2, 5))).toEqual([1]);
  });

  test.each([
    ['arrays', '['.repeat(1_000_000) + ']'.repeat(1_000_000)],
    ['objects', `${'{"a":'.repeat(1_000_000)}null${'}'.repeat(1_000_000)}`],
  ])('follows %s nested a million deep', (_, text) => {
    let depth = 0;
    for (let value: JsonValue | undefined = parse(text); value !== undefined && value !== null; depth++) {
      if (Array.isArray(value)) value = value[0];
      else if (value instanceof Map) value = value.get('a');
    }
    expect(depth).toBe(1_000_000);
  });

  test('refuses brackets that are opened a million times and never closed', () => {
    expect(failure('['.repeat(1_000_000))).toMatchObject({ offset: 1_000_000, expected: 'a value' });
  });
});

describe('the beginning of a value that breaks off', () => {
  const prefix = (text: string): unknown => {
    const { value, error, isComplete } = parseJsonPrefix(new TextEncoder().encode(text));
    return [value === undefined ? undefined : plainValue(value), error?.offset, isComplete];
  };

  test.each([
    ['{"a":[1,2]}', { a: [1, 2] }, undefined, true],
    ['{"a":[1,2] x', { a: [1, 2] }, 11, false],
    ['{"a":{"b":[1,"c', { a: { b: [1] } }, 15, false],
    ['{"a":1,"b', { a: 1 }, 9, false],
    ['{"a":1,"b":', { a: 1 }, 11, false],
    // 12 may be the beginning of 123.
    ['[1,12', [1], 5, false],
    ['[true,false', [true, false], 11, false],
    ['[1] [2]', [1], 4, true],
    ['nul', undefined, 0, false],
    ['', undefined, 0, false],
  ])('%s', (text, value, offset, isComplete) => {
    expect(prefix(text)).toEqual([value, offset, isComplete]);
  });
});
