import { grouped } from '../../base/index.ts';
import type { Check, CheckFact, CompareRow, Comparison, RowStatus, RuleResult } from '../../analysis/compare/index.ts';
import { type Labels } from '../../timeline/index.ts';
import { PHASES } from '../../analysis/steps/step.ts';
import type { CompareTexts } from '../../locale/compare.ts';
import { formatConfidence } from '../format.ts';
import { shortened } from '../text/width.ts';
import { labelsAsText } from '../../analysis/run-metrics/index.ts';
import { type Compared, comparedQuantity, percent, percentChange } from './quantities.ts';

/** What is true of the comparison as a whole, one sentence each. */
export function remarks(comparison: Comparison, texts: CompareTexts): string[] {
  const { base, head, rules, drift, coverage, comparability } = comparison;
  if (base === null) return [texts.noBase];
  const guesses = [...base.runs, ...head.runs].filter(({ stepSource }) => stepSource === 'repetition');
  const leastSure = Math.min(1, ...guesses.map(({ stepConfidence }) => stepConfidence ?? 0));
  const isSingle = base.runs.length === 1 || head.runs.length === 1;
  const facts = (check: Check): CheckFact[] =>
    comparability.flatMap((each) => (each.check === check ? [...each.base, ...each.head] : []));
  const differs = (name: Check): boolean =>
    comparability.some(
      ({ check, severity }) => check === name && (severity === 'warning' || severity === 'not-comparable'),
    );
  const hasNoSteps = comparability.some(({ check, severity }) => check === 'steps' && severity === 'not-comparable');
  const isWithoutSteps = hasNoSteps || facts('steps').some(({ is }) => is === 'none');
  const { exact, unmatched } = coverage;
  const common = labelled(comparison.commonLabels, texts);
  const roughly = sum([coverage['shape-bucket'], coverage.name, coverage.type]);
  return [
    ...(common === '' ? [] : [texts.commonLabels(common)]),
    ...(rules.length === 0 ? [texts.noRules] : []),
    ...(isSingle ? [rules.some(({ isPlain }) => isPlain) ? texts.oneRunPlain : texts.oneRun] : []),
    ...(isWithoutSteps ? [texts.wholeRunHint] : []),
    ...(facts('metrics').some(({ is }) => is === 'measures') ? [texts.noCommonMetric] : []),
    ...(facts('repeats').length > 0 ? [texts.unlikeRepeats] : []),
    ...(differs('failed-requests') ? [texts.unlikeFailures] : []),
    ...(guesses.length > 0 ? [texts.guessedSteps(formatConfidence(leastSure))] : []),
    ...(hasNoSteps
      ? []
      : loneSteps(comparison).map(({ phase, base: one }) => texts.lonePhase(phaseWord(phase, texts), one !== null))),
    ...drift.map(({ phase, type, ratio, isTakenOut }) =>
      (isTakenOut ? texts.driftTaken : texts.driftLeft)(
        type === null ? phaseWord(phase, texts) : `${phaseWord(phase, texts)} ${type}`,
        percentChange(ratio),
      ),
    ),
    ...(exact === null ? [] : [texts.coverage(percent(exact), percent(roughly), percent(unmatched))]),
  ];
}

function phaseWord(phase: string, { phases }: CompareTexts): string {
  return PHASES.flatMap((each) => (each === phase ? [phases[each]] : []))[0] ?? phase;
}

function labelled(labels: Labels, { comma }: CompareTexts): string {
  return labelsAsText(labels).replaceAll(',', comma);
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

/** In their order, but what was not applied comes last. */
export function rulesShown({ rules }: Comparison): RuleResult[] {
  const isLeftOut = ({ outcome }: RuleResult): number => Number(outcome === 'not-applied');
  return [...rules].sort((a, b) => isLeftOut(a) - isLeftOut(b));
}

/** What a rule found, in one line. */
export function finding(rule: RuleResult, texts: CompareTexts): string {
  const numbers = foundNumbers(rule, texts);
  const found = rule.failing.length > 1 ? texts.others(numbers, rule.failing.length - 1) : numbers;
  const why = whyOf(rule, texts);
  return why === undefined ? found : texts.because(found, why);
}

function foundNumbers(rule: RuleResult, texts: CompareTexts): string {
  const { metric, key, base, head, ranges } = rule;
  if (key === null || (base === null && head === null)) return texts.onNeitherSide(metric);
  if (base === null || head === null) return texts.onOneSide(shortName(key), base !== null);
  const [one, other] = [
    comparedQuantity(base, rule, texts, ranges?.base),
    comparedQuantity(head, rule, texts, ranges?.head),
  ];
  return texts.ruleBroken(shortName(key), one, other, changeText(rule, texts));
}

function whyOf({ outcome, isPlain, reason }: RuleResult, texts: CompareTexts): string | undefined {
  switch (outcome) {
    case 'accepted':
      return texts.acceptedWhy(reason ?? '');
    case 'noise':
      return isPlain ? texts.boundsOverlapWhy : texts.noiseWhy;
    case 'absent':
      return texts.absentWhy;
    case 'not-applied':
      return texts.notAppliedWhy;
    case 'fail':
      return isPlain ? texts.plainWhy : undefined;
    case 'pass':
      return undefined;
  }
}

/** The change as it was judged; from nothing there is no share, so the difference stands for it. */
function changeText(
  row: Compared & Pick<RuleResult, 'delta' | 'adjustedRatio' | 'ratio'>,
  texts: CompareTexts,
): string {
  const ratio = row.adjustedRatio ?? row.ratio;
  if (ratio !== null) return percentChange(ratio);
  return row.delta === null ? '' : `${row.delta > 0 ? '+' : ''}${comparedQuantity(row.delta, row, texts)}`;
}

export function sideLine(side: NonNullable<Comparison['base']>, texts: CompareTexts): string {
  const steps = side.runs.reduce((all, { stepCount }) => all + stepCount, 0);
  return texts.side(side.runs.map(({ name }) => name).join(texts.comma), texts.runs(side.runs.length, steps));
}

/** Names of kernels have thousands of letters; pages and documents have them whole. */
const MOST_LETTERS = 72;

export function shortName(key: string): string {
  return shortened(key, MOST_LETTERS);
}

/** Keys of single ops do not say which of their figures is meant. */
export function rowName({ metric, key }: CompareRow): string {
  return key.endsWith(metric) ? key : `${metric} ${key}`;
}

/** What a side has, as far as it is known. */
export function sideText(row: CompareRow, side: 'base' | 'head', texts: CompareTexts): string {
  return comparedQuantity(row[side], comparedIn(row), texts, row.ranges?.[side]);
}

export function rowChange(row: CompareRow, texts: CompareTexts): string {
  return changeText({ ...row, ...comparedIn(row) }, texts);
}

function comparedIn({ kind, metric, unit }: CompareRow): Compared {
  return { metric, unit, isMeasured: kind === 'metric' };
}

/** What was measured beside traces, by what was run. */
export function measuredGroups(
  { rows }: Comparison,
  texts: CompareTexts,
): { readonly labels: string; readonly rows: readonly CompareRow[] }[] {
  const own = rows.filter(({ kind, labels }) => kind === 'metric' && labels !== null);
  return grouped(own, ({ labels }) => labelsAsText(labels ?? {})).map((some) => ({
    labels: labelled(some[0].labels ?? {}, texts),
    rows: some,
  }));
}
