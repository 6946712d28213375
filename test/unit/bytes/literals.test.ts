import { describe, expect, test } from 'vitest';
import { type Literal, literalOf, LiteralScanner } from '../../../src/bytes/index.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const valueOf = (text: string): Literal | undefined => literalOf(bytesOf(text));

describe('a literal', () => {
  test.each([
    ['a list of Python', "[1, 'a', None, True, nan, -2.5e3]", [1, 'a', null, true, null, -2500]],
    ['a list with commas before brackets', '[1,["x",],]', [1, ['x']]],
    ['a tuple', '(1, 2)', [1, 2]],
    ['a number of numpy', '[np.float64(0.5), 1]', [0.5, 1]],
    ['the other kind of quotes inside', `["it's", '<b "x">']`, ["it's", '<b "x">']],
    ['quotes that nobody escaped', '["a "b" c", 1]', ['a "b" c', 1]],
    ['a comma behind such a quote', '["tensor "a", FP16", 1]', ['tensor "a", FP16', 1]],
    ['escapes', String.raw`'a\'b\n\x41\u00e9\\'`, "a'b\nA\u00e9\\"],
    ['nothing', '[]', []],
  ])('%s', (_, text, value) => {
    expect(valueOf(text)).toEqual(value);
  });

  test('of names and values', () => {
    expect(valueOf("{'Chip Arch': 'sg2260', 'Core Num': 8, }")).toEqual(
      new Map<string, Literal>([
        ['Chip Arch', 'sg2260'],
        ['Core Num', 8],
      ]),
    );
  });

  test.each(['[1', '"a', '{"a" 1}', 'alert(1)', '', '[1 2]', '['.repeat(100_000), '[process.exit()]'])(
    '%.20s is none',
    (text) => {
      expect(valueOf(text)).toBeUndefined();
    },
  );
});

interface Scanned {
  readonly values: [string, Literal][];
  readonly elements: [string, Literal, string][];
  readonly malformed: number[];
  readonly isOpen: boolean;
}

function scan(text: string, chunkBytes = 1 << 20): Scanned {
  const bytes = bytesOf(text);
  const values: [string, Literal][] = [];
  const elements: [string, Literal, string][] = [];
  const malformed: number[] = [];
  const scanner = new LiteralScanner({
    value: (name, value) => values.push([name, value]),
    element: (name, value, offset, size) => {
      elements.push([name, value, new TextDecoder().decode(bytes.subarray(offset, offset + size))]);
    },
    malformed: (offset) => malformed.push(offset),
  });
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.feed(bytes.slice(at, at + chunkBytes));
  return { isOpen: scanner.end(), values, elements, malformed };
}

const SCRIPT = `let page_caption="Profile: x"
let n = 68.264
let categories = ['TPU_BD', 'TPU_GDMA',]
window.time_data0 = [[0, 1.5, 'a=[b', None],
[1, 2.5, "c: d"],
]
let last = {'a': [1, 2]}
`;

describe('a script', () => {
  const whole = scan(SCRIPT);

  test('gives values by name and lists by element, with their places', () => {
    expect(whole.values).toEqual([
      ['page_caption', 'Profile: x'],
      ['n', 68.264],
      ['last', new Map([['a', [1, 2]]])],
    ]);
    expect(whole.elements).toEqual([
      ['categories', 'TPU_BD', "'TPU_BD'"],
      ['categories', 'TPU_GDMA', "'TPU_GDMA'"],
      ['window.time_data0', [0, 1.5, 'a=[b', null], "[0, 1.5, 'a=[b', None]"],
      ['window.time_data0', [1, 2.5, 'c: d'], '[1, 2.5, "c: d"]'],
    ]);
    expect([whole.malformed, whole.isOpen]).toEqual([[], false]);
  });

  test.each([1, 2, 7, 64])('gives the same in chunks of %i bytes', (chunkBytes) => {
    expect(scan(SCRIPT, chunkBytes)).toEqual(whole);
  });

  test('loses a damaged row and nothing else', () => {
    const { elements, malformed } = scan("let a = [[1, 2],\n[3, oops],\n[4, 'open],\n[5]]\nlet b = [6]");
    expect(elements.map(([name, value]) => [name, value])).toEqual([
      ['a', [1, 2]],
      ['a', [5]],
      ['b', 6],
    ]);
    expect(malformed).toHaveLength(2);
  });

  test('whose list is never closed goes on with the next statement, and says so', () => {
    const { elements, malformed } = scan('let a = [1,\n2,\nlet b = [3]');
    expect(elements.map(([name, value]) => [name, value])).toEqual([
      ['a', 1],
      ['a', 2],
      ['b', 3],
    ]);
    expect(malformed).toHaveLength(1);
    expect(scan('let a = [1,').isOpen).toBe(true);
  });

  test('of JSON is read as well', () => {
    const { values, elements } = scan('{"schema_version": 1, "arch": "x", "events": [{"a": 1}, {"a": 2}]}');
    expect(values).toEqual([
      ['schema_version', 1],
      ['arch', 'x'],
    ]);
    expect(elements.map(([name]) => name)).toEqual(['events', 'events']);
  });

  test.each([
    ['one endless text', `let a = ["${'x'.repeat(3e6)}`],
    ['one endless line of brackets', `let a = ${'['.repeat(3e6)}`],
    ['quotes without end', `let a = [${'"a" b '.repeat(5e5)}`],
    ['statements without values', 'let a\n'.repeat(5e5)],
    ['a name without end', 'x'.repeat(3e6)],
  ])('takes linear time for %s', (_, text) => {
    const started = performance.now();
    scan(text, 4096);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
