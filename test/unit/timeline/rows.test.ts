import { describe, expect, test } from 'vitest';
import { Rows } from '../../../src/timeline/rows.ts';
import { BLOCK_ROWS } from '../../../src/timeline/typed-column.ts';
import { TypedArgs } from '../../../src/timeline/typed-args.ts';

const SCHEMA = { track: 'i32', timeNs: 'f64' } as const;
/** More than a new table has room for. */
const MANY = 10_000;

describe('rows', () => {
  test('claimed at once follow those that are there', () => {
    const rows = new Rows(SCHEMA);
    const first = rows.next();
    rows.columns.timeNs[first] = 7;
    expect(rows.claim(MANY)).toBe(1);
    rows.columns.timeNs.fill(8, 1, 1 + MANY);
    const last = rows.next();
    rows.columns.timeNs[last] = 9;
    expect(rows.length).toBe(MANY + 2);
    expect(rows.at('timeNs', first)).toBe(7);
    expect(rows.at('timeNs', MANY)).toBe(8);
    expect(rows.at('timeNs', last)).toBe(9);
  });

  test('that room was made for stay where they are written', () => {
    const rows = new Rows(SCHEMA);
    rows.reserve(MANY);
    expect(rows.length).toBe(0);
    const { timeNs } = rows.columns;
    for (let i = 0; i < MANY; i++) rows.next();
    expect(rows.columns.timeNs).toBe(timeNs);
  });
});

describe('typed args', () => {
  test('of a range have one value, whatever blocks it lies in', () => {
    const typed = new TypedArgs([{ key: 'Task Type', column: 'taskType', kind: 'text' }]);
    const [from, to] = [BLOCK_ROWS - 2, 3 * BLOCK_ROWS + 1];
    typed.fill(0, from, to, 5);
    const column = typed.columns(Uint32Array.of(from - 1, from, 2 * BLOCK_ROWS, to - 1, to)).get('taskType');
    expect([0, 1, 2, 3, 4].map((slice) => column?.at(slice))).toEqual([-1, 5, 5, 5, -1]);
  });
});
