/**
 * Numbers that somebody measured (TTFT, tokens per second), as measures: each id and each of what was run for itself. Labels
 * that only say whose side it is, as the version of a server, do not keep the sides apart; labels of the workload do, unless
 * somebody allows that.
 */
import { mean } from '../../base/index.ts';
import { type Labels, labelsText, metricFamily, type Run } from '../../timeline/index.ts';
import { labelsWithout, runMetrics, valueOf } from '../run-metrics/index.ts';
import type { Figure } from './figure.ts';
import type { Measure } from './measure.ts';
import type { PhaseSummary, RunMetric, RunSummary } from './summary.ts';

/** Of metrics that a trace tells. */
export const STEP_LABELS: Labels = { source: 'decode steps' };

/** Two sides that differ in one of these did other work. */
const WORKLOAD = [
  'model',
  ...['batch', 'prefill', 'decode', 'input_len', 'output_len', 'dataset'],
  ...['request_rate', 'burstiness', 'max_concurrency', 'num_prompts'],
  ...['tensor_parallel_size', 'pipeline_parallel_size', 'data_parallel_size'],
];

/** How far two runs of the same thing lie from their mean, by the statistic: the rarer a value, the more it moves. */
const STATISTIC_SCATTER: Readonly<Record<string, number>> = { p90: 0.04, p95: 0.05, p99: 0.08, max: 0.2, std: 0.15 };
const RATE_SCATTER = 0.02;
const MEAN_SCATTER = 0.03;

export function measuredMetrics(run: Run): RunMetric[] {
  return runMetrics(run).groups.flatMap(({ labels, figures }) =>
    figures.map(({ id, unit, better, value, error, low, high, repeats }) => ({
      ...{ id, unit, better, value, error },
      ...(low === undefined || high === undefined
        ? {}
        : { range: [low, Number.isFinite(high) ? high : null] satisfies RunMetric['range'] }),
      ...(repeats > 1 ? { repeats } : {}),
      labels,
    })),
  );
}

/** A decode step makes one token of each sequence. */
export function stepMetrics({ phase, figures }: PhaseSummary): RunMetric[] {
  const { value, error } = figures.mean;
  if (phase !== 'decode' || value === 0) return [];
  const perSecond = (ns: number): number => Math.round(1e12 / ns) / 1000;
  const spread = Math.ceil((1e12 * error) / value ** 2) / 1000;
  const known = { id: 'output_tok_s', unit: '1/s', better: 'higher' } as const;
  return [{ ...known, value: perSecond(value), error: spread, labels: STEP_LABELS }];
}

/** By somebody, beside a trace; what is no metric has no labels. */
export function isMeasured({ labels }: { readonly labels?: Labels | undefined }): boolean {
  return labels !== undefined && valueOf(labels, 'source') !== STEP_LABELS.source;
}

/** A label that has one value on each side, and not the same. */
export interface LabelApart {
  readonly name: string;
  readonly base: string;
  readonly head: string;
  readonly isWorkload: boolean;
}

export function labelsApart(base: readonly RunSummary[], head: readonly RunSummary[]): LabelApart[] {
  const sides = [base, head].map((runs) => runs.flatMap(({ metrics }) => metrics.filter(isMeasured)));
  if (sides.some((metrics) => metrics.length === 0)) return [];
  const names = new Set(sides.flat().flatMap(({ labels }) => Object.keys(labels)));
  return [...names].flatMap((name) => {
    const [one, other] = sides.map((metrics) => new Set(metrics.map(({ labels }) => valueOf(labels, name))));
    const [[first], [second]] = [[...one], [...other]];
    const isApart = one.size === 1 && other.size === 1 && first !== second;
    return isApart ? [{ name, base: first, head: second, isWorkload: WORKLOAD.includes(name) }] : [];
  });
}

export function metricMeasures(
  base: readonly RunSummary[],
  head: readonly RunSummary[],
  mayLabelsDiffer: boolean,
): Measure[] {
  const apart = labelsApart(base, head).filter(({ isWorkload }) => mayLabelsDiffer || !isWorkload);
  const isLeft = (name: string): boolean => apart.some((each) => each.name === name);
  const all = new Map<string, { labels: Labels; first: RunMetric; base: RunMetric[]; head: RunMetric[] }>();
  for (const [side, runs] of [['base', base] as const, ['head', head] as const]) {
    for (const metric of runs.flatMap(({ metrics }) => metrics)) {
      const labels = labelsWithout(metric.labels, isLeft);
      const key = JSON.stringify([metric.id, metric.unit, labelsText(labels)]);
      const found = all.get(key) ?? { labels, first: metric, base: [], head: [] };
      all.set(key, found);
      found[side].push(metric);
    }
  }
  return [...all.values()].map(({ labels, first: { id, unit, better }, base: one, head: other }) => ({
    ...{ kind: 'metric', metric: id, phase: undefined, op: undefined, ofType: undefined, tier: undefined },
    ...{ unit, better, labels, priorScatter: scatterOf(id) },
    count: { base: repeatsOf(one), head: repeatsOf(other) },
    base: figuresOf(one, other),
    head: figuresOf(other, one),
    ranges: { base: rangeOf(one), head: rangeOf(other) },
  }));
}

function scatterOf(id: string): number {
  const family = metricFamily(id);
  if (family === id) return RATE_SCATTER;
  return STATISTIC_SCATTER[id.slice(family.length + 1)] ?? MEAN_SCATTER;
}

function repeatsOf(metrics: readonly RunMetric[]): number {
  return metrics.reduce((sum, { repeats = 1 }) => sum + repeats, 0);
}

/**
 * Of a number without an upper bound only the least is known: that is enough where the other side lies below it, as the change
 * is that or more. Else nothing is known, and the error says so.
 */
function figuresOf(own: readonly RunMetric[], others: readonly RunMetric[]): Figure[] {
  const most = others.reduce(
    (highest, { value, range }) =>
      Math.max(highest, range === undefined ? value : (range[1] ?? Number.POSITIVE_INFINITY)),
    Number.NEGATIVE_INFINITY,
  );
  return own.map(({ value, error, range }) => {
    const isOpen = range !== undefined && range[1] === null;
    return { value, error: isOpen && most >= value ? Math.abs(value) : error };
  });
}

function rangeOf(metrics: readonly RunMetric[]): readonly [low: number, high: number | null] | undefined {
  if (metrics.every(({ range }) => range === undefined)) return undefined;
  const highs = metrics.map(({ value, range }) => (range === undefined ? value : range[1]));
  const known = highs.flatMap((high) => high ?? []);
  return [
    mean(metrics.map(({ value, range }) => range?.[0] ?? value)),
    known.length < highs.length ? null : mean(known),
  ];
}
