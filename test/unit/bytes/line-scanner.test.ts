import { expect, test } from 'vitest';
import { LineScanner } from '../../../src/bytes/index.ts';

function linesOf(text: string, chunkBytes: number): { lines: [number, string][]; tooLong: number[]; isOpen: boolean } {
  const bytes = new TextEncoder().encode(text);
  const lines: [number, string][] = [];
  const tooLong: number[] = [];
  const scanner = new LineScanner({
    line: (b, from, to, offset) => lines.push([offset, new TextDecoder().decode(b.subarray(from, to))]),
    lineTooLong: (offset) => tooLong.push(offset),
  });
  for (let at = 0; at < bytes.length; at += chunkBytes) scanner.feed(bytes.slice(at, at + chunkBytes));
  return { isOpen: scanner.end(), lines, tooLong };
}

test.each([1, 2, 3, 5, 100])('lines with either end and their offsets, in chunks of %i bytes', (chunkBytes) => {
  expect(linesOf('a\r\nbc\n\nd: é\nlast', chunkBytes)).toEqual({
    lines: [
      [0, 'a'],
      [3, 'bc'],
      [6, ''],
      [7, 'd: é'],
      [13, 'last'],
    ],
    tooLong: [],
    isOpen: true,
  });
  expect(linesOf('a\nb\n', chunkBytes).isOpen).toBe(false);
});

test('a line of megabytes is passed over, in linear time and little memory', () => {
  const { lines, tooLong } = linesOf(`first\n${'x'.repeat(3 << 20)}\nlast\n`, 1000);
  expect(lines).toEqual([
    [0, 'first'],
    [6 + (3 << 20) + 1, 'last'],
  ]);
  expect(tooLong).toEqual([6]);
});
