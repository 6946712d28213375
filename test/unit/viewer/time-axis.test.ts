// The axis of time: neighbouring ticks read differently at any zoom.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactTime, timeAxis } from '../../../viewer/timeline/time-axis.ts';

describe('an axis', () => {
  test('has round steps in the unit that fits them', () => {
    const { ticks, baseLabel } = timeAxis({ startNs: 0, endNs: 1_000_000 }, 1000);
    expect(baseLabel).toBe('');
    expect(ticks.slice(0, 3).map(({ label }) => label)).toEqual(['0 µs', '100 µs', '200 µs']);
  });

  test('far from 0 says what it counts from', () => {
    const { ticks, baseNs, baseLabel } = timeAxis({ startNs: 12_345_678_901, endNs: 12_345_678_921 }, 1000);
    expect(baseLabel).toBe('12.345 678 900 s');
    expect(baseNs).toBe(12_345_678_900);
    expect(ticks[0]).toEqual({ timeNs: 12_345_678_902, label: '+2 ns' });
  });

  test('has no tick between two ns', () => {
    const { ticks, stepNs } = timeAxis({ startNs: 0, endNs: 10 }, 4000);
    expect(stepNs).toBe(1);
    expect(ticks).toHaveLength(11);
  });

  test('wherever it is: whole ns, different labels, room for each', () => {
    const starts = fc.integer({ min: -1000, max: 9e15 });
    const lengths = fc.integer({ min: 10, max: 1e13 });
    fc.assert(
      fc.property(starts, lengths, fc.integer({ min: 200, max: 4000 }), (startNs, length, widthPx) => {
        const { ticks, stepNs, baseNs } = timeAxis({ startNs, endNs: startNs + length }, widthPx);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
        for (const { timeNs } of ticks) expect(Number.isInteger(timeNs)).toBe(true);
        expect((stepNs * widthPx) / length).toBeGreaterThanOrEqual(89);
        expect(baseNs).toBeLessThanOrEqual(Math.max(0, startNs));
        // Longer ones would run into each other.
        for (const { label } of ticks) expect(label.length).toBeLessThanOrEqual(13);
      }),
    );
  });
});

describe('a time', () => {
  test('has all its digits', () => {
    expect(exactTime(0)).toBe('0 ns');
    expect(exactTime(999)).toBe('999 ns');
    expect(exactTime(1000)).toBe('1 µs');
    expect(exactTime(1_234_567)).toBe('1.234 567 ms');
    expect(exactTime(12_345_678_901)).toBe('12.345 678 901 s');
    expect(exactTime(3_600_000_000_000)).toBe('3,600 s');
    expect(exactTime(-1_500)).toBe('-1.500 µs');
  });

  test('is another text for another time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e15 }), (timeNs) => {
        expect(exactTime(timeNs)).not.toBe(exactTime(timeNs + 1));
      }),
    );
  });
});
