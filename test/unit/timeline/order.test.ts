import { describe, expect, test } from 'vitest';
import { groupByTrack, sortByTime } from '../../../src/timeline/order.ts';

function sorted(timeNs: readonly number[], durNs?: readonly number[]): number[] {
  const order = Uint32Array.from(timeNs.keys());
  sortByTime(order, 0, order.length, Float64Array.from(timeNs), durNs && Float64Array.from(durNs));
  return [...order];
}

describe('sorting by time', () => {
  test.each([
    [[], []],
    [[5], [0]],
    [
      [1, 2, 3],
      [0, 1, 2],
    ],
    [
      [3, 2, 1],
      [2, 1, 0],
    ],
    [
      [2, 3, 1, 4, 0],
      [4, 2, 0, 1, 3],
    ],
  ])('of %j gives rows %j', (times, rows) => {
    expect(sorted(times)).toEqual(rows);
  });

  test('puts the longer first at one time, and else keeps the order of the rows', () => {
    expect(sorted([1, 1, 1, 0], [5, 9, 5, 1])).toEqual([3, 1, 0, 2]);
    expect(sorted([1, 1, 1])).toEqual([0, 1, 2]);
  });

  test('is that of any stable sort, for runs of any number', () => {
    for (let length = 0; length < 60; length++) {
      const times = Array.from({ length }, (_, i) => (i * 7919) % 13);
      const rows = times.map((_, row) => row).sort((a, b) => times[a] - times[b] || a - b);
      expect(sorted(times)).toEqual(rows);
    }
  });

  test('leaves rows outside the range alone', () => {
    const order = Uint32Array.from([3, 2, 1, 0]);
    sortByTime(order, 1, 3, Float64Array.from([0, 1, 2, 3]));
    expect([...order]).toEqual([3, 1, 2, 0]);
  });
});

test('rows are grouped by track in their order, with an empty range for a track without rows', () => {
  const { order, range } = groupByTrack(Int32Array.from([2, 0, 2, 0]), 4);
  expect([...order]).toEqual([1, 3, 0, 2]);
  expect([...range]).toEqual([0, 2, 2, 4, 4]);
});
