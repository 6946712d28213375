import { describe, expect, test } from 'vitest';
import { FastRowScanner } from '../../../src/bytes/index.ts';
import { FastArgs } from '../../../src/readers/ascend/op-csv/fast-args.ts';

const BASE_MICROS = 1000;
const ARGS_BASE = 500;

/** name, start, duration, type, stream, size */
function scannerOfTable(): FastRowScanner {
  const scanner = FastRowScanner.create(2)!;
  scanner.startTable({
    cellCount: 6,
    name: 0,
    start: 1,
    duration: 2,
    trackCells: [-1, 4],
    typedCells: [
      { cell: 3, column: 0, kind: 'text' },
      { cell: 5, column: 1, kind: 'number' },
    ],
    categoryColumn: 0,
  });
  return scanner;
}

/** How many rows are taken, and what stands on the tape. */
function scanned(text: string): { taken: number; rest: string; tape: ReturnType<FastRowScanner['tape']> } {
  const scanner = scannerOfTable();
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(bytes.length + 64);
  padded.set(bytes);
  const end = scanner.scan(padded, 0, bytes.length, ARGS_BASE, BASE_MICROS);
  return { taken: scanner.takenCount, rest: new TextDecoder().decode(bytes.subarray(end)), tape: scanner.tape() };
}

const USUAL = 'op,1001.5,2,AI_CORE,7,16\n';

test('this machine runs the twins, or nothing is said where they are compared with their elders', () => {
  expect(FastRowScanner.create(2)).toBeDefined();
  expect(FastArgs.shared()).toBeDefined();
});

test('rows become slices with times from the base, typed cells, and themselves as args', () => {
  const { tape } = scanned(`${USUAL}op, 1002.125\t,0.0005,"""a,b""",N/A,0.25 \r\n`);
  const { slices, typed, newStrings, newTracks } = tape;
  expect([...slices.startNs]).toEqual([1500, 2125]);
  expect([...slices.durNs]).toEqual([2000, 1]);
  expect([...slices.name]).toEqual([0, 0]);
  expect([...slices.category]).toEqual([1, 2]);
  expect([...slices.argsFrom]).toEqual([ARGS_BASE, ARGS_BASE + USUAL.length]);
  expect([...slices.argsBytes]).toEqual([24, 40]);
  expect(typed.map(({ values }) => [...values])).toEqual([
    [1, 2],
    [16, 0.25],
  ]);
  expect(new TextDecoder().decode(newStrings.bytes)).toBe('opAI_COREa,b');
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  expect(newTracks.map((track) => track.kind === 'cells' && [track.category, ...track.cells.map(text)])).toEqual([
    [1, '', '7'],
    [2, '', ''],
  ]);
});

describe('a row is taken', () => {
  test.each([
    ['with cells in quotes', '"op","1001","2","AI_CORE","7",N/A\n'],
    ['with a comma in quotes', '"a,b",1001,2,AI_CORE,7,16\n'],
    ['with a quote in the middle of a text', 'a"b,1001,2,AI_CORE,7,16\n'],
    ['with shapes in quotes within quotes', 'op,1001,2,"""1,2;3""",7,16\n'],
    ['with nothing in a cell', 'op,1001,2,,,\n'],
    ['with CRLF', 'op,1001,2,AI_CORE,7,16\r\n'],
    ['with bytes beyond ASCII', 'é,1001,2,中,7,16\n'],
    ['with a long duration', 'op,1001,999999999999.999,AI_CORE,7,16\n'],
  ])('%s', (_, row) => {
    expect(scanned(`${USUAL}${row}${USUAL}`)).toMatchObject({ taken: 3, rest: '' });
  });
});

describe('a row and what follows is left', () => {
  test.each([
    ['with too few cells', 'op,1001,2,AI_CORE,7\n'],
    ['with too many', 'op,1001,2,AI_CORE,7,16,\n'],
    ['without a line end', 'op,1001,2,AI_CORE,7,16'],
    ['of nothing', '\n'],
    ['with a line end in quotes', '"o\np",1001,2,AI_CORE,7,16\n'],
    ['with a quote that closes nothing', '"o"p,1001,2,AI_CORE,7,16\n'],
    ['with a quote that is not closed', 'op,1001,2,AI_CORE,7,"16\n'],
    ['with quotes within a text', '"o""p",1001,2,AI_CORE,7,16\n'],
    ['with a time that is no decimal', 'op,1e3,2,AI_CORE,7,16\n'],
    ['with a time finer than a nanosecond', 'op,1001.0001,2,AI_CORE,7,16\n'],
    ['with a time of another clock', 'op,9000000001001,2,AI_CORE,7,16\n'],
    ['with a negative duration', 'op,1001,-2,AI_CORE,7,16\n'],
    ['with no duration', 'op,1001,N/A,AI_CORE,7,16\n'],
    ['with a number of too many digits', 'op,1001,2,AI_CORE,7,1234567890123456\n'],
    ['with a number that is none', 'op,1001,2,AI_CORE,7,x\n'],
  ])('%s', (_, row) => {
    expect(scanned(`${USUAL}${row}${USUAL}`)).toMatchObject({ taken: 1, rest: `${row}${USUAL}` });
  });

  test('with bytes that are no UTF-8', () => {
    const bytes = Uint8Array.from(new TextEncoder().encode(USUAL.padEnd(128, '\0')));
    bytes[0] = 0xff;
    expect(scannerOfTable().scan(bytes, 0, USUAL.length, 0, BASE_MICROS)).toBe(0);
  });
});
