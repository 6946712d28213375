/** Which metrics rules may name. docs/ci.md shows the same list. */
import { knownMetric, METRIC_FAMILIES, STATISTICS } from '../../timeline/index.ts';
import { BUBBLE_CAUSES } from '../bubbles/bubble.ts';
import { PHASES } from '../steps/step.ts';
import { BUBBLE_SUMS } from './measure.ts';
import { STEP_FIGURES } from './summary.ts';

/** What stands before the dot of a figure of steps: one phase, or `step` for each that both sides have. */
const PREFIXES = ['step', ...PHASES];

const OP_METRICS = ['op.total', 'op.count'];

export const KNOWN_METRICS: readonly string[] = [
  ...PREFIXES.flatMap((prefix) => [...STEP_FIGURES, 'rank.skew'].map((figure) => `${prefix}.${figure}`)),
  ...['', ...PHASES.map((phase) => `${phase}.`)].flatMap((prefix) =>
    [
      ...OP_METRICS,
      'op.unmatched',
      ...BUBBLE_CAUSES.map((cause) => `bubble.${cause}`),
      ...Object.keys(BUBBLE_SUMS).map((sum) => `bubble.${sum}`),
    ].map((metric) => prefix + metric),
  ),
  'memory.allocated',
  'memory.reserved',
];

/** Those that benchmarks, servers and scripts measure. Every percentile is one; these are the usual ones. */
export const MEASURED_METRICS: readonly string[] = Object.entries(METRIC_FAMILIES).flatMap(([family, { isSpread }]) =>
  isSpread ? STATISTICS.map((statistic) => `${family}.${statistic}`) : [family],
);

export function takesLabels(metric: string): boolean {
  return knownMetric(metric) !== undefined;
}

/** What its limits may be given in, besides a share. */
export function quantityOf(metric: string): 'ns' | 'bytes' | 'count' {
  const unit = knownMetric(metric)?.unit;
  if (unit !== undefined) return unit === 'ns' || unit === 'bytes' ? unit : 'count';
  if (metric.startsWith('memory.')) return 'bytes';
  return /(^|\.)(op-count|op\.count)$/.test(metric) ? 'count' : 'ns';
}

export function takesSelector(metric: string): boolean {
  return OP_METRICS.some((each) => metric.endsWith(each));
}
