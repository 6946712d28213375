import { BUBBLE_CAUSES, type DeviceBubbles } from '../../analysis/index.ts';
import type { ReportBubbles } from './report-document.ts';

interface Sum {
  count: number;
  totalNs: number;
}

/** Lengths from 1, 2 and 5 times a power of ten ns; those between the shortest and the longest are there also when empty. */
export function bubbleHistogram(all: readonly DeviceBubbles[]): ReportBubbles['histogram'] {
  /** By length, then by cause. */
  const bins: Sum[][] = [];
  for (const { length, durNs, cause } of all) {
    for (let row = 0; row < length; row++) {
      const bin = (bins[binOf(durNs[row])] ??= BUBBLE_CAUSES.map(() => ({ count: 0, totalNs: 0 })));
      bin[cause[row]].count++;
      bin[cause[row]].totalNs += durNs[row];
    }
  }
  const first = Math.max(
    0,
    bins.findIndex((bin) => bin !== undefined),
  );
  return Array.from(bins)
    .slice(first)
    .map((bin: Sum[] | undefined = [], index) => ({
      fromNs: lowerBoundNs(first + index),
      count: bin.reduce((sum, { count }) => sum + count, 0),
      totalNs: bin.reduce((sum, { totalNs }) => sum + totalNs, 0),
      causes: bin.map((sum, at) => ({ cause: BUBBLE_CAUSES[at], ...sum })).filter(({ count }) => count > 0),
    }));
}

function lowerBoundNs(bin: number): number {
  return [1, 2, 5][bin % 3] * 10 ** Math.floor(bin / 3);
}

function binOf(ns: number): number {
  let bin = 0;
  while (lowerBoundNs(bin + 1) <= ns) bin++;
  return bin;
}
