/**
 * Numbers of a whole run as somebody measured them (a benchmark, a server, a script), and what they were worked out from. They
 * travel as tables, so all that carries a timeline carries them.
 */
import type { Better, MetricUnit } from './known-metrics.ts';
import { TableBuilder } from './table-builder.ts';
import { type Table, tableCell } from './table.ts';

/** What tells measurements of one run apart: `model`, `batch`, `request_rate`, `engine`. Hostile text. */
export type Labels = Readonly<Record<string, string>>;

export interface Metric {
  /** One of `known-metrics`, or the name that the file gives it. */
  readonly id: string;
  readonly unit: MetricUnit;
  readonly better: Better;
  readonly value: number;
  /** Where only bounds are known, as of a quantile of a histogram; `high` may be infinite. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** From how many values; undefined where nobody says. */
  readonly count?: number | undefined;
  readonly labels: Labels;
}

/** One value of the many that a metric is a statistic of. */
export interface SampleRow {
  /** The family: `ttft`. */
  readonly family: string;
  readonly value: number;
  readonly labels: Labels;
}

export interface BucketRow {
  readonly family: string;
  /** The largest value that it counts; the last one is infinite. */
  readonly bound: number;
  /** What it counts that no smaller one does. */
  readonly count: number;
  readonly labels: Labels;
}

/** In the order of their names, so that equal labels are equal texts. */
export function labelsText(labels: Labels): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted));
}

/** As `labelsText` wrote them. */
export function labelsFrom(text: string): Labels {
  const read: unknown = text === '' ? {} : JSON.parse(text);
  if (typeof read !== 'object' || read === null) return {};
  return Object.fromEntries(Object.entries(read).map(([key, value]) => [key, String(value)]));
}

export function metricTable(path: string, metrics: readonly Metric[]): Table {
  const rows = new LabelledRows('metrics', path, 'metric');
  const [unit, better] = ['unit', 'better'].map((name) => rows.builder.addColumn(name, 'text'));
  const [value, low, high, count] = ['value', 'low', 'high', 'count'].map((name) =>
    rows.builder.addColumn(name, 'number'),
  );
  for (const metric of metrics) {
    rows.begin(metric.id, metric.labels);
    rows.text(unit, metric.unit);
    rows.text(better, metric.better);
    rows.builder.setNumber(value, metric.value);
    rows.builder.setNumber(low, metric.low ?? Number.NaN);
    rows.builder.setNumber(high, metric.high ?? Number.NaN);
    rows.builder.setNumber(count, metric.count ?? Number.NaN);
  }
  return rows.builder.finish();
}

export function sampleTable(path: string, samples: Iterable<SampleRow>): Table {
  const rows = new LabelledRows('samples', path, 'family');
  const value = rows.builder.addColumn('value', 'number');
  for (const sample of samples) {
    rows.begin(sample.family, sample.labels);
    rows.builder.setNumber(value, sample.value);
  }
  return rows.builder.finish();
}

export function histogramTable(path: string, buckets: Iterable<BucketRow>): Table {
  const rows = new LabelledRows('histograms', path, 'family');
  const [bound, count] = ['bound', 'count'].map((name) => rows.builder.addColumn(name, 'number'));
  for (const bucket of buckets) {
    rows.begin(bucket.family, bucket.labels);
    rows.builder.setNumber(bound, bucket.bound);
    rows.builder.setNumber(count, bucket.count);
  }
  return rows.builder.finish();
}

/** Nothing where the table is of another kind. */
export function metricsOf(table: Table): Metric[] {
  return labelledRows(table, 'metrics', 'metric', (id, labels, row) => ({
    ...{ id, labels, value: number(table, 'value', row) ?? Number.NaN },
    unit: unitOf(tableCell(table, 'unit', row)),
    better: betterOf(tableCell(table, 'better', row)),
    ...{ low: number(table, 'low', row), high: number(table, 'high', row), count: number(table, 'count', row) },
  }));
}

export function samplesOf(table: Table): SampleRow[] {
  return labelledRows(table, 'samples', 'family', (family, labels, row) => ({
    ...{ family, labels, value: number(table, 'value', row) ?? Number.NaN },
  }));
}

export function bucketRows(table: Table): BucketRow[] {
  return labelledRows(table, 'histograms', 'family', (family, labels, row) => ({
    ...{ family, labels, bound: number(table, 'bound', row) ?? Number.POSITIVE_INFINITY },
    count: number(table, 'count', row) ?? 0,
  }));
}

/** Rows that begin with a name and labels. */
class LabelledRows {
  readonly builder: TableBuilder;
  readonly #name: number;
  readonly #labels: number;
  /** Of the row before: many rows share them. */
  #last: { readonly labels: Labels; readonly id: number } | undefined;

  constructor(kind: Table['kind'], path: string, name: string) {
    this.builder = new TableBuilder(kind, path);
    this.#name = this.builder.addColumn(name, 'text');
    this.#labels = this.builder.addColumn('labels', 'text');
  }

  begin(name: string, labels: Labels): void {
    this.builder.nextRow();
    this.text(this.#name, name);
    if (this.#last?.labels !== labels) {
      this.#last = { labels, id: this.builder.strings.addText(labelsText(labels)) };
    }
    this.builder.setText(this.#labels, this.#last.id);
  }

  text(column: number, text: string): void {
    this.builder.setText(column, this.builder.strings.addText(text));
  }
}

function labelledRows<T>(
  table: Table,
  kind: Table['kind'],
  name: string,
  rowOf: (name: string, labels: Labels, row: number) => T,
): T[] {
  if (table.kind !== kind) return [];
  const known = new Map<unknown, Labels>();
  return Array.from({ length: table.rowCount }, (_, row) => {
    const text = tableCell(table, 'labels', row);
    let labels = known.get(text);
    if (labels === undefined) known.set(text, (labels = labelsFrom(`${text ?? ''}`)));
    return rowOf(`${tableCell(table, name, row) ?? ''}`, labels, row);
  });
}

function number(table: Table, name: string, row: number): number | undefined {
  const cell = tableCell(table, name, row);
  return typeof cell === 'number' ? cell : undefined;
}

function unitOf(cell: unknown): MetricUnit {
  return cell === 'ns' || cell === '1/s' || cell === 'bytes' || cell === 'ratio' ? cell : 'count';
}

function betterOf(cell: unknown): Better {
  return cell === 'lower' || cell === 'higher' ? cell : 'neither';
}
