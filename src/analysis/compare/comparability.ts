/**
 * Whether two sides are recordings of the same work on the same machine. Where one of them does not tell, the check says
 * `unknown`. docs/ci.md has the table.
 */
import { type DIAGNOSTIC_KINDS } from '../../base/index.ts';
import { PHASES } from '../steps/step.ts';
import { isMeasured, type LabelApart, labelsApart } from './measured-metrics.ts';
import { isTraced, phaseOn } from './measure.ts';
import { labelsAsText } from '../run-metrics/index.ts';
import type { RunSummary } from './summary.ts';
import type { Weighed } from './weigh.ts';

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
] as const;
export type Check = (typeof CHECKS)[number];

/** not-comparable ends the comparison; a warning and what is unknown are told. */
export type Severity = 'same' | 'unknown' | 'warning' | 'not-comparable';

export interface Comparability {
  readonly check: Check;
  readonly base: string | null;
  readonly head: string | null;
  readonly severity: Severity;
}

/** A phase that has more of the time of one side is not missing on the other by chance. */
const MISSING_PHASE_SHARE = 0.2;
/** Ops of a step that both sides have, among those that either has. */
const OTHER_MODEL_BELOW = 0.5;
const CHANGED_MODEL_BELOW = 0.9;
/** The time of ops that agree in type, name and shapes. */
const OTHER_SHAPES_BELOW = 0.8;

/** `allowed` are checks that the user knows to fail: they warn. */
export function checkComparability(
  base: readonly RunSummary[],
  head: readonly RunSummary[],
  rows: readonly Weighed[],
  allowed: readonly Check[],
): Comparability[] {
  const facts = (['device', 'chip', 'world', 'tp', 'pp', 'devices'] as const).map((name) => {
    const [one, other] = [base, head].map((runs) =>
      distinct(runs.filter(isTraced).map(({ environment }) => environment[name])),
    );
    return compared(name, one, other, 'not-comparable');
  });
  const sourceOf = (runs: readonly RunSummary[]): string | null =>
    distinct(runs.filter(isTraced).map(({ stepSource }) => stepSource));
  const toolkits = [base, head].map((runs) => distinct(runs.map(({ environment }) => environment.toolkit)));
  const checks = [
    ...facts,
    commonSteps(base, head, rows),
    phaseMix(base, head),
    model(base, head),
    dataLoss(base, head),
    shapes(rows),
    compared('step-count', stepCounts(base), stepCounts(head), 'warning'),
    compared('step-source', sourceOf(base), sourceOf(head), 'warning'),
    compared('toolkit', toolkits[0], toolkits[1], 'warning'),
    labels(labelsApart(base, head)),
    measured(base, head, rows),
    units(rows),
  ];
  return checks.map((each) =>
    each.severity === 'not-comparable' && allowed.includes(each.check) ? { ...each, severity: 'warning' } : each,
  );
}

function compared(check: Check, base: string | null, head: string | null, severity: Severity): Comparability {
  if (base === null || head === null) return { check, base, head, severity: 'unknown' };
  return { check, base, head, severity: base === head ? 'same' : severity };
}

/** What the runs of a side say, all that differs; null where none says anything. */
function distinct(values: readonly (string | number | undefined)[]): string | null {
  const known = new Set(values.filter((value) => value !== undefined).map(String));
  return known.size === 0 ? null : [...known].sort().join(' | ');
}

/** Without a trace nobody expects steps; where one side has none, what was measured may still be compared. */
function commonSteps(
  base: readonly RunSummary[],
  head: readonly RunSummary[],
  rows: readonly Weighed[],
): Comparability {
  const isWithout = [base, head].map((runs) => !runs.some(isTraced));
  if (isWithout[0] && isWithout[1]) return { check: 'steps', base: null, head: null, severity: 'unknown' };
  if ((isWithout[0] || isWithout[1]) && rows.some(isComparedMetric)) {
    const [one, other] = isWithout.map((isMissing) => (isMissing ? 'no trace' : 'trace'));
    return { check: 'steps', base: one, head: other, severity: 'warning' };
  }
  const phasesOf = (runs: readonly RunSummary[]): string[] => PHASES.filter((phase) => phaseOn(runs, phase).length > 0);
  const [one, other] = [phasesOf(base), phasesOf(head)];
  const severity = one.some((phase) => other.includes(phase)) ? 'same' : 'not-comparable';
  return { check: 'steps', base: one.join(', ') || 'none', head: other.join(', ') || 'none', severity };
}

function phaseMix(base: readonly RunSummary[], head: readonly RunSummary[]): Comparability {
  const [one, other] = [phaseShares(base), phaseShares(head)];
  const isOther = PHASES.some(
    (phase) => Math.max(one[phase], other[phase]) > MISSING_PHASE_SHARE && Math.min(one[phase], other[phase]) === 0,
  );
  const text = (shares: Record<string, number>): string | null => {
    const parts = PHASES.filter((phase) => shares[phase] > 0).map((phase) => `${phase} ${percent(shares[phase])}`);
    return parts.length === 0 ? null : parts.join(', ');
  };
  const texts = [text(one), text(other)];
  const severity = texts.includes(null) ? 'unknown' : isOther ? 'not-comparable' : 'same';
  return { check: 'phase-mix', base: texts[0], head: texts[1], severity };
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
  if (all === 0) return { check: 'model', base: null, head: null, severity: 'unknown' };
  const share = common / all;
  const severity = share < OTHER_MODEL_BELOW ? 'not-comparable' : share < CHANGED_MODEL_BELOW ? 'warning' : 'same';
  return { check: 'model', base: percent(1), head: percent(share), severity };
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
  const text = (lost: readonly [string, number][]): string => {
    const sums = new Map<string, number>();
    for (const [kind, count] of lost) sums.set(kind, (sums.get(kind) ?? 0) + count);
    return [...sums].map(([kind, count]) => `${kind} ${count}`).join(', ') || 'none';
  };
  const kinds = [...one, ...other].map(([kind]) => kind);
  const severity =
    kinds.length === 0 ? 'same' : kinds.every((kind) => REPAIRS.has(kind)) ? 'warning' : 'not-comparable';
  return { check: 'data-loss', base: text(one), head: text(other), severity };
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
    ({ measure: { metric, tier } }) => metric === 'op.total' && tier !== undefined && tier !== 'type',
  );
  const time = (some: readonly Weighed[]): number => some.reduce((sum, { base = 0, head = 0 }) => sum + base + head, 0);
  if (ops.every(({ measure }) => (measure.op?.shapes ?? '') === '')) {
    return { check: 'shapes', base: null, head: null, severity: 'unknown' };
  }
  const share = time(ops.filter(({ measure }) => measure.tier === 'exact')) / time(ops);
  return {
    ...{ check: 'shapes', base: percent(1), head: percent(share) },
    severity: share < OTHER_SHAPES_BELOW ? 'warning' : 'same',
  };
}

function stepCounts(runs: readonly RunSummary[]): string | null {
  const counts = PHASES.flatMap((phase) => {
    const own = phaseOn(runs, phase).map(({ stepCount }) => stepCount);
    return own.length === 0 ? [] : [`${phase} ${distinct(own)}`];
  });
  return counts.length === 0 ? null : counts.join(', ');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

function isComparedMetric({ measure, effect }: Weighed): boolean {
  return isMeasured(measure) && effect !== undefined;
}

/** What was run, as far as each side says one thing and the other another. */
function labels(apart: readonly LabelApart[]): Comparability {
  if (apart.length === 0) return { check: 'labels', base: null, head: null, severity: 'unknown' };
  const text = (side: 'base' | 'head'): string =>
    labelsAsText(Object.fromEntries(apart.map((each) => [each.name, each[side] || '-'])));
  const severity = apart.some(({ isWorkload }) => isWorkload) ? 'not-comparable' : 'warning';
  return { check: 'labels', base: text('base'), head: text('head'), severity };
}

const GROUPS_NAMED = 3;

/** Groups of labels that only one side has are compared with nothing, which has to be said. */
function measured(base: readonly RunSummary[], head: readonly RunSummary[], rows: readonly Weighed[]): Comparability {
  const [one, other] = [base, head].map((runs) => runs.some(({ metrics }) => metrics.some(isMeasured)));
  if (!one && !other) return { check: 'metrics', base: null, head: null, severity: 'unknown' };
  const own = rows.filter(({ measure }) => isMeasured(measure));
  const groupOf = ({ measure }: Weighed): string => labelsAsText(measure.labels ?? {});
  const common = new Set(own.filter(isComparedMetric).map(groupOf));
  const lone = (side: 'base' | 'head'): string[] => [
    ...new Set(own.filter((row) => row[side] !== undefined && !common.has(groupOf(row))).map(groupOf)),
  ];
  const text = (groups: readonly string[], isThere: boolean): string => {
    const named = groups.slice(0, GROUPS_NAMED).map((group) => group || 'no labels');
    const rest = groups.length - named.length;
    if (!isThere) return 'none';
    if (groups.length === 0) return `${common.size} common`;
    return `only here: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
  };
  const [loneBase, loneHead] = [lone('base'), lone('head')];
  const isSame = loneBase.length + loneHead.length === 0;
  const severity = isSame ? 'same' : common.size === 0 && one && other ? 'not-comparable' : 'warning';
  return { check: 'metrics', base: text(loneBase, one), head: text(loneHead, other), severity };
}

/** A number in seconds on one side and a count on the other is not one that changed. */
function units(rows: readonly Weighed[]): Comparability {
  const metrics = rows.filter(({ measure }) => measure.kind === 'metric');
  const of = (side: 'base' | 'head'): Map<string, string> =>
    new Map(metrics.flatMap((row) => (row[side] === undefined ? [] : [[row.measure.metric, row.measure.unit]])));
  const [one, other] = [of('base'), of('head')];
  const differing = [...one].filter(([id, unit]) => other.has(id) && other.get(id) !== unit).map(([id]) => id);
  const text = (known: ReadonlyMap<string, string>): string =>
    differing.map((id) => `${id} in ${known.get(id)}`).join(', ');
  if (differing.length === 0) return { check: 'units', base: null, head: null, severity: 'unknown' };
  return { check: 'units', base: text(one), head: text(other), severity: 'warning' };
}
