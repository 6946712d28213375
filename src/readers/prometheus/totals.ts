import type { Diagnostics } from '../../base/index.ts';
import { Cursor } from './cursor.ts';
import type { Counter, Families, Histogram } from './families.ts';
import type { Observed } from './histogram.ts';
import type { Recording } from './recording.ts';
import { RUN_LABELS } from './vllm-names.ts';

/** What a counter or histogram said, scrape by scrape. */
export interface Totals<T> {
  /** Numbers of scrapes, rising. */
  readonly scrapes: readonly number[];
  readonly values: readonly T[];
  /** When counting began, as the page says it; NaN where it does not. */
  readonly created: readonly number[];
  /** The scrape in which it stands first, also where it has no number there. */
  readonly first: number;
}

function counterTotals(
  { name, series, created }: Counter,
  { scrapes: all }: Recording,
  diagnostics: Diagnostics,
): Totals<number> {
  const [scrapes, values, begins]: number[][] = [[], [], []];
  const begin = new Cursor(created);
  for (let i = 0; i < series.values.length; i++) {
    if (!Number.isFinite(series.values[i]) || series.values[i] < 0) {
      const place = { path: all[series.scrapes[i]].path, field: name };
      diagnostics.add('figure_not_finite', place, `a counter of ${series.values[i]}`);
      continue;
    }
    scrapes.push(series.scrapes[i]);
    values.push(series.values[i]);
    begins.push(begin.at(series.scrapes[i]));
  }
  return { scrapes, values, created: begins, first: series.scrapes[0] };
}

/** Scrapes in which a histogram is not whole are passed over, as if it had not been there. */
function histogramTotals(
  { name, buckets, sum, count, created }: Histogram,
  { scrapes: all }: Recording,
  diagnostics: Diagnostics,
): Totals<Observed> {
  const [scrapes, begins]: number[][] = [[], []];
  const values: Observed[] = [];
  const [sums, counts, begin] = [sum, count, created].map((series) => new Cursor(series));
  const found = bucketsByScrape(buckets);
  for (const [scrape, { there, wrong }] of found) {
    for (const value of wrong) {
      diagnostics.add('histogram_malformed', { path: all[scrape].path }, `${name}: a bucket of ${value}`);
    }
    const total = counts.at(scrape);
    const last = there.at(-1);
    if (last !== undefined && last.bound !== Number.POSITIVE_INFINITY && total >= last.value) {
      there.push({ bound: Number.POSITIVE_INFINITY, value: total });
    }
    if (there.at(-1)?.bound !== Number.POSITIVE_INFINITY) {
      diagnostics.add('histogram_malformed', { path: all[scrape].path }, `${name}: its last bucket is missing`);
      continue;
    }
    const cumulative = there.map(({ value }) => value);
    if (!madeRising(cumulative)) {
      diagnostics.add(
        'histogram_malformed',
        { path: all[scrape].path },
        `${name}: a bucket counts less than a smaller one`,
      );
    }
    scrapes.push(scrape);
    values.push({ bounds: there.map(({ bound }) => bound), cumulative, sum: sums.at(scrape) });
    begins.push(begin.at(scrape));
  }
  return { scrapes, values, created: begins, first: found[0]?.[0] ?? 0 };
}

interface Bucket {
  readonly bound: number;
  readonly value: number;
}

interface OfScrape {
  /** In the order of bounds. */
  readonly there: Bucket[];
  /** Counts that are none. */
  readonly wrong: number[];
}

/** In the order of scrapes. */
function bucketsByScrape(buckets: Histogram['buckets']): [scrape: number, OfScrape][] {
  const found = new Map<number, OfScrape>();
  for (const { bound, series } of buckets) {
    for (let i = 0; i < series.values.length; i++) {
      const ofScrape = found.get(series.scrapes[i]) ?? { there: [], wrong: [] };
      found.set(series.scrapes[i], ofScrape);
      const value = series.values[i];
      if (Number.isFinite(value) && value >= 0) ofScrape.there.push({ bound, value });
      else ofScrape.wrong.push(value);
    }
  }
  return [...found].sort(([a], [b]) => a - b);
}

/** False where something had to be changed. */
function madeRising(cumulative: number[]): boolean {
  let isRising = true;
  for (let i = 1; i < cumulative.length; i++) {
    if (cumulative[i] >= cumulative[i - 1]) continue;
    cumulative[i] = cumulative[i - 1];
    isRising = false;
  }
  return isRising;
}

/** Which of several servers on one page a metric is of. */
export function serverOf({ labels }: { readonly labels: ReadonlyMap<string, string> }): string {
  return JSON.stringify([...RUN_LABELS].map((key) => labels.get(key) ?? ''));
}

/** All that counts on a page. */
export interface PageTotals {
  readonly counters: readonly { readonly of: Counter; readonly totals: Totals<number> }[];
  readonly histograms: readonly { readonly of: Histogram; readonly totals: Totals<Observed> }[];
}

export function pageTotals(families: Families, recording: Recording, diagnostics: Diagnostics): PageTotals {
  return {
    counters: families.counters.map((of) => ({ of, totals: counterTotals(of, recording, diagnostics) })),
    histograms: families.histograms.map((of) => ({ of, totals: histogramTotals(of, recording, diagnostics) })),
  };
}
