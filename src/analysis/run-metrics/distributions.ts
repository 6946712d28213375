/**
 * What lies behind a mean or a p99: which share of the values does not exceed which bound. Values tell it exactly; buckets
 * tell it at their bounds, and between two of them only that it lies between.
 */
import { type Bounded, bucketQuantile, type Buckets, countOf, grouped, quantile } from '../../base/index.ts';
import {
  type Better,
  bucketRows,
  type Labels,
  labelsFrom,
  labelsText,
  METRIC_FAMILIES,
  type MetricUnit,
  NONE,
  type Table,
} from '../../timeline/index.ts';

export interface Distribution {
  readonly family: string;
  readonly unit: MetricUnit;
  readonly better: Better;
  readonly labels: Labels;
  readonly count: number;
  /** In ascending order; undefined where only buckets are known. */
  readonly values: Float64Array | undefined;
  /** Where values are not known. */
  readonly buckets: Buckets | undefined;
}

export function distributionsOf(tables: readonly Table[]): Distribution[] {
  const valued = ofSamples(tables);
  const known = new Set(valued.map(distributionKey));
  return [...valued, ...ofBuckets(tables).filter((each) => !known.has(distributionKey(each)))];
}

/** undefined of nothing; bounds where only buckets are known. */
export function quantileOf(
  { values, buckets }: Distribution,
  share: number,
): (Pick<Bounded, 'value'> & Partial<Bounded>) | undefined {
  if (buckets !== undefined) return bucketQuantile(buckets, share);
  return values === undefined || values.length === 0 ? undefined : { value: quantile(values, share) };
}

/** How far the quantile of so many values may be off by chance, from the values around it. */
export function quantileError(values: Float64Array, share: number): number {
  const reach = Math.sqrt((share * (1 - share)) / values.length);
  return Math.abs(quantile(values, Math.min(1, share + reach)) - quantile(values, Math.max(0, share - reach))) / 2;
}

/** Equal for what is measured of the same. */
export const distributionKey = ({ family, labels }: Pick<Distribution, 'family' | 'labels'>): string =>
  JSON.stringify([family, labelsText(labels)]);

function describe(family: string): { readonly unit: MetricUnit; readonly better: Better } {
  const known = Object.hasOwn(METRIC_FAMILIES, family) ? METRIC_FAMILIES[family] : undefined;
  return { unit: known?.unit ?? 'count', better: known?.better ?? 'neither' };
}

/** There may be millions of samples, so they are counted, then gathered: none becomes an object. */
function ofSamples(tables: readonly Table[]): Distribution[] {
  const parts = tables.filter(({ kind }) => kind === 'samples').flatMap(sampleParts);
  return grouped(parts, distributionKey).map((some): Distribution => {
    const [{ family, labels }] = some;
    const values = new Float64Array(some.reduce((sum, each) => sum + each.values.length, 0));
    let at = 0;
    for (const each of some) {
      values.set(each.values, at);
      at += each.values.length;
    }
    return { family, labels, ...describe(family), count: values.length, values: values.sort(), buckets: undefined };
  });
}

interface SamplePart {
  readonly family: string;
  readonly labels: Labels;
  readonly values: Float64Array;
}

function sampleParts({ columns, strings, rowCount }: Table): SamplePart[] {
  const [families, labels, values] = ['family', 'labels', 'value'].map((name) =>
    columns.find((column) => column.name === name),
  );
  if (families?.kind !== 'text' || labels?.kind !== 'text' || values?.kind !== 'number') return [];
  // A number for each family and labels, because a text for each of millions of rows would fill the memory.
  const partOf = (row: number): number => (families.values[row] + 1) * (strings.size + 1) + labels.values[row] + 1;
  const textAt = (id: number): string => (id === NONE ? '' : strings.get(id));
  const counts = new Map<number, number>();
  for (let row = 0; row < rowCount; row++) {
    if (Number.isFinite(values.values[row])) counts.set(partOf(row), (counts.get(partOf(row)) ?? 0) + 1);
  }
  const parts = new Map<number, SamplePart & { filled: number }>();
  for (let row = 0; row < rowCount; row++) {
    if (!Number.isFinite(values.values[row])) continue;
    const key = partOf(row);
    let part = parts.get(key);
    if (part === undefined) {
      const [family, text] = [textAt(families.values[row]), textAt(labels.values[row])];
      part = { family, labels: labelsFrom(text), values: new Float64Array(counts.get(key) ?? 0), filled: 0 };
      parts.set(key, part);
    }
    part.values[part.filled++] = values.values[row];
  }
  return [...parts.values()];
}

/** Counts of equal bounds are added up; those of other bounds are another distribution. */
function ofBuckets(tables: readonly Table[]): Distribution[] {
  const rows = tables.flatMap((table) => grouped(bucketRows(table), distributionKey));
  const alike = grouped(rows, (some) =>
    JSON.stringify([distributionKey(some[0]), some.map(({ bound }) => String(bound)).sort()]),
  );
  return alike.map((repeats): Distribution => {
    const [[{ family, labels }]] = repeats;
    const counts = new Map<number, number>();
    for (const { bound, count } of repeats.flat()) {
      if (!Number.isNaN(bound)) counts.set(bound, (counts.get(bound) ?? 0) + (count > 0 ? count : 0));
    }
    const sorted = [...counts].sort(([a], [b]) => a - b);
    let below = 0;
    const buckets = { bounds: sorted.map(([bound]) => bound), cumulative: sorted.map(([, count]) => (below += count)) };
    return { family, labels, ...describe(family), count: countOf(buckets), values: undefined, buckets };
  });
}
