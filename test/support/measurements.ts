import { type Metric, metricsOf, samplesOf, type Table } from '../../src/timeline/index.ts';

/** One measurement of a file as plain values. */
export interface PlainMeasurement {
  readonly labels: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Of a file, in its order: a metric that comes once more begins the next one. */
export function measurementsIn(tables: readonly Table[], path?: string): PlainMeasurement[] {
  const all = tables.filter((table) => path === undefined || table.path === path).flatMap(metricsOf);
  const found: { labels: Metric['labels']; metrics: Record<string, number> }[] = [];
  for (const { id, value, labels } of all) {
    const last = found.at(-1);
    const isSame = last !== undefined && sameLabels(last.labels, labels) && !Object.hasOwn(last.metrics, id);
    if (isSame) last.metrics[id] = value;
    else found.push({ labels, metrics: { [id]: value } });
  }
  return found;
}

/** How many samples of each family a file has by its labels. */
export function sampleCounts(tables: readonly Table[], labels: Metric['labels'], path: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const sample of tables.filter((table) => table.path === path).flatMap(samplesOf)) {
    if (sameLabels(sample.labels, labels)) counts[sample.family] = (counts[sample.family] ?? 0) + 1;
  }
  return counts;
}

function sameLabels(a: Metric['labels'], b: Metric['labels']): boolean {
  const [one, other] = [Object.entries(a).sort(), Object.entries(b).sort()];
  return JSON.stringify(one) === JSON.stringify(other);
}
