/**
 * One thing that has to be equal for two sides to be comparable, and what each side says of it: as facts, which
 * src/report/compare puts into words.
 */
import type { Phase } from '../steps/step.ts';

export const CHECKS = [
  'device',
  'chip',
  'world',
  'tp',
  'pp',
  'devices',
  'steps',
  'phase-mix',
  'model',
  'data-loss',
  'shapes',
  'step-count',
  'step-source',
  'toolkit',
  'labels',
  'metrics',
  'units',
  'repeats',
  'failed-requests',
] as const;
export type Check = (typeof CHECKS)[number];

/** not-comparable ends the comparison; a warning and what is unknown are told. */
export type Severity = 'same' | 'unknown' | 'warning' | 'not-comparable';

export interface Comparability {
  readonly check: Check;
  readonly base: CheckFacts;
  readonly head: CheckFacts;
  readonly severity: Severity;
}

export type CheckFact =
  /** As captures have it: a chip, a number of devices, labels. */
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'none' | 'trace' | 'no-trace' }
  | { readonly is: 'step-source'; readonly source: string }
  /** With how many steps or which share of the time, where that is the question. */
  | { readonly is: 'phase'; readonly phase: Phase; readonly amount: string }
  | { readonly is: 'data-loss'; readonly kind: string; readonly count: number }
  /** Of all requests in the group of labels where the sides are farthest apart. */
  | { readonly is: 'failed-requests'; readonly failed: number; readonly all: number }
  | { readonly is: 'unit'; readonly metric: string; readonly unit: string }
  /** Groups of labels that both sides have. */
  | { readonly is: 'common-groups'; readonly count: number }
  /** only-here: groups of labels. measures: metrics, where the sides share none. unlike: metrics whose repeats are far apart. */
  | { readonly is: 'only-here' | 'measures' | 'unlike'; readonly names: readonly string[]; readonly more: number };

/** Empty where nothing is known. */
export type CheckFacts = readonly CheckFact[];

export const unknown = (check: Check): Comparability => ({ check, base: [], head: [], severity: 'unknown' });

export function textFact(text: string): CheckFact {
  return { is: 'text', text };
}

const MOST_NAMED = 3;

/** The first few of many. */
export function namedFact(
  is: 'only-here' | 'measures' | 'unlike',
  names: readonly string[],
  most = MOST_NAMED,
): CheckFact {
  return { is, names: names.slice(0, most), more: Math.max(0, names.length - most) };
}
