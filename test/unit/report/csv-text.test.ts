import { expect, test } from 'vitest';
import { csvCell, csvText } from '../../../src/report/csv/csv-text.ts';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\n=x', '＝1+1', '＋1', '－1', '＠SUM(A1)'])(
  'a spreadsheet does not run %j',
  (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/);
  },
);

test('figures are not texts: a negative one stays a number', () => {
  expect(csvCell(-5)).toBe('-5');
  expect(csvCell(null)).toBe('');
});

test('what would end a cell is quoted', () => {
  expect(csvCell('a,b')).toBe('"a,b"');
  expect(csvCell('say "x"')).toBe('"say ""x"""');
  expect(csvCell('two\nlines')).toBe('"two\nlines"');
  expect(csvCell('=a,b')).toBe(`"'=a,b"`);
});

test('a table has times in ns under names that say so, ids of our words, and no bars', () => {
  const columns = [
    { id: 'op', kind: 'name' },
    { id: 'total', kind: 'duration' },
    { id: 'bar', kind: 'bar' },
    { id: 'cause', kind: 'text' },
  ] as const;
  const rows = [['MatMul', 1_234_567, 0.5, { id: 'event-wait', word: '等待 Event' }]];
  expect(csvText({ columns, rows })).toBe('op,totalNs,cause\nMatMul,1234567,event-wait\n');
});
