import { grouped } from '../../base/index.ts';
import type { CompareRow, Comparison, RowStatus, RuleResult } from '../../analysis/compare/index.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { formatConfidence } from '../format.ts';
import { labelsAsText } from '../../analysis/run-metrics/index.ts';
import { boundedQuantity, percent, percentChange, quantity } from './quantities.ts';

/** What is true of the comparison as a whole, one sentence each. */
export function remarks(comparison: Comparison, texts: CompareTexts): string[] {
  const { base, head, rules, drift, coverage, comparability } = comparison;
  if (base === null) return [texts.noBase];
  const guesses = [...base.runs, ...head.runs].filter(({ stepSource }) => stepSource === 'repetition');
  const leastSure = Math.min(1, ...guesses.map(({ stepConfidence }) => stepConfidence ?? 0));
  const isSingle = base.runs.length === 1 || head.runs.length === 1;
  const hasNoSteps = comparability.some(({ check, severity }) => check === 'steps' && severity === 'not-comparable');
  const { exact, unmatched } = coverage;
  const common = labelsAsText(comparison.commonLabels).replaceAll(',', ', ');
  const roughly = sum([coverage['shape-bucket'], coverage.name, coverage.type]);
  return [
    ...(common === '' ? [] : [texts.commonLabels(common)]),
    ...(rules.length === 0 ? [texts.noRules] : []),
    ...(isSingle ? [texts.oneRun] : []),
    ...(hasNoSteps ? [texts.wholeRunHint] : []),
    ...(guesses.length > 0 ? [texts.guessedSteps(formatConfidence(leastSure))] : []),
    ...(hasNoSteps ? [] : loneSteps(comparison).map(({ phase, base: one }) => texts.lonePhase(phase, one !== null))),
    ...drift.map(({ phase, type, ratio, isTakenOut }) =>
      (isTakenOut ? texts.driftTaken : texts.driftLeft)(
        type === null ? phase : `${phase} ${type}`,
        percentChange(ratio),
      ),
    ),
    ...(exact === null ? [] : [texts.coverage(percent(exact), percent(roughly), percent(unmatched))]),
  ];
}

/** Phases that only one side has steps of. */
function loneSteps({ rows }: Comparison): { readonly phase: string; readonly base: number | null }[] {
  const medians = rows.filter(({ kind, metric }) => kind === 'step' && metric === 'p50');
  return medians
    .filter(({ status }) => status === 'new' || status === 'gone')
    .map(({ key, base }) => ({ phase: key.slice(0, -'.p50'.length), base }));
}

const WORST_FIRST: readonly RowStatus[] = ['slower', 'new', 'gone', 'faster'];

/** What people are shown first. All that a phase consists of which only one side has is one remark. */
export function changedRows(comparison: Comparison): CompareRow[] {
  const lone = loneSteps(comparison).map(({ phase }) => phase);
  return comparison.rows
    .filter(({ status, key }) => status !== 'same' && !lone.includes(key.split(/[. ]/, 1)[0]))
    .sort((a, b) => WORST_FIRST.indexOf(a.status) - WORST_FIRST.indexOf(b.status));
}

function sum(shares: readonly (number | null)[]): number | null {
  return shares.every((share) => share === null) ? null : shares.reduce((all: number, share) => all + (share ?? 0), 0);
}

/** What a rule found, in one line. */
export function finding(rule: RuleResult, texts: CompareTexts): string {
  const { metric, key, base, head, unit, ranges, outcome, reason, failing } = rule;
  const numbers =
    key === null || base === null || head === null
      ? texts.absentWhere(metric)
      : texts.ruleBroken(
          key,
          boundedQuantity(base, unit ?? '', ranges?.base),
          boundedQuantity(head, unit ?? '', ranges?.head),
          changeText(rule),
        );
  const more = failing.length > 1 ? ` ${texts.others(failing.length - 1)}` : '';
  const why =
    outcome === 'accepted' ? texts.acceptedWhy(reason ?? '') : outcome === 'noise' ? texts.noiseWhy : undefined;
  return `${numbers}${more}${why === undefined ? '' : `; ${why}`}`;
}

/** The change as it was judged; from nothing there is no share, so the difference stands for it. */
export function changeText(row: Pick<RuleResult, 'delta' | 'adjustedRatio' | 'ratio' | 'unit'>): string {
  const ratio = row.adjustedRatio ?? row.ratio;
  if (ratio !== null) return percentChange(ratio);
  return row.delta === null ? '' : `${row.delta > 0 ? '+' : ''}${quantity(row.delta, row.unit ?? '')}`;
}

export function sideLine(side: NonNullable<Comparison['base']>, texts: CompareTexts): string {
  const steps = side.runs.reduce((all, { stepCount }) => all + stepCount, 0);
  return `${side.runs.map(({ name }) => name).join(', ')} (${texts.runs(side.runs.length, steps)})`;
}

/** Keys of single ops do not say which of their figures is meant. */
export function rowName({ metric, key }: CompareRow): string {
  return key.endsWith(metric) ? key : `${metric} ${key}`;
}

/** What a side has, as far as it is known. */
export function sideText(row: CompareRow, side: 'base' | 'head'): string {
  return boundedQuantity(row[side], row.unit, row.ranges?.[side]);
}

/** What was measured beside traces, by what was run. */
export function measuredGroups({
  rows,
}: Comparison): { readonly labels: string; readonly rows: readonly CompareRow[] }[] {
  const own = rows.filter(({ kind, labels }) => kind === 'metric' && labels !== null);
  return grouped(own, ({ labels }) => labelsAsText(labels ?? {})).map((some) => ({
    labels: labelsAsText(some[0].labels ?? {}).replaceAll(',', ', '),
    rows: some,
  }));
}
