import type { Diagnostics, Source } from '../../base/index.ts';
import { ByteInterner, hashBytes, type LineHandler, LineScanner } from '../../bytes/index.ts';
import { NONE } from '../../timeline/index.ts';
import { Rows } from '../../timeline/rows.ts';
import { sampleLine, seriesKey, typeComment } from './sample-line.ts';
import { isRead } from './vllm-names.ts';

/** One look at the page. */
export interface Scrape {
  readonly path: string;
  /** NaN where the file does not say when it was. */
  readonly timeMs: number;
}

/** The values of one name and set of labels. */
export interface Series {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  /** Numbers of scrapes, rising. */
  readonly scrapes: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** What one file, or several that follow one another, hold of a page. */
export interface Recording {
  /** In the order of time; those without a time come first, as they stand in the file. */
  readonly scrapes: readonly Scrape[];
  readonly series: readonly Series[];
  /** What the page says its metrics are: counter, gauge, histogram. */
  readonly types: ReadonlyMap<string, string>;
  /** Families of metrics of other programs, which are not read. */
  readonly others: ReadonlySet<string>;
}

const SAMPLE_SCHEMA = { series: 'i32', scrape: 'i32', value: 'f64' } as const;
/** A page has some hundred. Each costs memory however little is said of it. */
const MOST_SERIES = 100_000;
const LONGEST_KEY_BYTES = 16 * 1024;
/** Names and labels that are known by their bytes; others are looked at each time. */
const MOST_KNOWN_BYTES = 1 << 26;
/** As far as rows of a timeline may lie apart: 52 days. */
const FARTHEST_MS = 2 ** 52 / 1e6;
const NOT_READ = -1;
const NO_KEY = -2;

/** Comments that `traceconv scrape` writes where the server did not answer. */
export const MISSED_COMMENT = '# no scrape';

export async function readRecording(
  source: Source,
  diagnostics: Diagnostics,
  onBytes: (count: number) => void,
): Promise<Recording> {
  const lines = new RecordingLines(source.path, diagnostics);
  const scanner = new LineScanner(lines);
  for await (const chunk of source.stream()) {
    scanner.feed(chunk);
    onBytes(chunk.length);
  }
  lines.isLast = true;
  scanner.end();
  return lines.finish();
}

interface SeriesDraft {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
}

class RecordingLines implements LineHandler {
  /** From now on a line is one that has no end. */
  isLast = false;
  readonly #path: string;
  readonly #diagnostics: Diagnostics;
  readonly #keys = new ByteInterner();
  /** By the number of the key as it is written: the number of the series, or why there is none. */
  readonly #seriesOfKey: number[] = [];
  /** The same series may be written in several ways. */
  readonly #seriesOfText = new Map<string, number>();
  readonly #series: SeriesDraft[] = [];
  readonly #rows = new Rows(SAMPLE_SCHEMA);
  readonly #types = new Map<string, string>();
  readonly #scrapes: Scrape[] = [];
  readonly #scrapeOfTime = new Map<number, number>();
  #untimed = NOT_READ;
  /** Names whose types were said in the untimed scrape: a second time they begin another one. */
  readonly #saidTypes = new Set<string>();
  readonly #others = new Set<string>();
  #knownBytes = 0;

  constructor(path: string, diagnostics: Diagnostics) {
    this.#path = path;
    this.#diagnostics = diagnostics;
  }

  line(buffer: Uint8Array, from: number, to: number, offset: number): void {
    let start = offset === 0 ? behindMark(buffer, from, to) : from;
    while (start < to && (buffer[start] === 0x20 || buffer[start] === 0x09)) start++;
    if (start === to) return;
    if (buffer[start] === 0x23) this.#comment(new TextDecoder().decode(buffer.subarray(start, to)), offset);
    else if (this.isLast) this.#diagnostics.add('scrape_truncated', { path: this.#path, offset });
    else this.#sample(buffer, start, to, offset);
  }

  lineTooLong(offset: number): void {
    this.#malformed(offset, 'a line of more than a megabyte');
  }

  finish(): Recording {
    const scrapeOf = this.#oneOfPages();
    const order = this.#nearScrapes(scrapeOf.filter((scrape, i) => scrape === i));
    const placeOf = new Int32Array(this.#scrapes.length).fill(NONE);
    order.forEach((scrape, place) => (placeOf[scrape] = place));
    scrapeOf.forEach((scrape, i) => (placeOf[i] = placeOf[scrape]));
    return {
      scrapes: order.map((scrape) => this.#scrapes[scrape]),
      series: this.#settledSeries(placeOf),
      types: this.#types,
      others: new Set([...this.#others].map((name) => this.#familyOf(name))),
    };
  }

  /**
   * By scrape without a time: which it is part of. Pages of two servers one behind the other say types twice, too, but no
   * series of the one is on the other.
   */
  #oneOfPages(): number[] {
    const [series, scrapes] = [this.#rows.column('series'), this.#rows.column('scrape')];
    const found = this.#scrapes.map((_, i) => i);
    const seenIn = new Map<number, number>();
    let current = NONE;
    for (let from = 0, to = 0; from < series.length; from = to) {
      while (to < series.length && scrapes[to] === scrapes[from]) to++;
      if (!Number.isNaN(this.#scrapes[scrapes[from]].timeMs)) continue;
      const own = series.subarray(from, to);
      if (current === NONE || own.some((each) => seenIn.get(each) === current)) current = scrapes[from];
      found[scrapes[from]] = current;
      for (const each of own) seenIn.set(each, current);
    }
    return found;
  }

  /** In the order of time. A scrape whose time is far from the others would make every rate wrong. */
  #nearScrapes(scrapes: readonly number[]): number[] {
    const order = [...scrapes].sort((a, b) => timeOf(this.#scrapes[a]) - timeOf(this.#scrapes[b]));
    const timed = order.filter((scrape) => !Number.isNaN(this.#scrapes[scrape].timeMs));
    if (timed.length === 0) return order;
    const middleMs = this.#scrapes[timed[timed.length >> 1]].timeMs;
    return order.filter((scrape) => {
      const { timeMs } = this.#scrapes[scrape];
      const isFar = Math.abs(timeMs - middleMs) > FARTHEST_MS;
      if (isFar) this.#diagnostics.add('time_far_away', { path: this.#path }, `a scrape of ${timeMs} ms since 1970`);
      return !isFar;
    });
  }

  #comment(text: string, offset: number): void {
    const said = typeComment(text);
    if (said !== undefined) {
      if (this.#saidTypes.has(said.name)) {
        this.#untimed = NOT_READ;
        this.#saidTypes.clear();
      }
      if (this.#saidTypes.size < MOST_SERIES) this.#saidTypes.add(said.name);
      if (this.#types.size < MOST_SERIES) this.#types.set(said.name, said.type);
    } else if (text.startsWith(MISSED_COMMENT)) {
      const detail = text.slice(MISSED_COMMENT.length).trim().slice(0, 200);
      this.#diagnostics.add('scrape_missed', { path: this.#path, offset }, detail);
    }
  }

  #sample(buffer: Uint8Array, from: number, to: number, offset: number): void {
    const sample = sampleLine(buffer, from, to);
    if (sample === undefined) {
      this.#malformed(offset, excerpt(buffer, from, to));
      return;
    }
    const { keyTo, value, timeMs } = sample;
    const series = this.#seriesAt(buffer, from, keyTo, offset);
    if (series < 0) return;
    if (timeMs === Number.POSITIVE_INFINITY) {
      this.#malformed(offset, 'a time that no clock shows');
      return;
    }
    const scrape = this.#scrapeAt(timeMs);
    const row = this.#rows.next();
    this.#rows.columns.series[row] = series;
    this.#rows.columns.scrape[row] = scrape;
    this.#rows.columns.value[row] = value;
  }

  #seriesAt(buffer: Uint8Array, from: number, to: number, offset: number): number {
    if (to - from > LONGEST_KEY_BYTES) {
      this.#malformed(offset, `labels of ${to - from} bytes`);
      return NO_KEY;
    }
    const hash = hashBytes(buffer, from, to);
    let key = this.#keys.find(buffer, from, to, hash);
    if (key < 0 && this.#knownBytes < MOST_KNOWN_BYTES) {
      key = this.#keys.add(buffer, from, to, hash);
      this.#knownBytes += to - from;
    }
    const known = this.#seriesOfKey[key] as number | undefined;
    if (known !== undefined) return known;
    const series = this.#newSeries(new TextDecoder().decode(buffer.subarray(from, to)), offset);
    if (key >= 0) this.#seriesOfKey[key] = series;
    return series;
  }

  #newSeries(key: string, offset: number): number {
    const read = seriesKey(key);
    if (read === undefined) {
      this.#malformed(offset, 'no name and labels');
      return NO_KEY;
    }
    if (!isRead(read.name)) {
      if (this.#others.size < MOST_SERIES) this.#others.add(read.name);
      return NOT_READ;
    }
    const text = seriesText(read);
    const known = this.#seriesOfText.get(text);
    if (known !== undefined) return known;
    if (this.#series.length === MOST_SERIES) {
      this.#diagnostics.add('series_left_out', { path: this.#path, offset }, read.name);
      return NO_KEY;
    }
    this.#seriesOfText.set(text, this.#series.length);
    return this.#series.push(read) - 1;
  }

  /** Parts of a histogram or summary are of the family that the page names. */
  #familyOf(name: string): string {
    const stem = name.replace(/_(bucket|sum|count|created|total)$/, '');
    return this.#types.has(name) || !this.#types.has(stem) ? name : stem;
  }

  #scrapeAt(timeMs: number): number {
    const known = Number.isNaN(timeMs) ? this.#untimed : (this.#scrapeOfTime.get(timeMs) ?? NOT_READ);
    if (known !== NOT_READ) return known;
    const scrape = this.#scrapes.push({ path: this.#path, timeMs }) - 1;
    if (Number.isNaN(timeMs)) this.#untimed = scrape;
    else this.#scrapeOfTime.set(timeMs, scrape);
    return scrape;
  }

  /** The rows of each series in the order of scrapes; of several in one scrape the first. */
  #settledSeries(placeOf: Int32Array): Series[] {
    const [series, scrape, value] = [
      this.#rows.column('series'),
      this.#rows.column('scrape'),
      this.#rows.column('value'),
    ];
    const place = scrape.map((each) => placeOf[each]);
    const order = new Uint32Array(this.#rows.length).map((_, row) => row).filter((row) => place[row] !== NONE);
    order.sort((a, b) => series[a] - series[b] || place[a] - place[b] || a - b);
    const kept = order.filter((row, i) => {
      const before = order[i - 1];
      if (i === 0 || series[before] !== series[row] || place[before] !== place[row]) return true;
      this.#diagnostics.add('sample_repeated', { path: this.#path, field: this.#series[series[row]].name });
      return false;
    });
    const places = Int32Array.from(kept, (row) => place[row]);
    const values = Float64Array.from(kept, (row) => value[row]);
    const from = new Uint32Array(this.#series.length + 1);
    for (const row of kept) from[series[row] + 1]++;
    for (let i = 0; i < this.#series.length; i++) from[i + 1] += from[i];
    return this.#series.map((draft, i) => ({
      ...draft,
      scrapes: places.subarray(from[i], from[i + 1]),
      values: values.subarray(from[i], from[i + 1]),
    }));
  }

  #malformed(offset: number, detail: string): void {
    this.#diagnostics.add('sample_malformed', { path: this.#path, offset }, detail);
  }
}

/** Equal for equal series, in whatever order their labels stand. */
export function seriesText({ name, labels }: Pick<Series, 'name' | 'labels'>): string {
  const sorted = [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([name, ...sorted]);
}

function timeOf({ timeMs }: Scrape): number {
  return Number.isNaN(timeMs) ? Number.MIN_SAFE_INTEGER : timeMs;
}

/** The mark that some editors put in front of UTF-8. */
function behindMark(buffer: Uint8Array, from: number, to: number): number {
  const isMark = to - from >= 3 && buffer[from] === 0xef && buffer[from + 1] === 0xbb && buffer[from + 2] === 0xbf;
  return isMark ? from + 3 : from;
}

function excerpt(buffer: Uint8Array, from: number, to: number): string {
  const text = new TextDecoder().decode(buffer.subarray(from, Math.min(to, from + 60)));
  return to - from > 60 ? `${text}...` : text;
}
