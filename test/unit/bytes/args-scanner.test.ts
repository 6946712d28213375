import { describe, expect, test } from 'vitest';
import { decimalValue, type TypedKey } from '../../../src/bytes/index.ts';
import { type PlainEvent, scanText } from '../../support/scanned-events.ts';

const typedKeys: TypedKey[] = [
  { key: 'connection_id', kind: 'number' },
  { key: 'Task Type', kind: 'text' },
  { key: 'size(B)', kind: 'number' },
  { key: '', kind: 'text' },
];

function eventOf(args: string): PlainEvent {
  const text = `[{"args":${args},"ph":"X"}]`;
  const [whole] = scanText(text, { typedKeys }).events;
  expect(scanText(text, { typedKeys, chunkBytes: 1 }).events).toEqual([whole]);
  return whole;
}

describe('typed keys', () => {
  test.each([
    ['{"connection_id":42}', { connection_id: 42 }],
    ['{"connection_id":"42"}', { connection_id: 42 }],
    ['{"size(B)" : -1.5e3 , "Task Type" : "AI_CORE" }', { 'size(B)': -1500, 'Task Type': 'AI_CORE' }],
    ['{"a":{"connection_id":1},"connection_id":2}', { connection_id: 2 }],
    ['{"Task Type":"中文"}', { 'Task Type': '中文' }],
    ['{"":"empty key"}', { '': 'empty key' }],
  ])('%s fills its columns', (args, expected) => {
    expect(eventOf(args).typed).toEqual(expected);
  });

  test.each([
    '{"connection_id":"N/A"}',
    '{"connection_id":null}',
    '{"connection_id":[1]}',
    '{"connection_id":""}',
    '{"Task Type":7}',
    '{"Task Type":null}',
    '{"Task Type":{"a":1}}',
    '{"connection_ID":1}',
    '{"connection_i":1,"connection_idx":2}',
    '{}',
  ])('%s fills none, and is no error', (args) => {
    expect(eventOf(args)).toMatchObject({ typed: {}, args });
  });

  test('do not remain from the event before', () => {
    const { events } = scanText('[{"args":{"connection_id":1}},{"args":{"other":2}},{"ph":"X"}]', { typedKeys });
    expect(events.map(({ typed }) => typed)).toEqual([{ connection_id: 1 }, {}, {}]);
  });

  test('are found whatever the keys of the event before were', () => {
    const args = [
      '{"a":1,"connection_id":1}',
      '{"connection_id":2,"a":2}',
      '{"a":3}',
      '{"a":4,"connection_id":4,"b":4}',
    ];
    const text = `[${args.map((each) => `{"args":${each}}`).join()}]`;
    for (const chunkBytes of [1, 10, 40, 1000]) {
      const { events } = scanText(text, { typedKeys, chunkBytes });
      expect(events.map(({ typed }) => typed.connection_id)).toEqual([1, 2, undefined, 4]);
    }
  });

  test('a table of more keys than the scanner has bits is refused', () => {
    const many = Array.from({ length: 32 }, (_, i): TypedKey => ({ key: `k${i}`, kind: 'number' }));
    expect(() => scanText('[]', { typedKeys: many })).toThrow('at most 31');
  });
});

describe('args that a JSON writer may copy as they stand', () => {
  test.each([
    '{}',
    '{ }',
    '{"a":1}',
    '{"a":-0.5,"b":true,"c":false,"d":null,"e":"text \\"quoted\\" \\\\ \\n"}',
    '{"a":123456789012345}',
  ])('%s', (args) => {
    expect(eventOf(args).argsStrict).toBe(true);
    expect(() => JSON.parse(args)).not.toThrow();
  });

  test.each([
    ['integers over 15 digits', '{"a":1234567890123456}'],
    ['NaN', '{"a":NaN}'],
    ['Infinity', '{"a":-Infinity}'],
    ['a leading zero', '{"a":01}'],
    ['a bare point', '{"a":1.}'],
    ['an unfinished exponent', '{"a":1e}'],
    ['words that only begin like literals', '{"a":nullable}'],
    ['words that only begin like literals', '{"a":trueish}'],
    ['words that only begin like literals', '{"a":falsely}'],
    ['raw control characters', '{"a":"x\ty"}'],
    ['raw control characters in keys', '{"a\tb":1}'],
    ['unknown escapes', '{"a":"\\q"}'],
  ])('not those with %s', (_, args) => {
    expect(eventOf(args).argsStrict).toBe(false);
  });

  test('whatever is called strict is strict', () => {
    const values = [
      '1',
      '"a"',
      'tru',
      'true1',
      'nul',
      'null"',
      '1.5.5',
      '-',
      '--1',
      '+1',
      '1e5',
      '1E+',
      '"\\u12"',
      '[]',
      '[01]',
    ];
    for (const value of values) {
      const args = `{"a":${value}}`;
      const [event] = scanText(`[{"args":${args}}]`).events;
      if (event?.argsStrict) expect(() => JSON.parse(args), args).not.toThrow();
    }
  });
});

describe('a number in args', () => {
  const value = (text: string): number => decimalValue(new TextEncoder().encode(text), 0, text.length);

  test.each([
    '0',
    '-0',
    '1',
    '-12.5',
    '0.1',
    '123456789012345',
    '1e3',
    '-1.5E-7',
    '0.000000000000001',
    '1234567890.12345',
  ])('%s is the double nearest to it', (text) => {
    expect(Object.is(value(text), Number(text))).toBe(true);
  });

  test.each(['18446744073709551615', '0.30000000000000004', '12.770127573574461', '9007199254740993', '1e400'])(
    '%s is what JSON.parse makes of it',
    (text) => {
      expect(value(text)).toBe(JSON.parse(text));
    },
  );

  test.each(['', '-', '.', 'abc', '1a', '1.2.3', '0x10', 'NaN', 'Infinity', '1 ', '--1', 'e5'])(
    '%j is none',
    (text) => {
      expect(value(text)).toBeNaN();
    },
  );
});
