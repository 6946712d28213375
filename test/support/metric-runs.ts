/** Runs of which only numbers are known, and tables of numbers for runs that were traced, too. */
import { summarise } from '../../src/analysis/compare/index.ts';
import type { RunSummary } from '../../src/analysis/compare/summary.ts';
import { analyseRun } from '../../src/analysis/index.ts';
import { Diagnostics } from '../../src/base/index.ts';
import { ascendDialect } from '../../src/readers/ascend/dialect.ts';
import {
  type BucketRow,
  histogramTable,
  knownMetric,
  type Labels,
  type Metric,
  metricTable,
  NONE,
  type Run,
  type SampleRow,
  sampleTable,
  type Table,
  TimelineBuilder,
} from '../../src/timeline/index.ts';

const NOTHING = await new TimelineBuilder([]).finish(ascendDialect.naming(NONE), new Diagnostics());

export interface Measured {
  readonly metrics?: readonly Metric[];
  readonly samples?: readonly SampleRow[];
  readonly buckets?: readonly BucketRow[];
}

export function measuredTables(...files: readonly Measured[]): Table[] {
  return files.flatMap(({ metrics = [], samples = [], buckets = [] }, file) => [
    metricTable(`result-${file}.json`, metrics),
    sampleTable(`result-${file}.json`, samples),
    histogramTable(`result-${file}.json`, buckets),
  ]);
}

/** One table of each kind for every file. */
export function measuredRun(...files: readonly Measured[]): Run {
  const timeline = { ...NOTHING, tables: measuredTables(...files) };
  return { originNs: 0n, endNs: 0, shards: [{ timeline, readerId: 'vllm', files: ['result.json'], shiftNs: 0 }] };
}

export function measuredSummary(...files: readonly Measured[]): RunSummary {
  return summarise(analyseRun(measuredRun(...files)));
}

/** With the unit and direction that everybody knows; others are counts. */
export function metric(id: string, value: number, labels: Labels = {}, more: Partial<Metric> = {}): Metric {
  const known = knownMetric(id);
  return { id, value, labels, unit: known?.unit ?? 'count', better: known?.better ?? 'neither', ...more };
}

export function samplesOf(family: string, values: readonly number[], labels: Labels = {}): SampleRow[] {
  return values.map((value) => ({ family, value, labels }));
}

export function bucketsOf(
  family: string,
  counts: readonly (readonly [bound: number, count: number])[],
  labels: Labels = {},
): BucketRow[] {
  return counts.map(([bound, count]) => ({ family, bound, count, labels }));
}
