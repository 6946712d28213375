/** Whether what was measured beside traces is of the same work: by its labels, and by what was measured at all. */
import { deviation, grouped, mean } from '../../base/index.ts';
import { metricFamily } from '../../timeline/index.ts';
import { areUnlikeRepeats, labelsAsText } from '../run-metrics/index.ts';
import { type CheckFacts, type Comparability, namedFact, textFact, unknown } from './check.ts';
import { isMeasured, labelsApart } from './measured-metrics.ts';
import type { RunMetric, RunSummary } from './summary.ts';
import type { Weighed } from './weigh.ts';

type Side = 'base' | 'head';

export function isComparedMetric({ measure, effect }: Weighed): boolean {
  return isMeasured(measure) && effect !== undefined;
}

/** What was run, as far as each side says one thing and the other another. */
export function labels(base: readonly RunSummary[], head: readonly RunSummary[]): Comparability {
  const apart = labelsApart(base, head);
  if (apart.length === 0) return unknown('labels');
  const facts = (side: Side): CheckFacts => [
    textFact(labelsAsText(Object.fromEntries(apart.map((each) => [each.name, each[side] || '-'])))),
  ];
  const severity = apart.some(({ isWorkload }) => isWorkload) ? 'not-comparable' : 'warning';
  return { check: 'labels', base: facts('base'), head: facts('head'), severity };
}

const FAMILIES_NAMED = 6;

/** Groups of labels that only one side has are compared with nothing, which has to be said. */
export function measured(
  base: readonly RunSummary[],
  head: readonly RunSummary[],
  rows: readonly Weighed[],
): Comparability {
  const [one, other] = [base, head].map((runs) => runs.some(({ metrics }) => metrics.some(isMeasured)));
  if (!one && !other) return unknown('metrics');
  const own = rows.filter(({ measure }) => isMeasured(measure));
  const groupOf = ({ measure }: Weighed): string => labelsAsText(measure.labels ?? {});
  const of = (side: Side): Weighed[] => own.filter((row) => row[side] !== undefined);
  const common = new Set(own.filter(isComparedMetric).map(groupOf));
  const lone = (side: Side): string[] => [
    ...new Set(
      of(side)
        .map(groupOf)
        .filter((group) => !common.has(group)),
    ),
  ];
  // Sides that have a group in common and were not compared have other metrics: groups would not tell them apart.
  const isOtherMetrics = common.size === 0 && lone('base').some((group) => lone('head').includes(group));
  const facts = (side: Side, isThere: boolean): CheckFacts => {
    if (!isThere) return [{ is: 'none' }];
    const families = [...new Set(of(side).map(({ measure: { metric } }) => metricFamily(metric)))];
    if (isOtherMetrics) return [namedFact('measures', families, FAMILIES_NAMED)];
    const groups = lone(side);
    return groups.length === 0 ? [{ is: 'common-groups', count: common.size }] : [namedFact('only-here', groups)];
  };
  const isSame = lone('base').length + lone('head').length === 0;
  const severity = isSame ? 'same' : common.size === 0 && one && other ? 'not-comparable' : 'warning';
  return { check: 'metrics', base: facts('base', one), head: facts('head', other), severity };
}

/** A number in seconds on one side and a count on the other is not one that changed. */
export function units(rows: readonly Weighed[]): Comparability {
  const metrics = rows.filter(({ measure }) => measure.kind === 'metric');
  const of = (side: Side): Map<string, string> =>
    new Map(metrics.flatMap((row) => (row[side] === undefined ? [] : [[row.measure.metric, row.measure.unit]])));
  const [one, other] = [of('base'), of('head')];
  const differing = [...one].filter(([id, unit]) => other.has(id) && other.get(id) !== unit).map(([id]) => id);
  const facts = (known: ReadonlyMap<string, string>): CheckFacts =>
    differing.map((metric) => ({ is: 'unit', metric, unit: known.get(metric) ?? '' }));
  if (differing.length === 0) return unknown('units');
  return { check: 'units', base: facts(one), head: facts(other), severity: 'warning' };
}

/** Results that no label tells apart count as repeats. Where they are far apart, they may be of other work. */
export function repeats(base: readonly RunSummary[], head: readonly RunSummary[]): Comparability {
  const [one, other] = [base, head].map((runs): CheckFacts => {
    const all = runs.flatMap(({ metrics }) => metrics.filter(isMeasured));
    const alike = grouped(all, ({ id, unit, labels: own }) => JSON.stringify([id, unit, labelsAsText(own)]));
    const unlike = alike.filter((some) => some.some(isUnlikeItself) || areApart(some)).map(([{ id }]) => id);
    return unlike.length === 0 ? [] : [namedFact('unlike', [...new Set(unlike)])];
  });
  if (one.length + other.length === 0) return unknown('repeats');
  return { check: 'repeats', base: one, head: other, severity: 'warning' };
}

/** Several results in one input. */
function isUnlikeItself({ id, unit, value, error, repeats: count = 1 }: RunMetric): boolean {
  return count > 1 && areUnlikeRepeats({ id, unit }, value, error * Math.sqrt(count));
}

/** One result in each of several inputs. */
function areApart(metrics: readonly RunMetric[]): boolean {
  if (metrics.length < 2) return false;
  const [{ id, unit }] = metrics;
  const values = metrics.map(({ value }) => value);
  return areUnlikeRepeats({ id, unit }, mean(values), deviation(values, 'sample'));
}
