import { describe, expect, test } from 'vitest';
import type { Value } from '../../../src/report/parts/part.ts';
import { columnWidths, lettersOf } from '../../../viewer/widgets/column-widths.ts';
import { nextSort, rowsInOrder, type Sort, type TableData } from '../../../viewer/widgets/table-rows.ts';

const DATA: TableData = {
  columns: [
    { id: 'op', title: 'op', kind: 'name' },
    { id: 'total', title: 'total', kind: 'duration' },
    { id: 'cause', title: 'cause', kind: 'text' },
  ],
  rows: [
    ['MatMul10', 30, { id: 'copy', word: 'copy running' }],
    ['MatMul9', null, null],
    ['add', 5, { id: 'tail', word: 'tail' }],
    ['Cast', 30, { id: 'unknown', word: 'unknown' }],
  ],
};

function order(sort?: Sort, filter = ''): Value[] {
  return rowsInOrder(DATA, { filter, sort, language: 'en' }).map((row) => DATA.rows[row][0]);
}

describe('rows of a table', () => {
  test('stand as they were given until somebody sorts them', () => {
    expect(order()).toEqual(['MatMul10', 'MatMul9', 'add', 'Cast']);
  });

  test('are sorted by figures, what is not known last in both directions', () => {
    expect(order({ column: 1, isDescending: true })).toEqual(['MatMul10', 'Cast', 'add', 'MatMul9']);
    expect(order({ column: 1, isDescending: false })).toEqual(['add', 'MatMul10', 'Cast', 'MatMul9']);
  });

  test('are sorted by names as people read them: without case, numbers by their value', () => {
    expect(order({ column: 0, isDescending: false })).toEqual(['add', 'Cast', 'MatMul9', 'MatMul10']);
  });

  test('are sorted by our own words as they are shown', () => {
    expect(order({ column: 2, isDescending: false })).toEqual(['MatMul10', 'add', 'Cast', 'MatMul9']);
  });

  test('are found by names and words, whatever the case, never by figures', () => {
    expect(order(undefined, 'MATMUL')).toEqual(['MatMul10', 'MatMul9']);
    expect(order(undefined, ' running ')).toEqual(['MatMul10']);
    expect(order(undefined, '30')).toEqual([]);
  });
});

describe('a click on a title', () => {
  const [op, total] = DATA.columns;

  test('sorts names from the first letter and figures from the most', () => {
    expect(nextSort(0, op, undefined)).toEqual({ column: 0, isDescending: false });
    expect(nextSort(1, total, { column: 0, isDescending: false })).toEqual({ column: 1, isDescending: true });
  });

  test('turns the order round the second time', () => {
    expect(nextSort(1, total, { column: 1, isDescending: true })).toEqual({ column: 1, isDescending: false });
  });
});

describe('widths of columns', () => {
  test('are of all rows, so that sorting moves nothing', () => {
    const reversed = { ...DATA, rows: DATA.rows.toReversed() };
    expect(columnWidths(reversed)).toEqual(columnWidths(DATA));
  });

  test('leave long names what is left', () => {
    const long = { ...DATA, rows: [...DATA.rows, ['aclnnAddmm_MatMulCommon_MatMulV2', 1, null]] };
    expect(columnWidths(DATA)[0]).toEqual({ letters: 'MatMul10'.length, isFlexible: false });
    expect(columnWidths(long)[0].isFlexible).toBe(true);
  });

  test('count Chinese letters twice', () => {
    expect(lettersOf('Host 下发慢')).toBe(11);
  });
});
