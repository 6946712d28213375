import { bucketQuantile, type Buckets, countOf, mean, ownCount, sumOf } from '../../base/index.ts';
import { type BucketRow, type Labels, labelsText, type Metric } from '../../timeline/index.ts';
import type { Gauge } from './families.ts';
import { type Observed, together } from './histogram.ts';
import { labelsOf, meaningOf, type MetricNaming, namingOf, placed, scaled } from './naming.ts';
import type { Page } from './page.ts';
import type { Step } from './restarts.ts';
import { GAUGES, HISTOGRAMS, OFF_BELOW_ZERO, plainName, PROCESS_START, RATES, RATIOS } from './vllm-names.ts';

/** Statistics drawn from a histogram. */
const QUANTILES = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;

/** The numbers of a page as a whole: what was counted from the first scrape to the last, or until the only one. */
export class RunNumbers {
  /** By id and labels: where two names of a page mean one metric, the first counts. */
  readonly #metrics = new Map<string, Metric>();
  readonly buckets: BucketRow[] = [];
  /** Names of gauges that never had a number. */
  readonly notFinite: string[] = [];

  constructor(page: Page) {
    this.#addHistograms(page);
    this.#addCounters(page);
    this.#addCompleted();
    this.#addRatios(page);
    if (page.durationMs !== undefined) this.#addRates(page.durationMs);
    for (const gauge of page.gauges) this.#addGauge(gauge, page);
  }

  get metrics(): Metric[] {
    return [...this.#metrics.values()];
  }

  /** False where there is one of that name and labels. */
  #add(
    id: string,
    naming: Pick<MetricNaming, 'unit' | 'better'>,
    metric: Omit<Metric, 'id' | 'unit' | 'better'>,
  ): boolean {
    const key = `${id} ${labelsText(metric.labels)}`;
    if (this.#metrics.has(key)) return false;
    this.#metrics.set(key, { id, unit: naming.unit, better: naming.better, ...metric });
    return true;
  }

  #addHistograms({ histograms }: Page): void {
    const order = [...HISTOGRAMS.keys()];
    const rank = (name: string): number => order.indexOf(plainName(name)) >>> 0;
    for (const { name, labels: pageLabels, steps } of [...histograms].sort((a, b) => rank(a.name) - rank(b.name))) {
      const counted = allBuckets(steps);
      if (counted === undefined || countOf(counted) === 0) continue;
      const { naming, labels } = placed(name, HISTOGRAMS.get(plainName(name)), pageLabels);
      const count = countOf(counted);
      const average = counted.sum / count;
      const hasMean = Number.isFinite(average) && average >= 0;
      const isNew = this.#addQuantiles(naming, counted, labels);
      if (hasMean) this.#add(`${naming.id}.mean`, naming, { value: scaled(average, naming), count, labels });
      if (isNew) this.#addBuckets(naming, counted, labels);
    }
  }

  #addQuantiles(naming: MetricNaming, counted: Buckets, labels: Labels): boolean {
    let isNew = false;
    for (const [statistic, share] of Object.entries(QUANTILES)) {
      const quantile = bucketQuantile(counted, share);
      if (quantile === undefined) continue;
      const [value, low, high] = [quantile.value, quantile.low, quantile.high].map((each) => scaled(each, naming));
      const metric = { value, low, high, count: countOf(counted), labels };
      isNew = this.#add(`${naming.id}.${statistic}`, naming, metric) || isNew;
    }
    return isNew;
  }

  #addBuckets(naming: MetricNaming, counted: Buckets, labels: Labels): void {
    counted.bounds.forEach((bound, i) => {
      this.buckets.push({ family: naming.id, bound: scaled(bound, naming), count: ownCount(counted, i), labels });
    });
  }

  #addCounters({ counters }: Page): void {
    const sums = new Map<string, { readonly naming: MetricNaming; readonly labels: Labels; value: number }>();
    for (const { name, labels: pageLabels, steps } of counters) {
      const meaning = meaningOf(name, pageLabels);
      const value = allOf(steps);
      if (meaning === undefined || meaning.over !== undefined) {
        const own = placed(name, undefined, pageLabels);
        this.#add(own.naming.id, own.naming, { value: scaled(value, own.naming), labels: own.labels });
      }
      if (meaning === undefined) continue;
      const labels = labelsOf(pageLabels, meaning.over?.label);
      const key = `${meaning.metric} ${labelsText(labels)}`;
      const sum = sums.get(key) ?? { naming: namingOf(name, meaning.metric), labels, value: 0 };
      sum.value += value;
      sums.set(key, sum);
    }
    for (const { naming, labels, value } of sums.values()) this.#add(naming.id, naming, { value, labels });
  }

  /** Old servers do not count requests, but how long each of them took. */
  #addCompleted(): void {
    for (const { id, count, labels } of this.metrics) {
      const naming = namingOf('requests.completed', 'requests.completed');
      if (id === 'e2el.mean' && count !== undefined) this.#add(naming.id, naming, { value: count, labels });
    }
  }

  #addRatios({ counters }: Page): void {
    const sums = new Map<string, number>();
    const keyOf = (name: string, labels: Labels): string => `${name} ${labelsText(labels)}`;
    for (const { name, labels, steps } of counters) {
      if (plainName(name) !== name) sums.set(keyOf(plainName(name), labelsOf(labels)), allOf(steps));
    }
    for (const { name, labels: pageLabels } of counters) {
      const labels = labelsOf(pageLabels);
      for (const { metric, part, whole } of RATIOS.filter((ratio) => ratio.part === plainName(name))) {
        const count = sums.get(keyOf(whole, labels)) ?? 0;
        const value = (sums.get(keyOf(part, labels)) ?? 0) / count;
        if (count > 0) this.#add(metric, namingOf(metric, metric), { value, count, labels });
      }
    }
  }

  #addRates(durationMs: number): void {
    const perSecond = (value: number): number => value / (durationMs / 1000);
    for (const { id, value, labels } of this.metrics) {
      const rate = RATES.get(id);
      if (rate === undefined) continue;
      this.#add(rate, namingOf(rate, rate), { value: perSecond(value), labels });
      const input = this.#metrics.get(`tokens.input ${labelsText(labels)}`);
      if (id === 'tokens.output' && input !== undefined) {
        const total = perSecond(value + input.value);
        this.#add('total_tok_s', namingOf('total_tok_s', 'total_tok_s'), { value: total, labels });
      }
      this.#add('duration', namingOf('duration', 'duration'), { value: Math.round(durationMs * 1e6), labels });
    }
  }

  /** Over time the mean of the scrapes, else what was read last. */
  #addGauge({ name, labels: pageLabels, series }: Gauge, { durationMs }: Page): void {
    if (name === PROCESS_START) return;
    const { naming, labels } = placed(name, GAUGES.get(plainName(name)), pageLabels);
    const values = Array.from(series.values).filter((value) => isMeasured(name, value));
    if (series.values.length > 0 && !Array.from(series.values).some(Number.isFinite)) this.notFinite.push(name);
    if (values.length === 0) return;
    if (durationMs === undefined)
      this.#add(naming.id, naming, { value: scaled(values[values.length - 1], naming), labels });
    else this.#add(naming.id, naming, { value: scaled(mean(values), naming), count: values.length, labels });
  }
}

export function isMeasured(name: string, value: number): boolean {
  return Number.isFinite(value) && !(value < 0 && OFF_BELOW_ZERO.has(plainName(name)));
}

function allOf(steps: readonly Step<number>[]): number {
  return sumOf(steps.map(({ counted }) => counted));
}

function allBuckets(steps: readonly Step<Observed>[]): Observed | undefined {
  return steps
    .map(({ counted }) => counted)
    .reduce<Observed | undefined>((sum, each) => (sum === undefined ? each : together(sum, each)), undefined);
}
