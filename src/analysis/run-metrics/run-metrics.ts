/**
 * The numbers of a run that somebody measured, by what was run: measurements with equal labels are repeats of one another, and
 * their mean stands for them. What a file gives only values or buckets of is worked out from these.
 */
import {
  type Labels,
  labelsText,
  METRIC_FAMILIES,
  metricFamily,
  type Run,
  STATISTICS,
  type Table,
} from '../../timeline/index.ts';
import { type Distribution, distributionsOf } from './distributions.ts';
import { type MetricFigure, figuresOf } from './figures.ts';
import { commonLabels, compareLabels, labelsWithout } from './labels.ts';

export interface MetricGroup {
  readonly labels: Labels;
  /** Those in which it differs from other groups. */
  readonly own: Labels;
  readonly figures: readonly MetricFigure[];
  readonly distributions: readonly Distribution[];
}

export interface RunMetrics {
  /** Labels that all groups have. */
  readonly common: Labels;
  readonly groups: readonly MetricGroup[];
  /** Of values that are no numbers (NaN, infinite) and are left out: how many there are. */
  readonly notNumbers: number;
}

export function runMetrics({ shards }: Run): RunMetrics {
  const tables = shards.flatMap(({ timeline }) => timeline.tables);
  const distributions = distributionsOf(tables);
  const { figures, notNumbers: ofMetrics } = figuresOf(tables, distributions);
  const notNumbers = tables.reduce((sum, table) => sum + samplesNotNumbers(table), ofMetrics);
  const byLabels = new Map<string, { labels: Labels; figures: MetricFigure[]; distributions: Distribution[] }>();
  const groupOf = ({ labels }: { readonly labels: Labels }) => {
    const text = labelsText(labels);
    const group = byLabels.get(text) ?? { labels, figures: [], distributions: [] };
    byLabels.set(text, group);
    return group;
  };
  for (const figure of figures) groupOf(figure).figures.push(figure);
  for (const distribution of distributions) groupOf(distribution).distributions.push(distribution);
  const found = [...byLabels.values()];
  const common = commonLabels(found.map(({ labels }) => labels));
  const groups = found.map((group): MetricGroup => ({
    labels: group.labels,
    figures: group.figures.sort(byDefinition),
    distributions: group.distributions.sort((a, b) => placeOf(a.family) - placeOf(b.family)),
    own: labelsWithout(group.labels, (name) => Object.hasOwn(common, name)),
  }));
  return { common, groups: groups.sort((a, b) => compareLabels(a.labels, b.labels)), notNumbers };
}

const FAMILIES = Object.keys(METRIC_FAMILIES);

const STATISTIC_ORDER: readonly string[] = STATISTICS;

/** Known ones in the order in which they are defined, then the others as they come. */
function placeOf(family: string): number {
  const place = FAMILIES.indexOf(family);
  return place < 0 ? FAMILIES.length : place;
}

function byDefinition(a: MetricFigure, b: MetricFigure): number {
  const [one, other] = [metricFamily(a.id), metricFamily(b.id)];
  const statistic = ({ id }: MetricFigure): number => {
    const at = STATISTIC_ORDER.indexOf(id.slice(metricFamily(id).length + 1));
    return at < 0 ? STATISTIC_ORDER.length : at;
  };
  return placeOf(one) - placeOf(other) || (one === other ? statistic(a) - statistic(b) : 0);
}

function samplesNotNumbers({ kind, columns }: Table): number {
  const values = kind === 'samples' ? columns.find(({ name }) => name === 'value')?.values : undefined;
  return values === undefined ? 0 : values.length - values.filter(Number.isFinite).length;
}
