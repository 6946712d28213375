import { type Phase, PHASES } from '../steps/step.ts';
import { opSum, type Measure, phaseOn } from './measure.ts';
import { isMeasured } from './measured-metrics.ts';
import { takesLabels } from './metrics.ts';
import type { Condition, Rule } from './rule.ts';
import type { RunSummary } from './summary.ts';
import { changeOf, type Drifts, type Floors, weigh, type Weighed } from './weigh.ts';

/**
 * pass: within the limits. noise: beyond them, but no more than runs of the same thing are apart. fail: beyond both. absent:
 * a side does not have the metric, so nobody can say that it did not get worse. accepted: failed, and somebody said why
 * that is all right. not-applied: absent, but nobody asked for the rule and others could be judged.
 */
export type Outcome = 'pass' | 'noise' | 'fail' | 'absent' | 'accepted' | 'not-applied';

export interface Acceptance {
  /** The rule as it is written, or its metric. */
  readonly rule: string;
  readonly reason: string;
}

export interface Judgement {
  readonly rule: Rule;
  readonly outcome: Outcome;
  /** What broke the rule most, or came closest to it; undefined where the metric is absent everywhere. */
  readonly worst: Weighed | undefined;
  /** Whether its limits were held against the plain change of the worst. */
  readonly isPlain: boolean;
  /** Everything that broke it. */
  readonly failing: readonly Weighed[];
  /** Whether a side has anything of the metric. */
  readonly has: { readonly base: boolean; readonly head: boolean };
  readonly acceptedFor: string | undefined;
}

export interface Evidence {
  readonly rows: readonly Weighed[];
  readonly base: readonly RunSummary[];
  readonly head: readonly RunSummary[];
  readonly drifts: Drifts;
  readonly floors: Floors;
}

/** `mayLackSteps`: whether a side may lack what default rules about traces are about. */
export function judgeAll(
  rules: readonly Rule[],
  evidence: Evidence,
  { accepted, mayLackSteps }: { readonly accepted: readonly Acceptance[]; readonly mayLackSteps: boolean },
): Judgement[] {
  const judged = rules.map((rule) => judge(rule, evidence, accepted));
  if (!judged.some(isJudged)) return judged;
  return judged.map((each) => {
    const { rule, outcome, has } = each;
    const isExcused = (!has.base && !has.head) || (mayLackSteps && isOfTrace(rule));
    return rule.isDefault === true && outcome === 'absent' && isExcused ? { ...each, outcome: 'not-applied' } : each;
  });
}

export function isJudged({ worst }: Judgement): boolean {
  return worst?.effect !== undefined;
}

/** Whether it is about steps, ops or memory, not about what was measured beside them. */
export function isOfTrace({ metric, isByName }: Rule): boolean {
  return isByName !== true && !takesLabels(metric);
}

function judge(rule: Rule, evidence: Evidence, accepted: readonly Acceptance[]): Judgement {
  const chosen = rowsFor(rule, evidence);
  const known = chosen.filter(({ effect }) => effect !== undefined);
  const outcomes = known.map((row) => ({ row, outcome: outcomeOf(row, rule) }));
  const failing = outcomes.filter(({ outcome }) => outcome === 'fail').map(({ row }) => row);
  const worst = [...outcomes]
    .sort((a, b) => SEVERITY[b.outcome] - SEVERITY[a.outcome] || excess(b.row, rule) - excess(a.row, rule))
    .at(0);
  const outcome: Outcome = worst?.outcome ?? 'absent';
  const { reason } = accepted.find((each) => isAbout(each, rule)) ?? {};
  const isAccepted = reason !== undefined && (outcome === 'fail' || outcome === 'absent');
  return {
    rule,
    outcome: isAccepted ? 'accepted' : outcome,
    worst: worst?.row ?? chosen[0],
    isPlain: worst !== undefined && isPlain(worst.row, rule),
    failing,
    has: { base: chosen.some(({ base }) => base !== undefined), head: chosen.some(({ head }) => head !== undefined) },
    acceptedFor: isAccepted ? reason : undefined,
  };
}

export function isAbout({ rule: named }: Acceptance, { expr, metric, selector }: Rule): boolean {
  const text = named.replaceAll(' ', '');
  return [expr, metric, `${metric}[${selector ?? '*'}]`].some((each) => each.replaceAll(' ', '') === text);
}

const SEVERITY = { pass: 0, noise: 1, fail: 2 } as const;

/** By how much of the base, or else absolutely, the change goes the rule's way. */
function excess({ effect }: Weighed, { conditions: [{ direction }] }: Rule): number {
  if (effect === undefined) return Number.NEGATIVE_INFINITY;
  const { delta } = changeOf(effect);
  return direction === '>' ? delta : -delta;
}

/** A selector with wildcards is about each op that both sides have; one without is about all ops of that name together. */
function rowsFor(rule: Rule, evidence: Evidence): Weighed[] {
  const { metric, selector } = rule;
  if (!isOfTrace(rule)) return measuredRows(rule, evidence);
  const [, prefix, rest] = /^(?:(step|prefill|decode|other)\.)?(.*)$/s.exec(metric) ?? [];
  const phase = PHASES.find((each) => each === prefix);
  const isAbout = ({ metric: own, phase: ownPhase }: Measure): boolean =>
    own === rest && (phase === undefined || ownPhase === phase);
  const ofMetric = evidence.rows.filter(({ measure }) => isAbout(measure));
  if (selector === undefined) return ofMetric;
  if (!/[*?]/.test(selector)) return opSums(rest, selector, phase, evidence);
  const wanted = wildcard(selector);
  return ofMetric.filter(
    ({ measure: { op } }) => op !== undefined && [op.type, op.name].some((text) => wanted.test(text)),
  );
}

/** A limit in a unit that it is not measured in says nothing of it. */
function measuredRows({ metric, labels = {}, conditions }: Rule, { rows }: Evidence): Weighed[] {
  const patterns = Object.entries(labels).map(([name, pattern]) => [name, wildcard(pattern)] as const);
  return rows.filter(({ measure: { kind, metric: own, labels: ownLabels = {}, unit } }) => {
    const isInUnit = conditions.every(
      ({ of }) => of === 'ratio' || of === (unit === 'ns' || unit === 'bytes' ? unit : 'count'),
    );
    const fits = patterns.every(([name, wanted]) => Object.hasOwn(ownLabels, name) && wanted.test(ownLabels[name]));
    return kind === 'metric' && own === metric && isInUnit && fits;
  });
}

function opSums(metric: string, name: string, phase: Phase | undefined, evidence: Evidence): Weighed[] {
  const { base, head, drifts, floors } = evidence;
  const measures = PHASES.filter((each) => phase === undefined || each === phase)
    .map((each) => opSum(metric, each, name, { base: phaseOn(base, each), head: phaseOn(head, each) }))
    .filter((measure) => measure.base.length > 0 || measure.head.length > 0);
  return weigh(measures, drifts, floors);
}

function wildcard(selector: string): RegExp {
  const source = selector
    .replace(/[\\^$.+()[\]{}|/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}

function outcomeOf(row: Weighed, rule: Rule): 'pass' | 'noise' | 'fail' {
  if (row.effect === undefined) return 'pass';
  const change = changeOf(row.effect);
  if (!rule.conditions.every((condition) => isBeyond(condition, change))) return 'pass';
  const isSure = isPlain(row, rule) ? !doBoundsOverlap(row.measure) : row.isSure;
  return isSure ? 'fail' : 'noise';
}

/** One measurement a side shows no noise. Who wrote a limit for it knows what is allowed. */
function isPlain({ measure }: Weighed, { isDefault }: Rule): boolean {
  const { base, head } = measure.count;
  return isDefault !== true && isMeasured(measure) && base === 1 && head === 1;
}

/** The values may lie either way. A side without bounds is known exactly. */
function doBoundsOverlap({ ranges, ...values }: Measure): boolean {
  const [base, head] = (['base', 'head'] as const).map((side) => {
    const [low, high] = ranges?.[side] ?? [values[side][0].value, values[side][0].value];
    return { low, high: high ?? Number.POSITIVE_INFINITY };
  });
  return base.low < head.high && head.low < base.high;
}

/** From nothing to something is beyond any share of nothing. */
function isBeyond({ direction, of, limit }: Condition, { delta, ratio }: ReturnType<typeof changeOf>): boolean {
  const change = of === 'ratio' ? (ratio ?? (delta === 0 ? 0 : Math.sign(delta) * Number.POSITIVE_INFINITY)) : delta;
  return direction === '>' ? change > limit : change < limit;
}
