import type { Diagnostics, Place } from '../../../base/index.ts';
import { FoundMeasurements } from '../load-files.ts';
import { Measurement, numberOf } from '../measurement.ts';
import { labelCalled, metricCalled, type MetricMeaning } from '../names.ts';
import { unitCalled } from '../units.ts';
import { argumentsIn, figureIn, isKnown, shownParts } from './printed-line.ts';

const TITLE = /(?<!=)={6,} ?[\w ]{0,40}Benchmark Result ?={6,}/;
const END = /^={20,}$/;
const THROUGHPUT = /Throughput: ([\d.]+) requests\/s, ([\d.]+) (?:total )?tokens\/s(?:, ([\d.]+) output tokens\/s)?/;
const AVERAGE = /Avg latency: ([\d.]+) seconds/;
const PERCENTILE = /(\d{1,3}(?:\.\d{1,6})?)% percentile latency: ([\d.]+) seconds/;
/** First token latency and tokens per second, as scripts for single models print them. */
const TOKENS = /\b(FTL|TPS)\b["')]?\s{0,20}(?:\(([^()]{0,20})\))?["']?\s{0,20}[:=]\s*([\d.]+)\s*([a-zµ/]+)?/gi;
/** What loose lines have to hold to be a result: others speak of requests and durations, too. */
const TELLING = ['req_s', 'output_tok_s', 'total_tok_s', 'ttft.mean', 'latency.mean'];

/** Seconds, where no unit stands there. */
const FIRST_TOKEN: MetricMeaning = { id: 'ttft.mean', unit: 'ns', better: 'lower', factor: 1e9 };
const TOKENS_PER_SECOND: MetricMeaning = { id: 'output_tok_s', unit: '1/s', better: 'higher', factor: 1 };
const MOST_RUNS = 1 << 14;
/** Longer ones than the arguments of a command are no results. */
const LONGEST_PART = 1 << 14;

/** Finds results among the lines of a log. */
export class PrintedResults {
  readonly #path: string;
  readonly #diagnostics: Diagnostics;
  readonly #found = new FoundMeasurements();
  /** Of the command whose results come: how it was called. */
  readonly #context = new Map<string, string>();
  /** What the lines at hand belong to; a block has a title and an end. */
  #current: Measurement | undefined;
  #isBlock = false;
  #isFull = false;
  /** FTL and TPS at hand, which is `current`. */
  readonly #runs: Measurement[] = [];
  /** The nth FTL and the nth TPS are of the nth run, in whichever order they are printed. */
  readonly #tokensSeen = new Map<MetricMeaning, number>();

  constructor(path: string, diagnostics: Diagnostics) {
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  line(text: string, offset: number): void {
    for (const part of shownParts(text)) {
      if (!this.#isFull && part.length <= LONGEST_PART) this.#part(part, { path: this.#path, offset });
    }
  }

  finish(sizeBytes: number): readonly Measurement[] {
    if (this.#isBlock) this.#diagnostics.add('event_incomplete', { path: this.#path, offset: sizeBytes });
    this.#close();
    this.#takeRuns(sizeBytes);
    return this.#found.all;
  }

  #part(part: string, place: Place): void {
    const called = argumentsIn(part);
    if (called !== undefined) {
      this.#close();
      this.#context.clear();
      for (const [label, value] of called) this.#context.set(label, value);
    } else if (TITLE.test(part)) {
      if (this.#isBlock) this.#diagnostics.add('event_incomplete', place);
      this.#close();
      this.#open(place);
      this.#isBlock = true;
    } else if (this.#isBlock && END.test(part)) this.#close();
    else if (!this.#takeOffline(part, place) && !this.#takeTokens(part, place)) this.#takeFigure(part, place);
  }

  #open(place: Place): Measurement {
    this.#isFull = this.#found.isFull(place, this.#diagnostics);
    this.#current = new Measurement(place, this.#diagnostics);
    for (const [label, value] of this.#context) this.#current.setLabel(label, value);
    return this.#current;
  }

  #close(): void {
    const current = this.#current;
    if (current !== undefined && (this.#isBlock || TELLING.some((id) => current.has(id)))) this.#found.add(current);
    this.#current = undefined;
    this.#isBlock = false;
  }

  /** Lines of the throughput and the latency benchmark hold figures of their own form. */
  #takeOffline(part: string, place: Place): boolean {
    const [, requests, total, output] = THROUGHPUT.exec(part) ?? [];
    if (requests !== undefined) {
      this.#close();
      this.#open(place).setLabel('benchmark', 'throughput');
      this.#set('request_throughput', requests);
      this.#set('total_token_throughput', total);
      if (output !== undefined) this.#set('output_throughput', output);
      return true;
    }
    const [, average] = AVERAGE.exec(part) ?? [];
    if (average !== undefined) {
      this.#close();
      this.#open(place).setLabel('benchmark', 'latency');
      this.#set('avg_latency', average);
      return true;
    }
    const [, percent, latency] = PERCENTILE.exec(part) ?? [];
    if (percent === undefined || this.#current?.has('latency.mean') !== true) return false;
    this.#set(`p${percent}_latency`, latency);
    return true;
  }

  #set(name: string, value: string): void {
    const meaning = metricCalled(name);
    if (meaning !== undefined) this.#current?.setNumber(meaning, Number(value), name);
  }

  #takeTokens(part: string, place: Place): boolean {
    const found = [...part.matchAll(TOKENS)];
    for (const [, name, inBrackets, value, behind] of found) {
      const metric = name.toUpperCase() === 'FTL' ? FIRST_TOKEN : TOKENS_PER_SECOND;
      const written = unitCalled(inBrackets ?? behind ?? '');
      const factor = written?.unit === metric.unit ? written.factor : metric.factor;
      const at = this.#tokensSeen.get(metric) ?? 0;
      this.#tokensSeen.set(metric, at + 1);
      let run = this.#runs.at(at);
      if (run === undefined) {
        run = new Measurement(place, this.#diagnostics);
        for (const [label, text] of this.#context) run.setLabel(label, text);
        this.#runs.push(run);
        if (this.#runs.length >= MOST_RUNS) this.#isFull = true;
      }
      run.setNumber({ ...metric, factor }, numberOf(value), name);
    }
    return found.length > 0;
  }

  /** Of each two runs the first one warms up. */
  #takeRuns(sizeBytes: number): void {
    for (let i = 1; i < this.#runs.length; i += 2) this.#found.add(this.#runs[i]);
    if (this.#runs.length % 2 === 1) {
      this.#diagnostics.add(
        'event_incomplete',
        { path: this.#path, offset: sizeBytes },
        'FTL and TPS of a warm-up only',
      );
    }
  }

  #takeFigure(part: string, place: Place): void {
    const figure = figureIn(part);
    if (figure === undefined) return;
    const { name, value } = figure;
    if (this.#isBlock) {
      // Of what is not known only plain names are taken: other processes write into the same log.
      if (isKnown(name) || /^[\w .()%/-]{1,60}$/.test(name)) this.#takeInBlock(name, value);
      return;
    }
    const label = labelCalled(name);
    if (label !== undefined) this.#context.set(label, String(value));
    const id = metricCalled(name)?.id;
    if (id === undefined) return;
    if (this.#current?.has(id) === true) this.#close();
    (this.#current ?? this.#open(place)).take(name, value);
  }

  #takeInBlock(name: string, value: string | number | boolean | null): void {
    const number = numberOf(value);
    this.#current?.take(name, labelCalled(name) === undefined && Number.isFinite(number) ? number : value);
  }
}
