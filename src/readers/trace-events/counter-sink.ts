import type { Diagnostics } from '../../base/index.ts';
import {
  ByteInterner,
  decimalValue,
  type EventScanner,
  FIELD,
  type ScannedEvent,
  unescapedWherePossible,
} from '../../bytes/index.ts';
import { type EventRows, NONE, type TimelineBuilder } from '../../timeline/index.ts';
import type { Dialect } from './dialect.ts';
import { KeyBytes } from './key-bytes.ts';

/** C events: every number in the args is a sample of a series of its own. */
export class CounterSink {
  readonly #builder: TimelineBuilder;
  readonly #diagnostics: Diagnostics;
  /** Keys of args that select a series instead of being one. */
  readonly #selectors: Set<number>;
  /** Numbers for (process, counter name, selection, series), and the track of each. */
  readonly #series = new ByteInterner();
  readonly #trackOf: number[] = [];
  readonly #key = new KeyBytes();
  #memberKeys: number[] = [];
  /** The tracks of the members of the event added last, holes where a member is no sample. */
  readonly tracks: number[] = [];

  constructor(builder: TimelineBuilder, dialect: Dialect, diagnostics: Diagnostics) {
    this.#builder = builder;
    this.#diagnostics = diagnostics;
    this.#selectors = new Set(dialect.counterSelectors.map((key) => builder.keys.addText(key)));
  }

  add(event: ScannedEvent, scanner: EventScanner, rows: EventRows, timeNs: number, path: string): void {
    const { args, buffer } = scanner;
    const memberCount = event.argsTo > event.argsFrom ? args.memberCount : 0;
    if (memberCount === 0) this.#diagnostics.add('counter_not_numeric', { path, offset: event.offset }, 'no values');
    this.#readKeys(scanner, memberCount);
    for (let m = 0; m < memberCount; m++) {
      if (this.#selectors.size > 0 && this.#selectors.has(this.#memberKeys[m])) continue;
      const quoted = buffer[args.memberFrom[m]] === 0x22 ? 1 : 0;
      const value = decimalValue(buffer, args.memberFrom[m] + quoted, args.memberTo[m] - quoted);
      if (!Number.isFinite(value)) {
        this.#diagnostics.add('counter_not_numeric', { path, offset: event.offset }, memberText(scanner, m));
        continue;
      }
      const i = rows.counters.next();
      const columns = rows.counters.block;
      this.tracks[m] = this.#track(event, scanner, memberCount, this.#memberKeys[m]);
      columns.track[i] = this.tracks[m];
      columns.timeNs[i] = timeNs;
      columns.value[i] = value;
    }
  }

  #readKeys({ args, buffer }: EventScanner, memberCount: number): void {
    for (let m = 0; m < memberCount; m++) {
      const { memberKeyFrom, memberKeyTo, memberKeyHash } = args;
      this.#memberKeys[m] = this.#builder.keys.add(buffer, memberKeyFrom[m], memberKeyTo[m], memberKeyHash[m]);
    }
  }

  #track(event: ScannedEvent, scanner: EventScanner, memberCount: number, seriesKey: number): number {
    const key = this.#key;
    key.start();
    key.number(event.pid);
    key.number(event.name);
    key.number(seriesKey);
    if (this.#selectors.size > 0) {
      for (let m = 0; m < memberCount; m++) {
        if (!this.#selectors.has(this.#memberKeys[m])) continue;
        key.number(this.#memberKeys[m]);
        key.bytes(scanner.buffer, scanner.args.memberFrom[m], scanner.args.memberTo[m]);
      }
    }
    if (event.has(FIELD.id)) key.bytes(scanner.buffer, event.from[FIELD.id], event.to[FIELD.id]);
    const series = key.intern(this.#series);
    this.#trackOf[series] ??= this.#newTrack(event, scanner, memberCount, seriesKey);
    return this.#trackOf[series];
  }

  #newTrack(event: ScannedEvent, scanner: EventScanner, memberCount: number, seriesKey: number): number {
    const { strings, tracks } = this.#builder;
    let name = event.name === NONE ? '' : new TextDecoder().decode(strings.bytesOf(event.name));
    for (let m = 0; m < memberCount; m++) {
      const key = this.#memberKeys[m];
      if (this.#selectors.has(key)) name += ` ${this.#keyText(key)} ${memberText(scanner, m)}`;
    }
    if (event.has(FIELD.id)) {
      name += ` id ${new TextDecoder().decode(scanner.buffer.subarray(event.from[FIELD.id], event.to[FIELD.id]))}`;
    }
    return tracks.counter(event.pid, name, this.#keyText(seriesKey));
  }

  #keyText(key: number): string {
    return unescapedWherePossible(new TextDecoder().decode(this.#builder.keys.bytesOf(key)));
  }
}

function memberText({ args, buffer }: EventScanner, member: number): string {
  const text = new TextDecoder().decode(buffer.subarray(args.memberFrom[member], args.memberTo[member]));
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
