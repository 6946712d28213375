// Ticks of an axis of values: round, few, and in a unit that people read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportMetrics } from '../../../src/locale/report-metrics.ts';
import { tickText } from '../../../src/report/metric-text.ts';
import { valueAxis, valueTicks } from '../../../src/report/value-axis.ts';

const axisOf = (...values: readonly number[]) => valueAxis([{ points: values.map((value) => [value, 1] as const) }]);
const textsOf = (most: number, ...values: readonly number[]): string[] =>
  valueTicks(axisOf(...values), most).map((tick) => tickText(tick, { id: 'ttft', unit: 'ns' }, reportMetrics.en));

describe('ticks', () => {
  test('of a linear axis are multiples of 1, 2 or 5, in one unit', () => {
    expect(textsOf(5, 100e6, 364e6)).toEqual(['0', '100 ms', '200 ms', '300 ms']);
    expect(textsOf(5, 100e6, 1.7e9)).toEqual(['0', '0.5 s', '1 s', '1.5 s']);
    expect(textsOf(3, 9e6, 15.8e6)).toEqual(['0', '10 ms']);
  });

  test('of a logarithmic axis are 1, 2 and 5 where there is room, else powers of ten', () => {
    expect(textsOf(6, 2e6, 90e6)).toEqual(['2 ms', '5 ms', '10 ms', '20 ms', '50 ms']);
    expect(textsOf(4, 2e6, 90e6)).toEqual(['5 ms', '10 ms', '50 ms']);
    expect(textsOf(5, 1e6, 10e9)).toEqual(['1 ms', '10 ms', '100 ms', '1 s', '10 s']);
    expect(textsOf(4, 1e3, 100e9)).toEqual(['1 µs', '1 ms', '1 s']);
  });

  test('are within the axis, in order, round, and no more than are wanted', () => {
    const value = fc.double({ min: 1e-3, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.integer({ min: 2, max: 12 }), (one, other, most) => {
        const axis = axisOf(one, other);
        const ticks = valueTicks(axis, most).map((tick) => tick.value);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.length).toBeLessThanOrEqual(most);
        expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
        const [least, greatest] = axis.domain;
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(least * (1 - 1e-6));
          expect(tick).toBeLessThanOrEqual(greatest * (1 + 1e-6));
          if (axis.isLog) expect(tick.toExponential(6)).toMatch(/^[125]\.0+e/);
        }
      }),
    );
  });
});
