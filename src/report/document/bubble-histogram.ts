import type { DeviceBubbles } from '../../analysis/index.ts';
import type { ReportBubbles } from './report-document.ts';

/** Lengths from 1, 2 and 5 times a power of ten ns; those between the shortest and the longest are there also when empty. */
export function bubbleHistogram(all: readonly DeviceBubbles[]): ReportBubbles['histogram'] {
  const bins: { count: number; totalNs: number }[] = [];
  for (const { length, durNs } of all) {
    for (let row = 0; row < length; row++) {
      const bin = (bins[binOf(durNs[row])] ??= { count: 0, totalNs: 0 });
      bin.count++;
      bin.totalNs += durNs[row];
    }
  }
  const first = Math.max(
    0,
    bins.findIndex((bin) => bin !== undefined),
  );
  return Array.from(bins)
    .slice(first)
    .map((bin, index) => ({ fromNs: lowerBoundNs(first + index), ...(bin ?? { count: 0, totalNs: 0 }) }));
}

function lowerBoundNs(bin: number): number {
  return [1, 2, 5][bin % 3] * 10 ** Math.floor(bin / 3);
}

function binOf(ns: number): number {
  let bin = 0;
  while (lowerBoundNs(bin + 1) <= ns) bin++;
  return bin;
}
