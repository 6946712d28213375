import { bucketQuantile, grouped } from '../../base/index.ts';
import {
  lastFolder,
  NONE,
  type ProcessDraft,
  type TimelineBuilder,
  type TrackDraft,
  type TrackNaming,
} from '../../timeline/index.ts';
import { meaningOf, namingOf } from './naming.ts';
import type { Page } from './page.ts';
import { seriesText } from './recording.ts';
import type { Step } from './restarts.ts';
import { isMeasured } from './run-numbers.ts';
import { GAUGES, HISTOGRAMS, plainName, PROCESS_START, RATES } from './vllm-names.ts';

/** Between two scrapes there is little to draw a quantile from: the middle and the end. */
const QUANTILES = { p50: 0.5, p99: 0.99 } as const;
const SHOWN_UNITS = { ns: 'ms', '1/s': '/s', bytes: 'B', count: '', ratio: '' } as const;

/** Processes are of the host, and every track is a counter. */
export class ServerNaming implements TrackNaming {
  /** By the names of tracks. */
  readonly units = new Map<string, string>();

  process({ name }: ProcessDraft): ReturnType<TrackNaming['process']> {
    return { name, label: '', side: 'host', osPid: undefined, rank: NONE, device: NONE };
  }

  track({ name }: TrackDraft): ReturnType<TrackNaming['track']> {
    return { kind: 'counter', name, stream: NONE, unit: this.units.get(name) ?? '' };
  }
}

/**
 * What changed from scrape to scrape, as counters of a process for each engine of a server. A rate, or a quantile of what was
 * observed, holds from one scrape to the next.
 */
export class ServerTracks {
  readonly #builder: TimelineBuilder;
  readonly #naming: ServerNaming;
  readonly #processes = new Map<string, number>();
  readonly #tracks = new Map<string, number>();
  readonly #timesMs: readonly number[];
  readonly #hasEngines: boolean;

  constructor(builder: TimelineBuilder, naming: ServerNaming, { recording: { scrapes, series } }: Page) {
    this.#builder = builder;
    this.#naming = naming;
    this.#timesMs = scrapes.map(({ timeMs }) => timeMs);
    this.#hasEngines = new Set(series.map(({ labels }) => labels.get('engine')).filter(Boolean)).size > 1;
  }

  add({ gauges, counters, histograms }: Page): void {
    for (const { name, labels, series } of gauges) {
      if (name === PROCESS_START) continue;
      const { id, unit, scale } = namingOf(name, GAUGES.get(plainName(name)));
      const track = this.#track(labels, id, '', SHOWN_UNITS[unit]);
      for (let i = 0; i < series.values.length; i++) {
        const value = series.values[i] * shown(unit, scale);
        if (isMeasured(name, series.values[i])) this.#sample(track, series.scrapes[i], value);
      }
    }
    this.#addCounters(counters);
    for (const { name, labels, steps } of histograms) {
      const { id, unit, scale } = namingOf(name, HISTOGRAMS.get(plainName(name)));
      for (const [statistic, share] of Object.entries(QUANTILES)) {
        const track = this.#track(labels, id, statistic, SHOWN_UNITS[unit]);
        for (const { from = 0, counted } of steps) {
          const value = bucketQuantile(counted, share)?.value;
          if (value !== undefined) this.#sample(track, from, value * shown(unit, scale));
        }
      }
    }
  }

  /** A rate that is a sum over a label stands above its parts. */
  #addCounters(counters: Page['counters']): void {
    const rates = counters.map(({ name, labels, steps }) => {
      const { metric = '', over } = meaningOf(name, labels) ?? {};
      const rate = RATES.get(metric);
      const held = this.#ratesOf(steps);
      return { name: rate ?? name, labels, held, over: rate === undefined ? undefined : over?.label };
    });
    const parts = rates.flatMap(({ over, labels, ...each }) =>
      over === undefined ? [] : [{ ...each, labels: new Map([...labels].filter(([key]) => key !== over)) }],
    );
    const sums = grouped(parts, seriesText).map((some) => ({
      ...some[0],
      held: sumOfRates(some.flatMap(({ held }) => held)),
    }));
    for (const { name, labels, held } of [...sums, ...rates]) {
      const track = this.#track(labels, name, '', '/s');
      for (const { from, perSecond } of held) this.#sample(track, from, perSecond);
    }
  }

  #ratesOf(steps: readonly Step<number>[]): HeldRate[] {
    return steps.flatMap(({ from = 0, to, counted }) => {
      const perSecond = counted / ((this.#timesMs[to] - this.#timesMs[from]) / 1000);
      return Number.isFinite(perSecond) ? [{ from, to, perSecond }] : [];
    });
  }

  #sample(trackOf: () => number, scrape: number, value: number): void {
    const timeMs = this.#timesMs[scrape];
    if (!Number.isFinite(timeMs) || !Number.isFinite(value)) return;
    const track = trackOf();
    const rows = this.#builder.rowsAt(timeMs * 1000, 0);
    const row = rows.counters.next();
    rows.counters.columns.track[row] = track;
    rows.counters.columns.timeNs[row] = rows.offsetNs(timeMs * 1000, 0);
    rows.counters.columns.value[row] = value;
  }

  /** Labels that are not those of the process tell series of one name apart. There is no track without a sample. */
  #track(labels: ReadonlyMap<string, string>, name: string, statistic: string, unit: string): () => number {
    let track: number | undefined;
    return () => (track ??= this.#newTrack(labels, name, statistic, unit));
  }

  #newTrack(labels: ReadonlyMap<string, string>, name: string, statistic: string, unit: string): number {
    const process = this.#process(labels);
    const own = [...labels].filter(([key]) => key !== 'model_name' && key !== 'engine').sort();
    const series = [...own.map(([key, value]) => `${key}=${value}`), statistic].filter((text) => text !== '').join(' ');
    const text = JSON.stringify([process, name, series]);
    let track = this.#tracks.get(text);
    if (track === undefined) {
      this.#naming.units.set(name, unit);
      const draft = { process, kind: 'counter', key: '', name, sortKey: undefined, series } as const;
      this.#tracks.set(text, (track = this.#builder.tracks.newTrack(draft)));
    }
    return track;
  }

  #process(labels: ReadonlyMap<string, string>): number {
    const [model, engine] = [labels.get('model_name'), labels.get('engine')];
    const words = ['vLLM', model === undefined ? 'server' : lastFolder(model)];
    if (this.#hasEngines && engine !== undefined) words.push(`engine ${engine}`);
    const name = words.join(' ');
    let process = this.#processes.get(name);
    if (process === undefined) {
      process = this.#builder.tracks.newProcess({ key: name, name, label: '', sortKey: undefined });
      this.#processes.set(name, process);
    }
    return process;
  }
}

/** A rate from one scrape to another one. */
interface HeldRate {
  readonly from: number;
  readonly to: number;
  readonly perSecond: number;
}

/**
 * What they are together, from each scrape on at which one begins or ends. Not for each scrape: of many parts, each held over
 * many scrapes in which it does not stand, there would be far more of these than the file has lines.
 */
function sumOfRates(parts: readonly HeldRate[]): Omit<HeldRate, 'to'>[] {
  const begins = [...parts].sort((a, b) => a.from - b.from);
  const ends = [...parts].sort((a, b) => a.to - b.to);
  const sums: Omit<HeldRate, 'to'>[] = [];
  let [perSecond, begun, ended] = [0, 0, 0];
  while (ended < ends.length) {
    const from = Math.min(begins.at(begun)?.from ?? Number.POSITIVE_INFINITY, ends[ended].to);
    while (ends.at(ended)?.to === from) perSecond -= ends[ended++].perSecond;
    // Nothing is left then but what rounding left.
    if (begun === ended) perSecond = 0;
    while (begins.at(begun)?.from === from) perSecond += begins[begun++].perSecond;
    if (begun > ended) sums.push({ from, perSecond });
  }
  return sums;
}

/** Times are shown in milliseconds. */
function shown(unit: string, scale: number): number {
  return unit === 'ns' ? scale / 1e6 : scale;
}
