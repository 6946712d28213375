import type { Diagnostics } from '../../base/index.ts';
import { decimalValue, type EventScanner, FIELD, hashBytes, type ScannedEvent, walkObject } from '../../bytes/index.ts';
import { type EventRows, NONE, type TimelineBuilder } from '../../timeline/index.ts';
import type { Dialect } from './dialect.ts';

interface Member {
  readonly key: number;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** C events: every number in the args is a sample of a series of its own. */
export class CounterSink {
  readonly #builder: TimelineBuilder;
  readonly #diagnostics: Diagnostics;
  readonly #selectors: Set<number>;
  /** Track by (process, counter name, what selects the series, series). */
  readonly #trackByKey = new Map<string, number>();
  /** The same for events that come one after the other, without making a string. */
  readonly #recent = new Map<number, number>();
  readonly #members: Member[] = [];

  constructor(builder: TimelineBuilder, dialect: Dialect, diagnostics: Diagnostics) {
    this.#builder = builder;
    this.#diagnostics = diagnostics;
    this.#selectors = new Set(dialect.counterSelectors.map((key) => builder.keys.addText(key)));
  }

  add(event: ScannedEvent, scanner: EventScanner, rows: EventRows, timeNs: number, path: string): void {
    this.#readMembers(event, scanner);
    const selected = this.#selection(event, scanner);
    let added = 0;
    for (const { key, value, from, to } of this.#members) {
      if (this.#selectors.has(key)) continue;
      if (Number.isNaN(value)) {
        const detail = new TextDecoder().decode(scanner.buffer.subarray(from, Math.min(to, from + 40)));
        this.#diagnostics.add('counter_not_numeric', { path, offset: event.offset }, detail);
        continue;
      }
      const i = rows.counters.next();
      const columns = rows.counters.block;
      columns.track[i] = this.#track(event, selected, key);
      columns.timeNs[i] = timeNs;
      columns.value[i] = value;
      added++;
    }
    if (added === 0 && this.#members.length === 0) {
      this.#diagnostics.add('counter_not_numeric', { path, offset: event.offset }, 'no values');
    }
  }

  #readMembers(event: ScannedEvent, scanner: EventScanner): void {
    this.#members.length = 0;
    if (event.argsTo === event.argsFrom) return;
    walkObject(scanner.buffer, event.argsFrom, (keyFrom, keyTo, from, to) => {
      const key = this.#builder.keys.add(scanner.buffer, keyFrom, keyTo, hashBytes(scanner.buffer, keyFrom, keyTo));
      const quoted = scanner.buffer[from] === 0x22 ? 1 : 0;
      this.#members.push({ key, value: decimalValue(scanner.buffer, from + quoted, to - quoted), from, to });
    });
  }

  /** What besides its name tells this counter from others: ids and selector args, as text. */
  #selection(event: ScannedEvent, scanner: EventScanner): string {
    let text = '';
    const decode = (from: number, to: number): string => new TextDecoder().decode(scanner.buffer.subarray(from, to));
    for (const { key, from, to } of this.#members) {
      if (this.#selectors.has(key)) text += ` ${this.#keyText(key)} ${decode(from, to)}`;
    }
    if (event.has('id')) text += ` id ${decode(event.from[FIELD.id], event.to[FIELD.id])}`;
    return text;
  }

  #keyText(key: number): string {
    return new TextDecoder().decode(this.#builder.keys.bytesOf(key));
  }

  #track(event: ScannedEvent, selected: string, key: number): number {
    if (selected === '') {
      const recentKey = (event.pid * 65536 + event.name) * 65536 + key;
      let track = this.#recent.get(recentKey);
      if (track === undefined) {
        track = this.#newTrack(event, selected, key);
        if (event.name < 65536 && key < 65536) this.#recent.set(recentKey, track);
      }
      return track;
    }
    const text = `${event.pid}/${event.name}/${key}/${selected}`;
    let track = this.#trackByKey.get(text);
    if (track === undefined) {
      track = this.#newTrack(event, selected, key);
      this.#trackByKey.set(text, track);
    }
    return track;
  }

  #newTrack(event: ScannedEvent, selected: string, key: number): number {
    const { strings, tracks } = this.#builder;
    const name = event.name === NONE ? '' : new TextDecoder().decode(strings.bytesOf(event.name));
    return tracks.counter(event.pid, name + selected, this.#keyText(key));
  }
}
