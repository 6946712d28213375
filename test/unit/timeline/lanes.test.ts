import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assignLanes } from '../../../src/timeline/lanes.ts';

type Slice = readonly [startNs: number, durNs: number];

/** `lane/depth` of each slice. */
function lanesOf(slices: readonly Slice[]): string[] {
  const lane = new Uint32Array(slices.length);
  const depth = new Uint16Array(slices.length);
  const startNs = Float64Array.from(slices, ([start]) => start);
  const durNs = Float64Array.from(slices, ([, dur]) => dur);
  const laneCount = assignLanes(0, slices.length, startNs, durNs, lane, depth);
  expect(laneCount).toBe(Math.max(0, ...lane) + 1);
  return slices.map((_, i) => `${lane[i]}/${depth[i]}`);
}

describe('lanes of a track', () => {
  test.each<[string, Slice[], string[]]>([
    [
      'nest',
      [
        [0, 100],
        [10, 50],
        [20, 10],
        [70, 30],
      ],
      ['0/0', '0/1', '0/2', '0/1'],
    ],
    [
      'follow, also without a gap',
      [
        [0, 10],
        [10, 10],
        [25, 5],
      ],
      ['0/0', '0/0', '0/0'],
    ],
    [
      'have the same extent',
      [
        [0, 10],
        [0, 10],
      ],
      ['0/0', '0/1'],
    ],
    [
      'end together',
      [
        [0, 10],
        [5, 5],
      ],
      ['0/0', '0/1'],
    ],
    [
      'cross',
      [
        [0, 10],
        [5, 10],
      ],
      ['0/0', '1/0'],
    ],
    [
      'cross and fit again',
      [
        [0, 10],
        [5, 10],
        [10, 10],
        [15, 3],
      ],
      ['0/0', '1/0', '0/0', '0/1'],
    ],
    [
      'cross by one ns',
      [
        [0, 10],
        [9, 2],
      ],
      ['0/0', '1/0'],
    ],
    [
      'nest in the second lane',
      [
        [0, 10],
        [5, 20],
        [12, 3],
      ],
      ['0/0', '1/0', '0/0'],
    ],
    [
      'cross twice',
      [
        [0, 10],
        [1, 10],
        [2, 10],
      ],
      ['0/0', '1/0', '2/0'],
    ],
  ])('for slices that %s', (_, slices, expected) => {
    expect(lanesOf(slices)).toEqual(expected);
  });

  test.each<[string, Slice[], string[]]>([
    [
      'nest where a slice is open',
      [
        [0, 10],
        [5, 0],
      ],
      ['0/0', '0/1'],
    ],
    [
      'nest at the start of a longer one',
      [
        [0, 10],
        [0, 0],
      ],
      ['0/0', '0/1'],
    ],
    [
      'follow where one ends',
      [
        [0, 10],
        [10, 0],
      ],
      ['0/0', '0/0'],
    ],
    [
      'nest in one another at one time',
      [
        [5, 0],
        [5, 0],
        [5, 0],
      ],
      ['0/0', '0/1', '0/2'],
    ],
    [
      'are over before what starts later',
      [
        [5, 0],
        [6, 1],
      ],
      ['0/0', '0/0'],
    ],
  ])('for slices without length that %s', (_, slices, expected) => {
    expect(lanesOf(slices)).toEqual(expected);
  });

  test('are not deeper than consumers can show: what is deeper goes to the next lane', () => {
    const nested = Array.from({ length: 1100 }, (_, i): Slice => [i, 3000 - 2 * i]);
    const lanes = lanesOf(nested);
    expect(lanes[499]).toBe('0/499');
    expect(lanes[500]).toBe('1/0');
    expect(lanes[999]).toBe('1/499');
    expect(lanes[1000]).toBe('2/0');
  });

  test('of a range leave other rows alone', () => {
    const startNs = Float64Array.from([0, 0, 5, 0]);
    const durNs = Float64Array.from([1, 10, 10, 1]);
    const lane = Uint32Array.from([7, 7, 7, 7]);
    const depth = Uint16Array.from([7, 7, 7, 7]);
    expect(assignLanes(1, 3, startNs, durNs, lane, depth)).toBe(2);
    expect([...lane]).toEqual([7, 0, 1, 7]);
  });

  test('are as many as cross, more than any small number holds', () => {
    const lanes = lanesOf(Array.from({ length: 70_000 }, (_, i): Slice => [i, 1_000_000]));
    expect(lanes[65_536]).toBe('65536/0');
    expect(lanes[69_999]).toBe('69999/0');
  });

  test('are found again however many there are: the first that a slice fits in', () => {
    const slice = fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 200 }));
    fc.assert(
      fc.property(fc.array(slice, { minLength: 50, maxLength: 400, size: 'max' }), (slices) => {
        const sorted = [...slices].sort(([a, aDur], [b, bDur]) => a - b || bDur - aDur);
        expect(lanesOf(sorted)).toEqual(firstFit(sorted));
      }),
      { numRuns: 100, seed: 16 },
    );
  });

  test('of no slices is one lane', () => {
    expect(lanesOf([])).toEqual([]);
  });
});

/** Every lane looked at in turn. */
function firstFit(slices: readonly Slice[]): string[] {
  const lanes: Slice[][] = [];
  return slices.map(([start, dur]) => {
    for (let lane = 0; ; lane++) {
      const open = (lanes[lane] ??= []);
      const isOver = ([from, length]: Slice): boolean =>
        from + length <= start && !(from === start && length === 0 && dur === 0);
      while (open.length > 0 && isOver(open[open.length - 1])) open.pop();
      const around = open.at(-1);
      if (around !== undefined && start + dur > around[0] + around[1]) continue;
      open.push([start, dur]);
      return `${lane}/${open.length - 1}`;
    }
  });
}
