import type { Diagnostics } from '../../base/index.ts';
import { writtenNumber } from '../../bytes/index.ts';
import { type Recording, type Series, seriesText } from './recording.ts';

interface Labelled {
  /** As the page has it, without the endings of its parts. */
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

export interface Counter extends Labelled {
  readonly series: Series;
  /** When counting began, where the page says so. */
  readonly created: Series | undefined;
}

export interface Gauge extends Labelled {
  readonly series: Series;
}

export interface Histogram extends Labelled {
  /** By their bounds, which rise. */
  readonly buckets: readonly { readonly bound: number; readonly series: Series }[];
  readonly sum: Series | undefined;
  readonly count: Series | undefined;
  readonly created: Series | undefined;
}

/** What series are for: several may be parts of one histogram. */
export interface Families {
  readonly counters: readonly Counter[];
  readonly gauges: readonly Gauge[];
  readonly histograms: readonly Histogram[];
  /** Facts that stand in labels. */
  readonly infos: readonly Gauge[];
}

/** Where pages do not say the type of a metric, its name tells. */
export function familiesOf({ series, types, scrapes }: Recording, diagnostics: Diagnostics): Families {
  const histograms = new Map<string, HistogramDraft>();
  const created = new Map<string, Series>();
  const [counters, gauges, infos]: Gauge[][] = [[], [], []];
  const isHistogram = new Set(series.flatMap((each) => (isBucket(each) ? [withoutEnding(each.name, '_bucket')] : [])));
  for (const each of series) {
    const { name, labels } = each;
    const part = /_(bucket|sum|count|created|info)$/.exec(name)?.[1];
    const stem = part === undefined ? name : withoutEnding(name, `_${part}`);
    if (part === 'created') created.set(seriesText({ name: stem, labels }), each);
    else if (part !== undefined && part !== 'info' && isHistogram.has(stem)) {
      const wrong = addPart(histograms, stem, part, each);
      const { path } = scrapes[each.scrapes[0]];
      if (wrong !== undefined) diagnostics.add('histogram_malformed', { path }, `${stem}: ${wrong}`);
    } else if (part === 'info') infos.push({ name, labels, series: each });
    else if (isCounter(name, types)) counters.push({ name, labels, series: each });
    else gauges.push({ name, labels, series: each });
  }
  const createdOf = (name: string, labels: ReadonlyMap<string, string>): Series | undefined =>
    created.get(seriesText({ name, labels })) ??
    created.get(seriesText({ name: withoutEnding(name, '_total'), labels }));
  return {
    counters: counters.map((each) => ({ ...each, created: createdOf(each.name, each.labels) })),
    gauges,
    infos,
    histograms: [...histograms.values()].map(({ name, labels, buckets, sum, count }) => ({
      ...{ name, labels, sum, count, created: createdOf(name, labels) },
      buckets: [...buckets].sort(([a], [b]) => a - b).map(([bound, each]) => ({ bound, series: each })),
    })),
  };
}

interface HistogramDraft extends Labelled {
  /** One number may be written in two ways (`1`, `1.0`); the first counts. */
  readonly buckets: Map<number, Series>;
  sum?: Series;
  count?: Series;
}

/** What is wrong with a bucket that is left out. */
function addPart(
  histograms: Map<string, HistogramDraft>,
  name: string,
  part: string,
  series: Series,
): string | undefined {
  const le = series.labels.get('le') ?? '';
  const bound = writtenNumber(le) ?? Number.NaN;
  const labels = new Map([...series.labels].filter(([key]) => key !== 'le'));
  const text = seriesText({ name, labels });
  const draft = histograms.get(text) ?? { name, labels, buckets: new Map<number, Series>() };
  histograms.set(text, draft);
  if (part === 'sum') draft.sum = series;
  else if (part === 'count') draft.count = series;
  else if (Number.isNaN(bound)) return `le=${JSON.stringify(le)} is no bound`;
  else if (draft.buckets.has(bound)) return `le=${JSON.stringify(le)} stands there twice`;
  else draft.buckets.set(bound, series);
  return undefined;
}

function isBucket({ name, labels }: Series): boolean {
  return name.endsWith('_bucket') && labels.has('le');
}

/** OpenMetrics says the type of `x_total` under the name of `x`. The sums of a summary only rise, too. */
function isCounter(name: string, types: ReadonlyMap<string, string>): boolean {
  const type = types.get(name) ?? types.get(name.replace(/_(total|sum|count)$/, ''));
  if (type === 'gauge') return false;
  return type === 'counter' || name.endsWith('_total') || (type === 'summary' && /_(sum|count)$/.test(name));
}

function withoutEnding(name: string, ending: string): string {
  return name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}
