import { deviation, type Diagnostics, mean, type Place, quantile, sumOf } from '../../../base/index.ts';
import type { Measurement } from '../measurement.ts';
import type { Member } from './members.ts';
import { numberListsIn, numbersIn, textsPresentIn } from './numbers.ts';

/** Lists with one element per request, or per batch: the keys of vLLM. Times are seconds. */
export const REQUEST_LISTS = ['input_lens', 'output_lens', 'ttfts', 'itls', 'latencies', 'errors'] as const;

type RequestList = (typeof REQUEST_LISTS)[number];
export type FoundLists = ReadonlyMap<string, Member>;

const NS_PER_SECOND = 1e9;
const PERCENTS = [50, 90, 95, 99];
/** So many values draw a distribution; a benchmark has a million times between tokens. */
const MOST_SAMPLES = 1 << 15;

/**
 * Works out what vLLM's benchmark works out of its requests, by its formulas: those that failed (0, [] or an error) do not
 * count, the time per output token is that after the first one, and needs two of them.
 */
export class Requests {
  readonly #bytes: Uint8Array;
  readonly #lists: FoundLists;
  readonly #measurement: Measurement;
  readonly #diagnostics: Diagnostics;
  readonly #place: Place;

  constructor(bytes: Uint8Array, lists: FoundLists, measurement: Measurement, diagnostics: Diagnostics, place: Place) {
    this.#bytes = bytes;
    this.#lists = lists;
    this.#measurement = measurement;
    this.#diagnostics = diagnostics;
    this.#place = place;
  }

  work(): void {
    const latencies = this.#numbers('latencies');
    const ttfts = this.#numbers('ttfts');
    const outputs = this.#numbers('output_lens');
    const count = (ttfts ?? outputs)?.length;
    if (count === undefined) {
      if (latencies !== undefined) this.#family('latency', inNs(latencies));
      this.#leaveOutAll('latencies');
      return;
    }
    const isDone = this.#done(count, ttfts, outputs);
    const of = (values: Float64Array | undefined): Float64Array | undefined => this.#matching(values, count);
    const sums = this.#betweenTokens(count, isDone);
    const ends = of(latencies) ?? ttfts?.map((ttft, i) => ttft + (sums?.[i] ?? Number.NaN));
    const times = (values: Float64Array | undefined): Float64Array => inNs(chosen(of(values), isDone));
    this.#family('ttft', times(ttfts));
    this.#family('e2el', times(ends));
    this.#family('tpot', inNs(timesPerToken(of(ttfts), ends, of(outputs), isDone)));
    this.#totals(isDone, of(this.#numbers('input_lens')), of(outputs));
  }

  /** Without times to the first token or numbers of tokens, nobody knows which requests came to their end. */
  #leaveOutAll(but: RequestList): void {
    for (const [field, { from, to }] of this.#lists) {
      const place = { ...this.#place, offset: from, field };
      if (field !== but && to - from > 2)
        this.#diagnostics.add('part_ignored', place, 'lists without ttfts or output_lens');
    }
  }

  #numbers(name: RequestList): Float64Array | undefined {
    const member = this.#lists.get(name);
    if (member === undefined) return undefined;
    const numbers = numbersIn(this.#bytes, member);
    const isSound = numbers !== undefined && (!name.endsWith('_lens') || numbers.every(Number.isFinite));
    if (isSound) return numbers;
    this.#malformed(name, 'something else than numbers');
    return undefined;
  }

  #matching(values: Float64Array | undefined, count: number): Float64Array | undefined {
    if (values === undefined || values.length === count) return values;
    this.#malformed('', `${values.length} values for ${count} requests`);
    return undefined;
  }

  #malformed(field: string, found: string): void {
    this.#diagnostics.add('record_malformed', { ...this.#place, field }, found);
  }

  /** 1 for requests that came to their end. */
  #done(count: number, ttfts?: Float64Array, outputs?: Float64Array): Uint8Array {
    const member = this.#lists.get('errors');
    const errors = member && textsPresentIn(this.#bytes, member);
    const isKnown = errors?.length === count;
    if (member !== undefined && !isKnown)
      this.#malformed('errors', `${errors?.length ?? 'no'} texts for ${count} requests`);
    return Uint8Array.from({ length: count }, (_, i) => {
      const hasResult = (ttfts?.[i] ?? 0) > 0 || (outputs?.[i] ?? 0) > 0;
      return hasResult && !(isKnown && errors[i]) ? 1 : 0;
    });
  }

  /** From the first token to the last of each request, in seconds; the times between tokens count themselves. */
  #betweenTokens(count: number, isDone: Uint8Array): Float64Array | undefined {
    const member = this.#lists.get('itls');
    const itls = member && numberListsIn(this.#bytes, member);
    if (member !== undefined && itls?.ends.length !== count) this.#malformed('itls', 'no list of times per request');
    if (itls?.ends.length !== count) return undefined;
    const { values, ends } = itls;
    const kept = new Float64Array(values.length);
    let keptCount = 0;
    const sums = Float64Array.from(ends, (to, i) => {
      const from = i === 0 ? 0 : ends[i - 1];
      if (isDone[i] === 1) {
        kept.set(values.subarray(from, to), keptCount);
        keptCount += to - from;
      }
      return sumOf(values, from, to);
    });
    this.#family('itl', inNs(kept.subarray(0, keptCount)));
    return sums;
  }

  #totals(isDone: Uint8Array, allInputs: Float64Array | undefined, allOutputs: Float64Array | undefined): void {
    const completed = sumOf(isDone);
    this.#single('requests.completed', 'neither', completed);
    this.#single('requests.failed', 'lower', isDone.length - completed);
    const seconds = (this.#measurement.valueOf('duration') ?? 0) / NS_PER_SECOND;
    const rate = (id: string, count: number): void => {
      if (seconds > 0) this.#measurement.setExact({ id, unit: '1/s', better: 'higher', value: count / seconds });
    };
    const [inputs, outputs] = [chosen(allInputs, isDone), chosen(allOutputs, isDone)];
    const [input, output] = [sumOf(inputs), sumOf(outputs)];
    rate('req_s', completed);
    this.#samples('input_tokens', inputs);
    this.#samples('output_tokens', outputs);
    if (allInputs !== undefined) this.#single('tokens.input', 'neither', input);
    if (allOutputs !== undefined) this.#single('tokens.output', 'neither', output);
    if (allOutputs !== undefined) rate('output_tok_s', output);
    if (allInputs !== undefined && allOutputs !== undefined) rate('total_tok_s', input + output);
    if (allInputs !== undefined && this.#measurement.has('input_tok_s')) rate('input_tok_s', input);
  }

  #single(id: string, better: 'neither' | 'lower', value: number): void {
    this.#measurement.setExact({ id, unit: 'count', better, value });
  }

  /** Statistics of values in ns; where all are 0, nothing was measured. */
  #family(family: string, all: Float64Array): void {
    const values = all.filter(Number.isFinite);
    if (!values.some((value) => value !== 0)) return;
    this.#samples(family, values);
    const sorted = values.slice().sort();
    const set = (name: string, value: number): void => {
      this.#measurement.setExact({ id: `${family}.${name}`, unit: 'ns', better: 'lower', value, count: values.length });
    };
    set('mean', mean(sorted));
    set('std', deviation(sorted, 'all'));
    set('max', sorted[sorted.length - 1]);
    const written = this.#measurement.percentsOf(family);
    for (const percent of new Set([...PERCENTS, ...written])) set(`p${percent}`, quantile(sorted, percent / 100));
  }

  #samples(family: string, values: Float64Array): void {
    this.#measurement.addSamples(family, values.length > MOST_SAMPLES ? this.#thinned(family, values) : values);
  }

  #thinned(family: string, values: Float64Array): Float64Array {
    this.#diagnostics.add('samples_thinned', { ...this.#place, field: family }, `${MOST_SAMPLES} of ${values.length}`);
    const sorted = values.slice().sort();
    const step = (sorted.length - 1) / (MOST_SAMPLES - 1);
    return Float64Array.from({ length: MOST_SAMPLES }, (_, i) => sorted[Math.round(i * step)]);
  }
}

function inNs(seconds: Float64Array): Float64Array {
  return seconds.map((value) => value * NS_PER_SECOND);
}

function chosen(values: Float64Array | undefined, isDone: Uint8Array): Float64Array {
  return values === undefined ? new Float64Array(0) : values.filter((_, i) => isDone[i] === 1);
}

function timesPerToken(
  ttfts: Float64Array | undefined,
  ends: Float64Array | undefined,
  outputs: Float64Array | undefined,
  isDone: Uint8Array,
): Float64Array {
  if (ttfts === undefined || ends === undefined || outputs === undefined) return new Float64Array(0);
  const each = ttfts.map((ttft, i) => (outputs[i] > 1 ? (ends[i] - ttft) / (outputs[i] - 1) : Number.NaN));
  return chosen(each, isDone).filter(Number.isFinite);
}
