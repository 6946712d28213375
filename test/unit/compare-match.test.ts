import { describe, expect, test } from 'vitest';
import { matchOps } from '../../src/analysis/compare/match-ops.ts';
import type { OpSummary } from '../../src/analysis/compare/summary.ts';

function op(type: string, name: string, shapes: string, value = 100): OpSummary {
  return { type, name, shapes, perStep: { value, error: 0 }, countPerStep: 1 };
}

/** What was matched how, with the totals of both sides. */
function matches(base: OpSummary[][], head: OpSummary[][]): string[] {
  return matchOps(base, head).map(({ type, name, shapes, tier, total }) => {
    const times = [total.base, total.head].map((figures) => figures.map(({ value }) => value).join('+') || 'none');
    return `${tier ?? 'unmatched'}: ${[type, name, shapes].filter(Boolean).join(' ')}: ${times.join(' -> ')}`;
  });
}

describe('ops are matched', () => {
  test('by type, name and shapes first', () => {
    expect(
      matches(
        [[op('MatMul', 'a', '1,64'), op('MatMul', 'a', '1,32')]],
        [[op('MatMul', 'a', '1,64', 110), op('MatMul', 'a', '1,32')]],
      ),
    ).toEqual(['exact: MatMul a 1,64: 100 -> 110', 'exact: MatMul a 1,32: 100 -> 100']);
  });

  test('by shapes of about the same size, whatever the batch', () => {
    expect(matches([[op('MatMul', 'a', '8,4000;4000,100')]], [[op('MatMul', 'a', '16,4096;4096,128')]])).toEqual([
      'shape-bucket: MatMul a *,4096;*,128: 100 -> 100',
    ]);
  });

  test('by type and name, where shapes are not known on a side', () => {
    expect(matches([[op('MatMul', 'a', '8,64'), op('MatMul', 'a', '8,9000')]], [[op('MatMul', 'a', '', 190)]])).toEqual(
      ['name: MatMul a: 200 -> 190'],
    );
  });

  test('by type at last, with all that was too small to be listed', () => {
    const base = [op('Cast', 'a', '1'), op('Cast', '', '', 7)];
    expect(matches([base], [[op('Cast', 'b', '1', 90)]])).toEqual(['type: Cast: 107 -> 90']);
  });

  test('exactly by sums of what was too small to be listed, where as many are in them', () => {
    const sums = (count: number) => [{ ...op('Cast', '', '', 7), countPerStep: count }, op('', '', '', 9)];
    expect(matches([sums(3)], [sums(3)])).toEqual(['exact: Cast: 7 -> 7', 'exact: : 9 -> 9']);
    expect(matches([sums(3)], [sums(4)])).toEqual(['type: Cast: 7 -> 7', 'exact: : 9 -> 9']);
  });

  test('only where every run has them: what one run lacks goes on to the next tier', () => {
    const listed = [op('Add', 'a', '1', 50)];
    const summedUp = [op('Add', '', '', 51)];
    expect(matches([listed, summedUp], [listed, listed])).toEqual(['type: Add: 50+51 -> 50+50']);
  });

  test('and are new or gone where nothing fits', () => {
    expect(matches([[op('Old', 'a', '')]], [[op('New', 'b', '')]])).toEqual([
      'unmatched: Old a: 100 -> none',
      'unmatched: New b: none -> 100',
    ]);
  });

  test('no time is lost or counted twice', () => {
    const base = [op('A', 'a', '1', 1), op('A', 'b', '2', 10), op('B', '', '', 100), op('', '', '', 1000)];
    const head = [op('A', 'a', '1', 1), op('A', 'c', '3', 10), op('C', 'x', '', 100), op('', '', '', 1000)];
    const matched = matchOps([base], [head]);
    const sum = (side: 'base' | 'head'): number =>
      matched.reduce((all, { total }) => all + (total[side][0]?.value ?? 0), 0);
    expect([sum('base'), sum('head')]).toEqual([1111, 1111]);
  });
});
