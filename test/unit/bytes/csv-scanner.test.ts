import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRows } from '../../support/csv-rows.ts';
import { noticeWhenAbsent, readSample, samplesLike } from '../../support/samples.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const cellsOf = (text: string, chunkBytes?: number): (readonly string[])[] =>
  csvRows(bytesOf(text), chunkBytes).rows.map(({ cells }) => cells);

describe('rows of cells', () => {
  test.each([
    ['a line without an end', 'a,b', [['a', 'b']]],
    [
      'LF and CRLF in one file',
      'a,b\nc,d\r\ne,f',
      [
        ['a', 'b'],
        ['c', 'd'],
        ['e', 'f'],
      ],
    ],
    ['a byte order mark', '\ufeffa,b\n', [['a', 'b']]],
    ['empty cells, also at the end', ',a,,\n', [['', 'a', '', '']]],
    ['empty lines, which are no rows', 'a\n\n\r\nb\n\n', [['a'], ['b']]],
    ['padding by tabs and spaces', '1736412474730135.222\t, x ,\t\n', [['1736412474730135.222', 'x', '']]],
    ['padding inside quotes', '"1736412474730135.222\t",b', [['1736412474730135.222', 'b']]],
    ['commas and line ends in quotes', '"a,b","c\r\nd"\n', [['a,b', 'c\r\nd']]],
    ['doubled quotes', '"""32,3,224,224""","a""b"', [['"32,3,224,224"', 'a"b']]],
    ['a quote in the middle of a cell', 'a"b,c"\n', [['a"b', 'c"']]],
    ['padding around quotes', ' "a,b"\t,c', [['a,b', 'c']]],
    ['a carriage return alone, which is text', 'a\rb,c\n', [['a\rb', 'c']]],
    ['a zero byte, which is text', 'a\0b,\0\n', [['a\0b', '\0']]],
    [
      'names in any language',
      '算子,é\n"中,文",x',
      [
        ['算子', 'é'],
        ['中,文', 'x'],
      ],
    ],
    ['more cells than anyone expects', Array(300).fill('x').join(), [Array<string>(300).fill('x')]],
    ['nothing', '', []],
  ])('%s', (_, text, expected) => {
    expect(cellsOf(text)).toEqual(expected);
    for (const chunkBytes of [1, 2, 3, 7]) expect(cellsOf(text, chunkBytes)).toEqual(expected);
  });
});

test('rows know their line and place, whatever stands in quotes before them', () => {
  const { rows } = csvRows(bytesOf('a,b\n"1\n2\r\n3",x\n\nlast,1\n'));
  expect(rows.map(({ line, offset }) => [line, offset])).toEqual([
    [1, 0],
    [2, 4],
    [6, 16],
  ]);
});

describe('a quote that is never closed', () => {
  test.each([
    [
      'at the end of the file',
      'a,b\n"c,d\ne,f\n',
      [
        ['a', 'b'],
        ['"c', 'd'],
        ['e', 'f'],
      ],
      { line: 2, offset: 4 },
    ],
    [
      'with text behind it',
      'a,"b" c,d\ne,f\n',
      [
        ['a', '"b" c', 'd'],
        ['e', 'f'],
      ],
      { line: 1, offset: 2 },
    ],
  ])('%s is text, and told', (_, text, expected, place) => {
    for (const chunkBytes of [1, 5, 1000]) {
      const { rows, openQuotes } = csvRows(bytesOf(text), chunkBytes);
      expect(rows.map(({ cells }) => cells)).toEqual(expected);
      expect(openQuotes[0]).toEqual(place);
    }
  });

  test('is told once, however often its row is begun', () => {
    for (const chunkBytes of [1, 5, 1000]) {
      const { openQuotes } = csvRows(bytesOf('a,b,c\n"x,"y"z,w\n'), chunkBytes);
      expect(openQuotes).toEqual([
        { line: 2, offset: 6 },
        { line: 2, offset: 9 },
      ]);
    }
  });

  test('does not swallow what comes a megabyte later', () => {
    const text = `a,b\n"c,d\n${'e,f\n'.repeat(400_000)}`;
    expect(csvRows(bytesOf(text), 1 << 16).rows.length).toBe(400_002);
  });
});

describe('what any writer of RFC 4180 writes', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '7', '"', ',', '\n', '\r', 'é', '中', '.', '-'), maxLength: 8 });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 20 });

  test('comes back cell by cell, in chunks of any size', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 40 }), (planted, lineEnd, chunk) => {
        const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
        const text = planted.map((cells) => cells.map(quoted).join(',') + lineEnd).join('');
        expect(cellsOf(text, chunk)).toEqual(planted);
      }),
      { numRuns: 500, seed: 4180 },
    );
  });
});

noticeWhenAbsent('CSV files of real captures');

describe('every CSV of the samples is what csv-parse makes of it', () => {
  test.each(samplesLike(/\.csv$/))('%s', (path) => {
    const bytes = readSample(path);
    const expected = parse(bytes, { bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
    const trimmed = (cells: readonly string[]): string[] => cells.map((cell) => cell.replace(/^[ \t]+|[ \t]+$/g, ''));
    for (const chunkBytes of [4096, 1 << 20]) {
      const { rows, openQuotes } = csvRows(bytes, chunkBytes);
      expect(openQuotes).toEqual([]);
      expect(rows.map(({ cells }) => cells)).toEqual(expected.map(trimmed));
    }
  });
});
