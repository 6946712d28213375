/**
 * Steps that are no example of the others.
 *
 * first: the first of its phase on the device, which usually warms up. outlier: longer than the median of its phase by more
 * than OUTLIER_SIGMAS times the spread (1.4826 times the median distance from the median, which is the standard deviation
 * where durations scatter normally), and by a fifth at least, so that steps that hardly differ have none. A phase has to
 * have five steps.
 */
import { upperMedian } from '../../base/index.ts';
import type { Phase } from './step.ts';

const OUTLIER_SIGMAS = 5;
const SIGMA_OF_MEDIAN_DISTANCE = 1.4826;
const LEAST_EXCESS = 0.2;
const LEAST_STEPS = 5;

export function firstOfPhases(phases: readonly Phase[]): boolean[] {
  const seen = new Set<Phase>();
  return phases.map((phase) => !seen.has(phase) && seen.add(phase).has(phase));
}

export function outliers(phases: readonly Phase[], durNs: readonly number[]): boolean[] {
  const limits = new Map(
    [...new Set(phases)].map((phase) => [phase, limitNs(durNs.filter((_, i) => phases[i] === phase))]),
  );
  return durNs.map((ns, i) => ns > (limits.get(phases[i]) ?? Number.POSITIVE_INFINITY));
}

function limitNs(durNs: readonly number[]): number {
  if (durNs.length < LEAST_STEPS) return Number.POSITIVE_INFINITY;
  const middle = upperMedian(durNs);
  const spread = SIGMA_OF_MEDIAN_DISTANCE * upperMedian(durNs.map((ns) => Math.abs(ns - middle)));
  return middle + Math.max(OUTLIER_SIGMAS * spread, LEAST_EXCESS * middle);
}
