import { mean } from '../../src/base/index.ts';
import { describe, expect, test } from 'vitest';
import { blockBootstrapError, figureOf, quantileAt, typical } from '../../src/analysis/compare/figure.ts';
import { Random } from '../../src/analysis/compare/random.ts';
import { effectOf, holm } from '../../src/analysis/compare/significance.ts';
import { upperQuantile, upperTail, upperTailOfF } from '../../src/analysis/compare/student.ts';

describe("Student's t", () => {
  // From printed tables: one tail, degrees of freedom, t.
  test.each([
    [0.05, 1, 6.314],
    [0.025, 4, 2.776],
    [0.005, 8, 3.355],
    [0.001, 12, 3.93],
    [0.0005, 30, 3.646],
  ])('%f of it lies beyond the quantile for %i degrees of freedom', (tail, degrees, t) => {
    expect(upperQuantile(tail, degrees)).toBeCloseTo(t, 2);
    expect(upperTail(t, degrees)).toBeCloseTo(tail, 4);
  });

  test('has half of its probability on either side', () => {
    expect(upperTail(0, 7)).toBeCloseTo(0.5, 12);
  });
});

// From printed tables: one tail, degrees of freedom above and below, F.
test.each([
  [0.05, 4, 24, 2.776],
  [0.01, 4, 8, 7.006],
  [0.01, 2, 24, 5.614],
])('%f of F lies beyond the quantile for %i and %i degrees of freedom', (tail, above, below, f) => {
  expect(upperTailOfF(f, above, below)).toBeCloseTo(tail, 4);
});

describe('the typical value of a series', () => {
  test('is not moved by a few steps that take long', () => {
    expect(typical(Float64Array.of(10, 11, 9, 10, 10, 500, 10, 10))).toBe(10);
  });

  test('is the mean where most steps have nothing', () => {
    expect(typical(Float64Array.of(0, 0, 0, 80, 0, 0, 0, 0))).toBe(10);
  });

  test('of nothing is 0', () => {
    expect(typical(new Float64Array(0))).toBe(0);
  });
});

test('quantiles lie between neighbours in proportion', () => {
  expect(quantileAt(0.5)(Float64Array.of(4, 1, 3, 2))).toBe(2.5);
  expect(quantileAt(0.95)(Float64Array.from({ length: 101 }, (_, i) => i))).toBe(95);
});

describe('the block bootstrap', () => {
  const random = new Random(7);
  const independent = Float64Array.from({ length: 100 }, () => 1000 + 50 * (random.next() - 0.5));
  const slow = Float64Array.from({ length: 100 }, (_, i) => 1000 + 20 * Math.sin(i / 12));

  test('finds the standard error of a mean of independent steps', () => {
    const exact = 50 / Math.sqrt(12) / Math.sqrt(100);
    expect(blockBootstrapError(independent, mean)).toBeGreaterThan(0.5 * exact);
    expect(blockBootstrapError(independent, mean)).toBeLessThan(1.6 * exact);
  });

  test('promises less where steps resemble the ones before', () => {
    const asIfIndependent = Math.sqrt(mean(slow.map((each) => (each - mean(slow)) ** 2)) / slow.length);
    expect(blockBootstrapError(slow, mean)).toBeGreaterThan(1.5 * asIfIndependent);
  });

  test('gives the same for the same, every time', () => {
    expect(figureOf(slow, typical)).toEqual(figureOf(slow.slice(), typical));
  });
});

describe('effects', () => {
  const runs = (...values: number[]): { value: number; error: number }[] =>
    values.map((value) => ({ value, error: 0 }));

  test('runs that scatter as runs do hide a small change', () => {
    const { ratio, chance } = effectOf(runs(1000, 1030, 980), runs(1030, 1050, 1010), 0.02);
    expect(ratio).toBeCloseTo(0.0266, 3);
    expect(chance).toBeGreaterThan(0.05);
  });

  test('one run a side needs a larger change than three', () => {
    const one = effectOf(runs(1000), runs(1080), 0.02);
    const three = effectOf(runs(1000, 1002, 998), runs(1080, 1081, 1079), 0.02);
    expect(one.chance).toBeGreaterThan(0.02);
    expect(three.chance).toBeLessThan(0.002);
  });

  test('what scatters far more than is known is judged by what it shows', () => {
    const restless = [runs(1000, 1100, 900), runs(1150, 1050, 1250)] as const;
    expect(effectOf(...restless, 0.003, { priorRuns: 24 }).chance).toBeGreaterThan(0.05);
    expect(effectOf(...restless, 0.003, { priorRuns: 24, doubt: 0 }).chance).toBeLessThan(0.002);
  });

  test('something from nothing has no ratio, but may be sure', () => {
    expect(effectOf(runs(0, 0), runs(500, 510), 0.1)).toMatchObject({ base: 0, head: 505, ratio: undefined });
    expect(effectOf(runs(0, 0), runs(500, 510), 0.1).chance).toBeLessThan(0.002);
    expect(effectOf(runs(0), runs(0), 0.1).chance).toBe(1);
  });

  test('what a run is off by as a whole is divided out', () => {
    const base = [{ value: 1020, error: 0, drift: 1.02 }];
    const head = [{ value: 980, error: 0, drift: 0.98 }];
    expect(effectOf(base, head, 0.01)).toMatchObject({ base: 1020, head: 980, ratio: 0 });
  });
});

test("Holm's correction multiplies the smallest chance by all, the next by one less, and never falls", () => {
  expect(holm([0.01, 0.5, 0.02])).toEqual([0.03, 0.5, 0.04]);
  expect(holm([0.02, 0.021])).toEqual([0.04, 0.04]);
});
