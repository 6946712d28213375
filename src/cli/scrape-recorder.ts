import { setTimeout as sleep } from 'node:timers/promises';
import { EnvironmentError, InputError } from '../base/index.ts';
import { fetchPage, PageFailure } from '../platform/node/index.ts';
import { MISSED_COMMENT } from '../readers/prometheus/recording.ts';
import { formatCounted } from '../report/format.ts';
import { stampedPage } from '../readers/prometheus/stamp.ts';
import { type Pace, publicAddress } from './scrape-flags.ts';

export interface ScrapedPage {
  readonly url: URL;
  readonly headers: ReadonlyMap<string, string>;
  readonly timeoutMs: number;
}

const MOST_PAGE_BYTES = 16 << 20;

/** What came instead of metrics. */
class NoMetrics extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** Asks for a page at even times and says what to write. */
export class Recorder {
  scrapeCount = 0;
  /** Times at which there was no answer. */
  missedCount = 0;
  /** Times that passed while an answer was awaited. */
  lateCount = 0;
  readonly #page: ScrapedPage;
  readonly #keeps: ((name: string) => boolean) | undefined;
  readonly #signal: AbortSignal;
  readonly #saidTypes = new Set<string>();
  #hasUnread = false;
  /** Wall time that runs on evenly, whatever is done to the clock meanwhile. */
  readonly #epochMs = Date.now() - performance.now();
  #lastMs = 0;
  #gap: { readonly fromMs: number; count: number; why: string } | undefined;

  constructor(page: ScrapedPage, keeps: ((name: string) => boolean) | undefined, signal: AbortSignal) {
    this.#page = page;
    this.#keeps = keeps;
    this.#signal = signal;
  }

  /** Pieces of a recording, each a whole one. Throws where there is no page to begin with; later that is a gap. */
  async *record({ everyMs, forMs }: Pace, say: (line: string) => void): AsyncGenerator<string> {
    const startMs = performance.now();
    for (let tick = 0; tick * everyMs <= forMs;) {
      const text = await this.#scrape(say);
      if (text !== undefined) yield text;
      if (this.#signal.aborted) break;
      // Times are counted from the start, so that nothing drifts; those that have passed are left out.
      const next = Math.max(tick + 1, Math.ceil((performance.now() - startMs) / everyMs));
      this.lateCount += Math.max(0, Math.min(next, Math.floor(forMs / everyMs) + 1) - tick - 1);
      tick = next;
      if (tick * everyMs <= forMs) await this.#sleepUntil(startMs + tick * everyMs);
      if (this.#signal.aborted) break;
    }
    const gap = this.#closeGap(this.#now());
    if (gap !== '') yield gap;
  }

  async #scrape(say: (line: string) => void): Promise<string | undefined> {
    try {
      const text = await this.#ask(say);
      if (this.#gap !== undefined) say('the server answers again');
      const before = this.scrapeCount === 0 ? this.#title() : this.#closeGap(this.#lastMs);
      this.scrapeCount++;
      return before + text;
    } catch (error) {
      if (!(error instanceof PageFailure || error instanceof NoMetrics)) throw error;
      if (this.#signal.aborted && this.scrapeCount > 0) return undefined;
      if (this.scrapeCount === 0) throw this.#noBeginning(error);
      this.missedCount++;
      if (this.#gap === undefined) say(`no metrics: ${error.message}; still asking`);
      this.#gap ??= { fromMs: this.#now(), count: 0, why: error.message };
      this.#gap.count++;
      return undefined;
    }
  }

  async #ask(say: (line: string) => void): Promise<string> {
    const answer = await fetchPage({ ...this.#page, maxBytes: MOST_PAGE_BYTES, signal: this.#signal });
    const { status, body, contentType } = answer;
    if (status === 401 || status === 403) {
      throw new NoMetrics(`a refusal (status ${status})`, 'send what it asks for with --header');
    }
    if (status !== 200) throw new NoMetrics(`an answer with status ${status}`, 'check the address');
    // Each scrape has a time of its own.
    const timeMs = Math.max(Math.round(this.#epochMs + answer.answeredMs), this.#lastMs + 1);
    const stamped = stampedPage(body, timeMs, this.#saidTypes, this.#keeps);
    const { text, keptCount, sampleCount, unreadCount, isCut } = stamped;
    if (sampleCount === 0) throw new NoMetrics(describe(body, contentType), 'the page is often called /metrics');
    if (keptCount === 0) {
      throw new NoMetrics(`${formatCounted(sampleCount, 'sample')}, none of them wanted`, 'choose others with --match');
    }
    if (isCut) {
      throw new NoMetrics(
        'a page that ends in the middle of a line',
        'the server broke off; check what lies in between',
      );
    }
    if (unreadCount > 0 && !this.#hasUnread) {
      say(`left out of the page: ${formatCounted(unreadCount, 'line')} without a sample`);
    }
    this.#hasUnread ||= unreadCount > 0;
    this.#lastMs = timeMs;
    return text;
  }

  #title(): string {
    return `# recorded by traceconv scrape from ${publicAddress(this.#page.url)}, begun ${iso(this.#lastMs)}\n`;
  }

  #closeGap(untilMs: number): string {
    if (this.#gap === undefined) return '';
    const { fromMs, count, why } = this.#gap;
    this.#gap = undefined;
    return `${MISSED_COMMENT} from ${iso(fromMs)} to ${iso(untilMs)}, asked ${count} times: ${why}\n`;
  }

  #noBeginning(error: PageFailure | NoMetrics): Error {
    const path = publicAddress(this.#page.url);
    if (this.#signal.aborted) return new EnvironmentError('interrupted', path, 'interrupted before there was anything');
    if (error instanceof NoMetrics) {
      const problem = { at: { path }, expected: 'metrics in the text format of Prometheus', found: error.message };
      return new InputError('no_metrics', { ...problem, hint: error.hint });
    }
    const hint = 'check the address, and that the server is running';
    return new EnvironmentError('no_answer', path, `${path}: ${error.message}`, hint);
  }

  #now(): number {
    return Math.round(this.#epochMs + performance.now());
  }

  async #sleepUntil(timeMs: number): Promise<void> {
    const options = { signal: this.#signal };
    // Being woken by Ctrl-C is one way to wake up.
    await sleep(Math.max(0, timeMs - performance.now()), undefined, options).catch(() => undefined);
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** Of an answer without samples, in a few words. */
function describe(body: Uint8Array, contentType: string): string {
  const text = new TextDecoder().decode(body.subarray(0, 4096)).trimStart();
  if (text === '') return 'an empty answer';
  // It ends in a comment of the recording, which is one line.
  const title = /<title[^>]*>([^<]{1,60})/i.exec(text)?.[1].trim().replace(/\s+/g, ' ');
  if (text.startsWith('<')) return `a page for a browser (HTML${title === undefined ? '' : `: ${title}`})`;
  const type = contentType.split(';', 1)[0].trim().slice(0, 40);
  return `no metrics${type === '' ? '' : ` but ${type}`}: ${JSON.stringify(text.slice(0, 40))}`;
}
