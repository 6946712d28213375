// Which step of one run stands above which of another.
import { describe, expect, test } from 'vitest';
import type { Phase } from '../../../src/analysis/index.ts';
import type { RunInfo } from '../../../src/session/requests/protocol.ts';
import { alignedAt, pairedSteps, windowOfStep } from '../../../viewer/panels/compare/aligned-steps.ts';

function runOf(startsNs: readonly (readonly [Phase, number])[], lengthNs: number): RunInfo {
  const steps = startsNs.map(([phase, startNs], at) => ({
    ...{ device: 0, id: String(at), phase, startNs, endNs: startNs + lengthNs, isOutlier: false },
  }));
  return {
    ...{
      name: '',
      originNs: '0',
      endNs: 1000,
      sliceCount: 0,
      groups: [],
      tracks: [],
      devices: [],
      diagnostics: [],
      bubbleThresholdNs: 10_000,
      work: null,
      hasMetrics: false,
    },
    steps,
  };
}

const BASE = runOf(
  [
    ['prefill', 100],
    ['decode', 200],
    ['decode', 300],
    ['decode', 400],
  ],
  50,
);
const HEAD = runOf(
  [
    ['decode', 150],
    ['decode', 280],
    ['prefill', 500],
    ['prefill', 700],
  ],
  80,
);

describe('steps of two runs', () => {
  const pairs = pairedSteps(BASE, HEAD);

  test('are the same where they are the k-th of their phase', () => {
    expect(pairs.map(([own, other]) => [own.startNs, other.startNs])).toEqual([
      [100, 500],
      [200, 150],
      [300, 280],
    ]);
  });

  test('are counted from 1; 0 aligns the starts, and what is beyond the last is the last', () => {
    expect(alignedAt(pairs, 2)).toEqual({ step: 2, ownNs: 200, otherNs: 150 });
    expect(alignedAt(pairs, 0)).toEqual({ step: 0, ownNs: 0, otherNs: 0 });
    expect(alignedAt(pairs, 99).step).toBe(3);
    expect(alignedAt([], 1)).toEqual({ step: 0, ownNs: 0, otherNs: 0 });
  });

  test('are seen whole, both of them', () => {
    expect(windowOfStep(pairs, alignedAt(pairs, 2), 1000)).toEqual({ startNs: 200, endNs: 280 });
    expect(windowOfStep(pairs, alignedAt(pairs, 0), 1000)).toEqual({ startNs: 0, endNs: 1000 });
  });
});
