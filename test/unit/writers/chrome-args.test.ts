import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteBuffer } from '../../../src/bytes/byte-buffer.ts';
import { ArgsText } from '../../../src/writers/chrome/args-text.ts';
import { writeChromeJson } from '../../../src/writers/chrome/write.ts';
import { of, oneTrack, textOf } from './chrome-reading.ts';
import { written } from './run-of.ts';

describe('args', () => {
  const argsLine = async (args: string | Uint8Array, strict: boolean): Promise<string> => {
    const text = await textOf(oneTrack({ slices: [{ name: 'op', startNs: 0, durNs: 0, args, strict }] }));
    return /"name":"op",?("args":)?(.*)\}\n\]\}/.exec(text)?.[2] ?? '';
  };
  const rewritten = (text: string | Uint8Array): { text: string; repaired: boolean; depthLimited: boolean } => {
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    const buffer = new ByteBuffer();
    const args = new ArgsText(buffer);
    args.write(bytes, 0, bytes.length);
    const { repaired, depthLimited } = args;
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(buffer.view()), repaired, depthLimited };
  };

  test('strict ones are copied byte by byte', async () => {
    expect(await argsLine('{"a" : 1.50, "b":"\\u0041"}', true)).toBe('{"a" : 1.50, "b":"\\u0041"}');
  });

  test('a slice without args has none', async () => {
    expect(await argsLine('', true)).toBe('');
  });

  test.each([
    ['{"id":18446744073709551615}', '{"id":"18446744073709551615"}'],
    ['{"id":-9223372036854775809}', '{"id":"-9223372036854775809"}'],
    ['{"a":[NaN,-Infinity,01,.5,1e999]}', '{"a":["NaN","-Infinity","01",".5","1e999"]}'],
    ['{"a":"x\ty"}', '{"a":"x\\ty"}'],
    ['{"\\ud800":"a\\q"}', '{"\ufffd":"a\\\\q"}'],
    ['{"a":1,}', '{"args":"{\\"a\\":1,}"}'],
  ])('%s is repaired to %s', (text, expected) => {
    expect(rewritten(text)).toEqual({ text: expected, repaired: true, depthLimited: false });
  });

  test.each([
    '{"id":9223372036854775807,"n":-9223372036854775808,"x":1.25e-7,"long":3.14159265358979323846}',
    '{"名":"中\\u4e2d\\ud83d\\ude00\\/","n":null,"t":true,"f":false,"o":{},"l":[[],{"a":[1]}]}',
  ])('%s needs no repair', (text) => {
    expect(rewritten(text)).toEqual({ text, repaired: false, depthLimited: false });
  });

  test('invalid UTF-8 is repaired', () => {
    const bytes = Uint8Array.of(...new TextEncoder().encode('{"a":"'), 0xff, ...new TextEncoder().encode('"}'));
    expect(rewritten(bytes)).toEqual({ text: '{"a":"\ufffd"}', repaired: true, depthLimited: false });
  });

  test('what is no object becomes one', () => {
    expect(rewritten('[1,2]').text).toBe('{"args":[1,2]}');
  });

  test('any bytes give one strict JSON object', () => {
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
      '\\u',
      'd800',
      ' ',
      'ÿ',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 20 }), fc.uint8Array({ maxLength: 4 }), (fragments, junk) => {
        const text = new TextEncoder().encode(fragments.join(''));
        const { text: json } = rewritten(Uint8Array.of(...text, ...junk));
        expect(typeof JSON.parse(json)).toBe('object');
        expect(json).not.toMatch(/\n/);
      }),
    );
  });

  test('nesting a million deep is cut off as text, without overflowing the stack', async () => {
    const depth = 1_000_000;
    const args = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    const { bytes, diagnostics } = await written(
      writeChromeJson,
      oneTrack({ slices: [{ name: 'op', startNs: 0, durNs: 0, args, strict: false }] }),
    );
    let value: unknown = of(JSON.parse(new TextDecoder().decode(bytes)).traceEvents, 'X')[0].args;
    let levels = 0;
    for (; typeof value === 'object' && value !== null; levels++) value = Object.values(value)[0];
    expect(levels).toBe(100);
    expect(value).toBe(args.slice('{"a":'.length * 100, -100));
    expect(diagnostics.countOf('depth_limited')).toBe(1);
  });
});
