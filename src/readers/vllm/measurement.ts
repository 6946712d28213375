import type { Diagnostics, Place } from '../../base/index.ts';
import { writtenNumber } from '../../bytes/index.ts';
import { lastFolder, type Metric, type SampleRow } from '../../timeline/index.ts';
import {
  isIgnored,
  isKnownLabel,
  isSetting,
  labelCalled,
  metricCalled,
  type MetricMeaning,
  ownMetric,
} from './names.ts';

export type Scalar = string | number | boolean | null;

/** Longer texts are none that tell measurements apart. */
const LONGEST_LABEL = 500;
/** A result has some sixty; what has many more is none. */
const MOST_KEYS = 1000;
/** Of labels that say nothing, each with what goes without saying. */
const GOES_WITHOUT_SAYING: Readonly<Record<string, string>> = {
  burstiness: '1',
  best_of: '1',
  use_beam_search: 'false',
};
const NOTHING = new Set(['', 'none', 'null', 'n/a', 'nan', 'not set']);
/** Measured by benchmarks of speech only, else written as 0. */
const ZERO_IS_NOTHING = new Set(['rtfx']);
/** The digits of printed results, and how much sums of another order differ. */
const CLOSE = 1e-3;

type Value = Omit<Metric, 'labels'>;

const FAILED = { id: 'requests.failed', unit: 'count', better: 'lower' } as const;

/** One run of a benchmark: its labels and figures as they are found, in any order. */
export class Measurement {
  readonly #diagnostics: Diagnostics;
  readonly #place: Place;
  readonly #labels = new Map<string, string>();
  readonly #values = new Map<string, Value>();
  readonly #samples: (readonly [family: string, values: Float64Array])[] = [];
  #leftOut = 0;

  constructor(place: Place, diagnostics: Diagnostics) {
    this.#place = place;
    this.#diagnostics = diagnostics;
  }

  /** How many figures there are of which it is known what they mean; `knownCount` of 0 is no measurement. */
  knownCount = 0;

  /** Of labels and figures. */
  get size(): number {
    return this.#values.size + this.#labels.size;
  }

  valueOf(id: string): number | undefined {
    return this.#values.get(id)?.value;
  }

  /** What a key, a column or a printed name says. */
  take(name: string, value: Scalar): void {
    if (value === null || isIgnored(name)) return;
    if (name.length > LONGEST_LABEL) {
      this.#leftOut++;
      return;
    }
    const label = labelCalled(name);
    const metric = label === undefined ? metricCalled(name) : undefined;
    if (label !== undefined) this.setLabel(label, value);
    else if (metric !== undefined) this.setNumber(metric, numberOf(value), name);
    else if (typeof value !== 'number' || isSetting(name)) this.setLabel(name, value);
    else this.setNumber(ownMetric(name), value, name, false);
  }

  setLabel(label: string, value: Scalar): void {
    const plain = typeof value === 'number' ? numberText(value) : String(value ?? '').trim();
    const text =
      label === 'model'
        ? lastFolder(plain)
        : isKnownLabel(label) && /^-?\d+\.\d+$/.test(plain)
          ? numberText(Number(plain))
          : plain;
    if (NOTHING.has(text.toLowerCase()) || GOES_WITHOUT_SAYING[label] === text.toLowerCase()) return;
    if (text.length > LONGEST_LABEL || (this.#isFull && !this.#labels.has(label))) this.#leftOut++;
    else this.#labels.set(label, text);
  }

  /** `written`: as it stands in the file. */
  setNumber({ id, unit, better, factor }: MetricMeaning, written: number, name: string, isKnown = true): void {
    const value = written * factor;
    if (!this.#isFinite(value, name)) return;
    if (ZERO_IS_NOTHING.has(id) && value === 0) return;
    const known = this.#values.get(id);
    if (known !== undefined) this.#compare(known, value, 'another key');
    else if (this.#isFull) this.#leftOut++;
    else {
      this.#values.set(id, { id, unit, better, value });
      if (isKnown) this.knownCount++;
    }
  }

  /** A figure worked out from the requests themselves: it stands, and what the file says has to agree. */
  setExact(value: Value): void {
    if (!this.#isFinite(value.value, value.id)) return;
    const written = this.#values.get(value.id);
    if (written !== undefined) this.#compare(written, value.value, 'the requests themselves');
    else this.knownCount++;
    this.#values.set(value.id, value);
  }

  addSamples(family: string, values: Float64Array): void {
    if (values.length > 0) this.#samples.push([family, values]);
  }

  /** Which percentiles of a family the file has. */
  percentsOf(family: string): number[] {
    return [...this.#values.keys()].flatMap((id) =>
      id.startsWith(`${family}.p`) ? Number(id.slice(family.length + 2)) : [],
    );
  }

  has(id: string): boolean {
    return this.#values.has(id);
  }

  hasLabel(label: string): boolean {
    return this.#labels.has(label);
  }

  metrics(): Metric[] {
    const labels = this.#finishedLabels();
    return [...this.#measured()].map((value) => ({ ...value, labels }));
  }

  *samples(): Generator<SampleRow> {
    const labels = this.#finishedLabels();
    for (const [family, values] of this.#samples) for (const value of values) yield { family, value, labels };
  }

  /** Tells what a user has to know of the whole, and how many requests failed where benchmarks do not count them. */
  finish(): void {
    if (this.#leftOut > 0)
      this.#diagnostics.add('part_ignored', this.#place, 'keys beyond those of a result', this.#leftOut);
    const [completed, failed] = [this.valueOf('requests.completed'), this.valueOf('requests.failed')];
    const asked = Number(this.#labels.get('num_prompts') ?? Number.NaN);
    const unfinished = asked - (completed ?? Number.NaN);
    if (failed === undefined && unfinished >= 0) this.#values.set(FAILED.id, { ...FAILED, value: unfinished });
    const missing = Math.max(failed ?? 0, unfinished || 0);
    if (missing > 0)
      this.#diagnostics.add('requests_failed', this.#place, `${missing} of ${asked || missing + (completed ?? 0)}`);
  }

  /** A benchmark writes 0 for times of which it has none: no request that came to its end, no second token. */
  *#measured(): Generator<Value> {
    const isNothing = (id: string): boolean => this.#values.get(`${id.split('.')[0]}.mean`)?.value === 0;
    for (const value of this.#values.values()) if (value.unit !== 'ns' || !isNothing(value.id)) yield value;
  }

  #finishedLabels(): Readonly<Record<string, string>> {
    const labels = new Map(this.#labels);
    if (labels.get('endpoint_type') === labels.get('backend')) labels.delete('endpoint_type');
    return Object.fromEntries(labels);
  }

  #isFinite(value: number, name: string): boolean {
    if (Number.isFinite(value)) return true;
    this.#diagnostics.add('figure_not_finite', { ...this.#place, field: name }, String(value));
    return false;
  }

  #compare({ id, value, unit }: Value, other: number, by: string): void {
    // Printed milliseconds have two decimals.
    const rounding = unit === 'ns' ? 5_000 : 0.005;
    const allowed = unit === 'count' ? 0 : CLOSE * Math.abs(other) + rounding;
    if (Math.abs(value - other) <= allowed) return;
    this.#diagnostics.add('figures_disagree', { ...this.#place, field: id }, `${value} ${unit}, by ${by} ${other}`);
  }

  get #isFull(): boolean {
    return this.size >= MOST_KEYS;
  }
}

/** Also `inf` and digits in quotes, as some results have them; NaN for what is no number. */
export function numberOf(value: Scalar): number {
  return typeof value === 'number' ? value : (writtenNumber(String(value).trim()) ?? Number.NaN);
}

const GROUPED = /^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$/;

/** Also `7,397.15`: only for what has to be a number, as `128,256` may be a list. */
export function groupedNumberOf(text: string): number {
  const plain = text.trim();
  return numberOf(GROUPED.test(plain) ? plain.replaceAll(',', '') : plain);
}

function numberText(value: number): string {
  return value === Number.POSITIVE_INFINITY ? 'inf' : String(value);
}
