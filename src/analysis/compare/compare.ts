/**
 * Two sides of runs, and whether the second is worse: `traceconv.compare/1`, except that facts of checks are not yet put into
 * words.
 */
import { commonLabels, compareLabels, labelsAsText, labelsWithout } from '../run-metrics/index.ts';
import type { Labels } from '../../timeline/index.ts';
import { PHASES } from '../steps/step.ts';
import type { NamedRun, Tool } from './baseline.ts';
import { isWorthARow } from './changes.ts';
import type { Check, Comparability } from './check.ts';
import { checkComparability } from './comparability.ts';
import { type Acceptance, isJudged, isOfTrace, judgeAll, type Judgement, type Outcome } from './judge.ts';
import { type Tier, TIERS } from './match-ops.ts';
import { isMeasured, STEP_LABELS } from './measured-metrics.ts';
import { type Measure, measuresOf, type RowKind } from './measure.ts';
import type { Rule } from './rule.ts';
import type { RunEnvironment, RunSummary } from './summary.ts';
import {
  changeOf,
  DEFAULT_FLOORS,
  type Drifts,
  driftsOf,
  type Floors,
  type RowStatus,
  weigh,
  type Weighed,
  type WhySame,
} from './weigh.ts';

export const COMPARE_SCHEMA = 'traceconv.compare/1';
export type Verdict = 'pass' | 'regression' | 'not-comparable';
export const VERDICT_EXIT: Readonly<Record<Verdict, number>> = { pass: 0, regression: 4, 'not-comparable': 6 };

/** Times are whole ns, ratios are shares (0.05 is 5 %), null is not known. */
export interface Comparison {
  readonly schema: typeof COMPARE_SCHEMA;
  readonly tool: Tool;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** null on the first run, when there is nothing to compare with. */
  readonly base: Side | null;
  readonly head: Side;
  readonly comparability: readonly Comparability[];
  readonly rules: readonly RuleResult[];
  readonly rows: readonly Row[];
  readonly coverage: Coverage;
  readonly drift: readonly DriftResult[];
  /** What all that was measured beside traces has in common. */
  readonly commonLabels: Labels;
}

export interface Side {
  readonly runs: readonly {
    readonly name: string;
    /** As a report counts them, with those that warm up. */
    readonly stepCount: number;
    readonly stepSource: RunSummary['stepSource'];
    /** 0 to 1; null in baselines that do not tell. */
    readonly stepConfidence: number | null;
    readonly environment: Record<keyof RunEnvironment, string | number | null>;
  }[];
}

export interface RuleResult {
  readonly expr: string;
  readonly metric: string;
  /** Whether it is about what was measured beside traces. */
  readonly isMeasured: boolean;
  /** Of the row that broke it most or came closest. */
  readonly key: string | null;
  readonly unit: string | null;
  readonly base: number | null;
  readonly head: number | null;
  readonly delta: number | null;
  readonly ratio: number | null;
  /** The ratio without what all ops of the run are off by. */
  readonly adjustedRatio: number | null;
  readonly ranges: Row['ranges'];
  readonly thresholds: Rule['conditions'];
  readonly outcome: Outcome;
  /** Whether the limits were held against the plain change, because one measurement a side shows no noise. */
  readonly isPlain: boolean;
  /** Why it was accepted. */
  readonly reason: string | null;
  /** Keys of all rows that broke it. */
  readonly failing: readonly string[];
}

export interface Row {
  readonly kind: RowKind;
  readonly metric: string;
  readonly key: string;
  /** What was run, where it was measured; without what all have in common. */
  readonly labels: Labels | null;
  /** Where only bounds are known; null for an upper one that is not. */
  readonly ranges: { readonly base: Range | null; readonly head: Range | null } | null;
  readonly tier: Tier | null;
  readonly unit: string;
  readonly base: number | null;
  readonly head: number | null;
  readonly delta: number | null;
  readonly ratio: number | null;
  readonly adjustedRatio: number | null;
  /** 95 % of the adjusted ratio. */
  readonly ci: readonly [low: number, high: number] | null;
  /** Steps of all runs; runs for what does not depend on steps. */
  readonly n: { readonly base: number; readonly head: number };
  readonly status: RowStatus;
  readonly whySame: WhySame | null;
}

type Range = readonly [low: number, high: number | null];

/** Of the time of ops of both sides, the share that was matched at each tier. */
export type Coverage = Readonly<Record<Tier | 'unmatched', number | null>>;

export interface DriftResult {
  readonly phase: string;
  /** null for that of all ops; else of a type whose ops have a drift of their own. */
  readonly type: string | null;
  readonly ratio: number;
  readonly isTakenOut: boolean;
}

export interface CompareOptions {
  readonly rules: readonly Rule[];
  readonly accepted?: readonly Acceptance[] | undefined;
  readonly allowed?: readonly Check[] | undefined;
  readonly floors?: Floors | undefined;
  readonly tool: Tool;
}

/** An empty base is the first run of all: it passes. */
export function compareRuns(
  base: readonly NamedRun[],
  head: readonly NamedRun[],
  { rules, accepted = [], allowed = [], floors = DEFAULT_FLOORS, tool }: CompareOptions,
): Comparison {
  const common = { schema: COMPARE_SCHEMA, tool } as const;
  if (base.length === 0) {
    const nothing = { comparability: [], rules: [], rows: [], coverage: coverageOf([]), drift: [], commonLabels: {} };
    return { ...common, verdict: 'pass', exitCode: VERDICT_EXIT.pass, base: null, head: sideOf(head), ...nothing };
  }
  const [one, other] = [base, head].map((runs) => runs.map(({ summary }) => summary));
  const measures = measuresOf(one, other, allowed.includes('labels'));
  const drifts = driftsOf(measures);
  const rows = weigh(measures, drifts, floors);
  const evidence = { rows, base: one, head: other, drifts, floors };
  const judgements = judgeAll(rules, evidence, { accepted, mayLackSteps: allowed.includes('steps') });
  const isLacking = judgements.some(({ rule, outcome }) => outcome === 'absent' && isOfTrace(rule));
  const mayLackSteps = judgements.some(isJudged) && !isLacking;
  const comparability = checkComparability(one, other, rows, { allowed, mayLackSteps });
  const shared = sharedLabels(measures);
  const verdict = verdictOf(comparability, judgements);
  return {
    ...common,
    ...{ verdict, exitCode: VERDICT_EXIT[verdict], base: sideOf(base), head: sideOf(head), comparability },
    rules: judgements.map((each) => ruleResult(each, shared.left)),
    rows: rows
      .filter(isWorthARow)
      .sort(byKindAndChange)
      .map((row) => rowOf(row, shared.left)),
    coverage: coverageOf(rows),
    drift: driftResults(drifts),
    commonLabels: shared.said,
  };
}

/** What labels of rows leave out, and what is said of all that was measured. */
function sharedLabels(measures: readonly Measure[]): { readonly left: Labels; readonly said: Labels } {
  const measured = measures.filter(isMeasured).map(({ labels = {} }) => labels);
  const said = commonLabels(measured);
  return { left: measured.length === 0 ? STEP_LABELS : said, said };
}

function verdictOf(comparability: readonly Comparability[], judgements: readonly Judgement[]): Verdict {
  if (comparability.some(({ severity }) => severity === 'not-comparable')) return 'not-comparable';
  return judgements.some(({ outcome }) => outcome === 'fail' || outcome === 'absent') ? 'regression' : 'pass';
}

function sideOf(runs: readonly NamedRun[]): Side {
  return {
    runs: runs.map(({ name, summary: { phases, environment, stepCount, stepSource, stepConfidence } }) => ({
      name,
      stepCount: stepCount ?? phases.reduce((sum, phase) => sum + phase.stepCount, 0),
      stepSource,
      stepConfidence: stepConfidence === undefined ? null : rounded(stepConfidence),
      environment: {
        device: environment.device ?? null,
        chip: environment.chip ?? null,
        toolkit: environment.toolkit ?? null,
        devices: environment.devices,
        world: environment.world ?? null,
        tp: environment.tp ?? null,
        pp: environment.pp ?? null,
      },
    })),
  };
}

function ruleResult({ rule, outcome, isPlain, worst, failing, acceptedFor }: Judgement, common: Labels): RuleResult {
  return {
    expr: rule.expr,
    metric: rule.metric,
    isMeasured: !isOfTrace(rule),
    key: worst === undefined ? null : keyOf(worst.measure, common),
    unit: worst?.measure.unit ?? null,
    ...numbersOf(worst),
    ranges: worst === undefined ? null : rangesOf(worst.measure),
    thresholds: rule.conditions,
    outcome,
    isPlain,
    reason: acceptedFor ?? null,
    failing: failing.map(({ measure }) => keyOf(measure, common)),
  };
}

function rowOf(row: Weighed, common: Labels): Row {
  const { measure, effect, status, whySame = null } = row;
  return {
    kind: measure.kind,
    metric: measure.metric,
    key: keyOf(measure, common),
    labels: isMeasured(measure) ? ownLabels(measure.labels ?? {}, common) : null,
    ranges: rangesOf(measure),
    tier: measure.tier ?? null,
    unit: measure.unit,
    ...numbersOf(row),
    ci: effect?.interval === undefined ? null : [rounded(effect.interval[0]), rounded(effect.interval[1])],
    n: measure.count,
    status,
    whySame,
  };
}

function numbersOf(row: Weighed | undefined): Pick<Row, 'base' | 'head' | 'delta' | 'ratio' | 'adjustedRatio'> {
  const inUnit = (value: number): number =>
    row?.measure.unit === 'ns' || row?.measure.unit === 'bytes' ? Math.round(value) : rounded(value);
  const { base, head, effect } = row ?? {};
  const adjusted = effect === undefined ? undefined : changeOf(effect).ratio;
  const isWhole = base !== undefined && head !== undefined;
  return {
    base: base === undefined ? null : inUnit(base),
    head: head === undefined ? null : inUnit(head),
    delta: isWhole ? rounded(inUnit(head) - inUnit(base)) : null,
    ratio: isWhole && base !== 0 ? rounded(head / base - 1) : null,
    adjustedRatio: adjusted === undefined ? null : rounded(adjusted),
  };
}

/** Six decimals: finer than any noise, and the same text for the same input. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0;
}

function rangesOf({ ranges }: Measure): Row['ranges'] {
  if (ranges?.base === undefined && ranges?.head === undefined) return null;
  return { base: ranges.base ?? null, head: ranges.head ?? null };
}

function ownLabels(labels: Labels, common: Labels): Labels {
  return labelsWithout(labels, (name) => Object.hasOwn(common, name));
}

/** `decode MatMulV2 (1,4096;4096,4096)`, `decode.p50`, `memory.allocated`, `ttft.p99[batch=4]`. */
function keyOf({ phase, metric, op, tier, labels }: Measure, common: Labels): string {
  const own = labelsAsText(ownLabels(labels ?? {}, common));
  if (labels !== undefined) return own === '' ? metric : `${metric}[${own}]`;
  if (op === undefined) return phase === undefined ? metric : `${phase}.${metric}`;
  const { type, name, shapes } = op;
  const plain =
    name === '' ? `${type}${tier === undefined ? '' : ' *'}`.trim() : name === type ? type : `${type} ${name}`;
  return `${phase} ${plain}${shapes === '' ? '' : ` (${shapes})`}`;
}

const KINDS: readonly RowKind[] = ['step', 'op', 'bubble', 'rank', 'memory', 'metric'];

/** Kinds in order; ops with the largest change first, the others in the order of their definition. */
function byKindAndChange(a: Weighed, b: Weighed): number {
  const order = KINDS.indexOf(a.measure.kind) - KINDS.indexOf(b.measure.kind);
  if (order === 0 && a.measure.kind === 'metric') return compareLabels(a.measure.labels ?? {}, b.measure.labels ?? {});
  if (order !== 0 || a.measure.kind !== 'op') return order;
  const phases =
    PHASES.findIndex((phase) => phase === a.measure.phase) - PHASES.findIndex((phase) => phase === b.measure.phase);
  return phases || sizeOf(b) - sizeOf(a);
}

function sizeOf({ base = 0, head = 0, effect }: Weighed): number {
  return Math.abs(effect === undefined ? head - base : changeOf(effect).delta);
}

function coverageOf(rows: readonly Weighed[]): Coverage {
  const ops = rows.filter(({ measure }) => measure.metric === 'op.total');
  const time = (some: readonly Weighed[]): number => some.reduce((sum, { base = 0, head = 0 }) => sum + base + head, 0);
  const all = time(ops);
  const share = (tier: Tier | undefined): number | null =>
    all === 0 ? null : rounded(time(ops.filter(({ measure }) => measure.tier === tier)) / all);
  const [exact, bucket, name, type] = TIERS.map(share);
  return { exact, 'shape-bucket': bucket, name, type, unmatched: share(undefined) };
}

function driftResults(drifts: Drifts): DriftResult[] {
  return [...drifts].flatMap(([phase, drift]) =>
    [[null, drift] as const, ...drift.types].flatMap(([type, { ratio, isTakenOut }]) =>
      ratio === undefined ? [] : [{ phase, type, ratio: rounded(ratio), isTakenOut }],
    ),
  );
}
