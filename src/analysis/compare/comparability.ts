/**
 * Whether two sides are recordings of the same work on the same machine. Where one of them does not tell, the check says
 * `unknown`. docs/ci.md has the table.
 */
import { type DIAGNOSTIC_KINDS } from '../../base/index.ts';
import { PHASES } from '../steps/step.ts';
import {
  type Check,
  type CheckFact,
  type CheckFacts,
  type Comparability,
  type Severity,
  textFact,
  unknown,
} from './check.ts';
import { isTraced, phaseOn } from './measure.ts';
import { failedRequests } from './failed-requests.ts';
import { isComparedMetric, labels, measured, repeats, units } from './metric-checks.ts';
import type { RunSummary } from './summary.ts';
import type { Weighed } from './weigh.ts';

/** A phase that has more of the time of one side is not missing on the other by chance. */
const MISSING_PHASE_SHARE = 0.2;
/** Ops of a step that both sides have, among those that either has. */
const OTHER_MODEL_BELOW = 0.5;
const CHANGED_MODEL_BELOW = 0.9;
/** The time of ops that agree in type, name and shapes. */
const OTHER_SHAPES_BELOW = 0.8;

export interface CheckOptions {
  /** What the user knows to fail: it warns. */
  readonly allowed: readonly Check[];
  /** Whether the verdict rests on something else, so that steps may be missing. */
  readonly mayLackSteps: boolean;
}

export function checkComparability(
  base: readonly RunSummary[],
  head: readonly RunSummary[],
  rows: readonly Weighed[],
  { allowed, mayLackSteps }: CheckOptions,
): Comparability[] {
  const facts = (['device', 'chip', 'world', 'tp', 'pp', 'devices'] as const).map((name) => {
    const [one, other] = [base, head].map((runs) =>
      distinct(runs.filter(isTraced).map(({ environment }) => environment[name])).map(textFact),
    );
    return compared(name, one, other, 'not-comparable');
  });
  const sourceOf = (runs: readonly RunSummary[]): CheckFacts =>
    distinct(runs.filter(isTraced).map(({ stepSource }) => stepSource)).map((source) => ({
      ...{ is: 'step-source', source },
    }));
  const toolkits = [base, head].map((runs) =>
    distinct(runs.map(({ environment }) => environment.toolkit)).map(textFact),
  );
  const checks = [
    ...facts,
    commonSteps(base, head, rows, mayLackSteps),
    phaseMix(base, head),
    model(base, head),
    dataLoss(base, head),
    shapes(rows),
    compared('step-count', stepCounts(base), stepCounts(head), 'warning'),
    compared('step-source', sourceOf(base), sourceOf(head), 'warning'),
    compared('toolkit', toolkits[0], toolkits[1], 'warning'),
    labels(base, head),
    measured(base, head, rows),
    units(rows),
    repeats(base, head),
    failedRequests(rows),
  ];
  return checks.map((each) =>
    each.severity === 'not-comparable' && allowed.includes(each.check) ? { ...each, severity: 'warning' } : each,
  );
}

function compared(check: Check, base: CheckFacts, head: CheckFacts, severity: Severity): Comparability {
  if (base.length === 0 || head.length === 0) return { check, base, head, severity: 'unknown' };
  return { check, base, head, severity: JSON.stringify(base) === JSON.stringify(head) ? 'same' : severity };
}

/** What the runs of a side say, all that differs. */
function distinct(values: readonly (string | number | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined).map(String))].sort();
}

/** Without a trace nobody expects steps; where one side has none, what was measured may still be compared. */
function commonSteps(
  base: readonly RunSummary[],
  head: readonly RunSummary[],
  rows: readonly Weighed[],
  mayLackSteps: boolean,
): Comparability {
  const isWithout = [base, head].map((runs) => !runs.some(isTraced));
  if (isWithout[0] && isWithout[1]) return unknown('steps');
  if ((isWithout[0] || isWithout[1]) && rows.some(isComparedMetric)) {
    const [one, other] = isWithout.map((isMissing): CheckFacts => [{ is: isMissing ? 'no-trace' : 'trace' }]);
    return { check: 'steps', base: one, head: other, severity: 'warning' };
  }
  const phasesOf = (runs: readonly RunSummary[]): string[] => PHASES.filter((phase) => phaseOn(runs, phase).length > 0);
  const [one, other] = [phasesOf(base), phasesOf(head)];
  const severity = one.some((phase) => other.includes(phase)) ? 'same' : mayLackSteps ? 'warning' : 'not-comparable';
  const facts = (phases: readonly string[]): CheckFacts =>
    orNone(PHASES.flatMap((phase) => (phases.includes(phase) ? [{ is: 'phase', phase, amount: '' }] : [])));
  return { check: 'steps', base: facts(one), head: facts(other), severity };
}

function orNone(facts: CheckFacts): CheckFacts {
  return facts.length === 0 ? [{ is: 'none' }] : facts;
}

function phaseMix(base: readonly RunSummary[], head: readonly RunSummary[]): Comparability {
  const [one, other] = [phaseShares(base), phaseShares(head)];
  const isOther = PHASES.some(
    (phase) => Math.max(one[phase], other[phase]) > MISSING_PHASE_SHARE && Math.min(one[phase], other[phase]) === 0,
  );
  const facts = (shares: Record<string, number>): CheckFacts =>
    PHASES.flatMap((phase) => (shares[phase] > 0 ? [{ is: 'phase', phase, amount: percent(shares[phase]) }] : []));
  const sides = [facts(one), facts(other)];
  const severity = sides.some((side) => side.length === 0) ? 'unknown' : isOther ? 'not-comparable' : 'same';
  return { check: 'phase-mix', base: sides[0], head: sides[1], severity };
}

function phaseShares(runs: readonly RunSummary[]): Record<(typeof PHASES)[number], number> {
  const totals = { prefill: 0, decode: 0, other: 0 };
  for (const { phases } of runs) for (const { phase, totalNs } of phases) totals[phase] += totalNs;
  const all = totals.prefill + totals.decode + totals.other;
  if (all > 0) for (const phase of PHASES) totals[phase] /= all;
  return totals;
}

/** By how many ops of each type a step has: times may change, what is computed may not. */
function model(base: readonly RunSummary[], head: readonly RunSummary[]): Comparability {
  let common = 0;
  let all = 0;
  for (const phase of PHASES) {
    const [one, other] = [phaseOn(base, phase), phaseOn(head, phase)].map(typeCounts);
    if (one.size === 0 || other.size === 0) continue;
    for (const type of new Set([...one.keys(), ...other.keys()])) {
      const counts = [one.get(type) ?? 0, other.get(type) ?? 0];
      common += Math.min(...counts);
      all += Math.max(...counts);
    }
  }
  if (all === 0) return unknown('model');
  const share = common / all;
  const severity = share < OTHER_MODEL_BELOW ? 'not-comparable' : share < CHANGED_MODEL_BELOW ? 'warning' : 'same';
  return { check: 'model', base: [textFact(percent(1))], head: [textFact(percent(share))], severity };
}

function typeCounts(phases: readonly RunSummary['phases'][number][]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ops } of phases) {
    for (const { type, countPerStep } of ops) {
      counts.set(type, (counts.get(type) ?? 0) + countPerStep / phases.length);
    }
  }
  return counts;
}

/** Rows that are gone make everything seem faster. What was repaired is a warning. */
function dataLoss(base: readonly RunSummary[], head: readonly RunSummary[]): Comparability {
  const [one, other] = [base, head].map((runs) => runs.flatMap(({ dataLoss: lost }) => Object.entries(lost)));
  const facts = (lost: readonly [string, number][]): CheckFacts => {
    const sums = new Map<string, number>();
    for (const [kind, count] of lost) sums.set(kind, (sums.get(kind) ?? 0) + count);
    return orNone([...sums].map(([kind, count]): CheckFact => ({ is: 'data-loss', kind, count })));
  };
  const kinds = [...one, ...other].map(([kind]) => kind);
  const severity =
    kinds.length === 0 ? 'same' : kinds.every((kind) => REPAIRS.has(kind)) ? 'warning' : 'not-comparable';
  return { check: 'data-loss', base: facts(one), head: facts(other), severity };
}

const REPAIRS: ReadonlySet<string> = new Set<keyof typeof DIAGNOSTIC_KINDS>([
  'trailing_comma',
  'text_after_end',
  'text_repaired',
  'row_shifted',
  'header_shifted',
  'cell_not_numeric',
  'cell_time_bad',
  'cell_time_cut',
  'quote_not_closed',
]);

/** Batch, number of tokens and length of the cache show in shapes alone. */
function shapes(rows: readonly Weighed[]): Comparability {
  const ops = rows.filter(
    ({ measure: { metric, op, tier } }) => metric === 'op.total' && tier !== undefined && op?.name !== '',
  );
  const time = (some: readonly Weighed[]): number => some.reduce((sum, { base = 0, head = 0 }) => sum + base + head, 0);
  if (ops.every(({ measure }) => (measure.op?.shapes ?? '') === '')) {
    return unknown('shapes');
  }
  const share = time(ops.filter(({ measure }) => measure.tier === 'exact')) / time(ops);
  return {
    ...{ check: 'shapes', base: [textFact(percent(1))], head: [textFact(percent(share))] },
    severity: share < OTHER_SHAPES_BELOW ? 'warning' : 'same',
  };
}

function stepCounts(runs: readonly RunSummary[]): CheckFacts {
  return PHASES.flatMap((phase) => {
    const own = phaseOn(runs, phase).map(({ stepCount }) => stepCount);
    return own.length === 0 ? [] : [{ is: 'phase', phase, amount: distinct(own).join(' | ') }];
  });
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
