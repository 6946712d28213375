import { describe, expect, it } from 'vitest';
import { quantile } from '../../../src/base/index.ts';
import { chanceOfAtLeast, isLowOutlier, RobustScale } from '../../../src/analysis/ranks/outlier.ts';

describe('the smallest of a few', () => {
  it('stands apart from one other where it is a tenth below', () => {
    expect(isLowOutlier([90, 100], 1)).toBe(true);
    expect(isLowOutlier([91, 100], 1)).toBe(false);
  });

  it("of three to seven by Dixon's Q", () => {
    // On both sides of 0.926, the bound for four.
    expect(isLowOutlier([0, 93, 95, 100], 1)).toBe(true);
    expect(isLowOutlier([0, 92, 95, 100], 1)).toBe(false);
    expect(isLowOutlier([10, 50, 50, 50, 50, 50, 50], 1)).toBe(true);
    expect(isLowOutlier([10, 20, 30, 40, 50, 60, 70], 1)).toBe(false);
  });

  it('of more by the median and how far the others are from it', () => {
    const others = [98, 99, 100, 100, 100, 101, 102, 103];
    expect(isLowOutlier([90, ...others], 1)).toBe(true);
    expect(isLowOutlier([96, ...others], 1)).toBe(false);
    expect(isLowOutlier([98, ...Array<number>(8).fill(100)], 1)).toBe(true);
  });

  it('never where it is as close as ends differ anyway', () => {
    expect(isLowOutlier([99, 100, 100, 100], 1)).toBe(false);
    expect(isLowOutlier([98, 100, 100, 100], 1)).toBe(true);
  });
});

describe('one of many', () => {
  it('is an outlier at more than three sigmas of the median deviation', () => {
    const sorted = [9, 10, 10, 11, 11, 12, 30];
    const scale = new RobustScale(sorted);
    expect(sorted.filter((each) => scale.isOutlier(each))).toEqual([30]);
    expect(new RobustScale([5, 5, 5]).isOutlier(5)).toBe(false);
  });
});

describe('a quantile', () => {
  it('lies between two numbers in proportion', () => {
    expect(quantile([1, 2, 3, 5], 0.5)).toBe(2.5);
    expect(quantile([0, 100], 0.95)).toBe(95);
    expect(quantile([], 0.5)).toBeNaN();
  });
});

describe('the chance of so many of independent events', () => {
  it('is that of a binomial where all are alike', () => {
    // 1 - (1/2)^3; and 4 of 4 at a quarter.
    expect(chanceOfAtLeast(1, new Map([[0.5, 3]]))).toBeCloseTo(0.875, 12);
    expect(chanceOfAtLeast(4, new Map([[0.25, 4]]))).toBeCloseTo(1 / 256, 12);
    expect(chanceOfAtLeast(0, new Map([[0.5, 3]]))).toBe(1);
  });

  it('adds up over all ways where they are not', () => {
    // Exactly one: 1/2 · 3/4 + 1/2 · 1/4; both: 1/8.
    const chances = new Map([
      [0.5, 1],
      [0.25, 1],
    ]);
    expect(chanceOfAtLeast(1, chances)).toBeCloseTo(0.625, 12);
    expect(chanceOfAtLeast(2, chances)).toBeCloseTo(0.125, 12);
  });

  it('of very many comes close to what it is of many', () => {
    const share = (total: number): number =>
      chanceOfAtLeast(total * 0.25 + Math.sqrt(total) / 2, new Map([[0.25, total]]));
    expect(share(512)).toBeCloseTo(share(484), 1);
    expect(chanceOfAtLeast(1000, new Map([[0.25, 2000]]))).toBeLessThan(1e-7);
  });
});
