// Sorted lists merged in runs, against a sort of all rows.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergedOrder, mergeSorted } from '../../src/analysis/sorted-merge.ts';

interface Row {
  readonly startNs: number;
  readonly durNs: number;
}

const row = fc.record({ startNs: fc.nat(12), durNs: fc.nat(3) });
const list = fc.record({ shiftNs: fc.nat(3), rows: fc.array(row, { maxLength: 10 }) });
const earlier = (a: Row, b: Row): number => a.startNs - b.startNs || b.durNs - a.durNs;

test('rows of several lists come by start, the longest first, of equal ones that of the earlier list', () => {
  fc.assert(
    fc.property(fc.array(list, { maxLength: 9 }), (lists) => {
      const sorted = lists.map(({ shiftNs, rows }) => ({ shiftNs, rows: rows.toSorted(earlier) }));
      const merged: [list: number, row: number][] = [];
      mergeSorted(
        sorted.map(({ shiftNs, rows }) => ({
          startNs: Float64Array.from([-1, ...rows.map(({ startNs }) => startNs), -1]),
          durNs: Float64Array.from([9, ...rows.map(({ durNs }) => durNs), 9]),
          ...{ shiftNs, from: 1, to: rows.length + 1 },
        })),
        (number, from, to) => {
          for (let at = from; at < to; at++) merged.push([number, at - 1]);
        },
      );
      const all = sorted.flatMap(({ shiftNs, rows }, number) =>
        rows.map(({ startNs, durNs }, at) => ({ number, at, startNs: startNs + shiftNs, durNs })),
      );
      const expected = all.sort((a, b) => earlier(a, b) || a.number - b.number || a.at - b.at);
      expect(merged).toEqual(expected.map(({ number, at }) => [number, at]));
    }),
    { seed: 20261121, numRuns: 500 },
  );
});

test('lists that lie one behind the other come in the same order', () => {
  fc.assert(
    fc.property(fc.array(fc.array(row, { maxLength: 10 }), { maxLength: 9 }), (lists) => {
      const rows = lists.flatMap((rows) => rows.toSorted(earlier));
      const bounds = lists.reduce((ends, { length }) => [...ends, ends[ends.length - 1] + length], [0]);
      const startNs = Float64Array.from(rows, (each) => each.startNs);
      const durNs = Float64Array.from(rows, (each) => each.durNs);
      const expected = [...rows.keys()].sort((a, b) => earlier(rows[a], rows[b]) || a - b);
      expect([...mergedOrder(bounds, startNs, durNs)]).toEqual(expected);
    }),
    { seed: 20261121, numRuns: 500 },
  );
});
