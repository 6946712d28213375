import { ByteInterner, unescapedWherePossible } from '../../bytes/index.ts';
import { NONE, type TimelineBuilder } from '../../timeline/index.ts';
import type { Dialect } from './dialect.ts';
import { KeyBytes } from './key-bytes.ts';

/** A range of bytes that someone else owns. */
export interface ByteRange {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** What tells one series of samples from another. `pid` and the keys are numbers of the builder's keys. */
export interface Series {
  readonly pid: number;
  readonly name: number;
  readonly key: number;
  /** The args that select it, with their values as JSON text. */
  readonly selectors: readonly { readonly key: number; readonly value: ByteRange }[];
  readonly id: ByteRange | undefined;
}

/** Finds or makes the tracks of counters: one for each series. */
export class SeriesTracks {
  readonly #builder: TimelineBuilder;
  /** Keys of args that select a series instead of being one. */
  readonly selectors: ReadonlySet<number>;
  readonly #series = new ByteInterner();
  readonly #trackOf: number[] = [];
  readonly #key = new KeyBytes();

  constructor(builder: TimelineBuilder, dialect: Dialect) {
    this.#builder = builder;
    this.selectors = new Set(dialect.counterSelectors.map((key) => builder.keys.addText(key)));
  }

  track(series: Series): number {
    const key = this.#key;
    key.start();
    key.number(series.pid);
    key.number(series.name);
    key.number(series.key);
    for (const { key: selector, value } of series.selectors) {
      key.number(selector);
      key.bytes(value.bytes, value.from, value.to);
    }
    if (series.id !== undefined) key.bytes(series.id.bytes, series.id.from, series.id.to);
    const number = key.intern(this.#series);
    this.#trackOf[number] ??= this.#newTrack(series);
    return this.#trackOf[number];
  }

  #newTrack({ pid, name, key, selectors, id }: Series): number {
    const { strings, tracks } = this.#builder;
    let text = name === NONE ? '' : new TextDecoder().decode(strings.bytesOf(name));
    for (const { key: selector, value } of selectors) text += ` ${this.#keyText(selector)} ${shortText(value)}`;
    if (id !== undefined) text += ` id ${textOf(id)}`;
    return tracks.counter(pid, text, this.#keyText(key));
  }

  #keyText(key: number): string {
    return unescapedWherePossible(new TextDecoder().decode(this.#builder.keys.bytesOf(key)));
  }
}

function textOf({ bytes, from, to }: ByteRange): string {
  return new TextDecoder().decode(bytes.subarray(from, to));
}

const LONGEST_TEXT = 40;

export function shortText(range: ByteRange): string {
  const text = textOf(range);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
}
