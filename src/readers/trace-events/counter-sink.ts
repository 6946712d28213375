import type { Diagnostics } from '../../base/index.ts';
import { decimalValue, type EventScanner, FIELD, type ScannedEvent } from '../../bytes/index.ts';
import type { EventRows, TimelineBuilder } from '../../timeline/index.ts';
import { type ByteRange, type Series, type SeriesTracks, shortText } from './series-tracks.ts';

/** C events: every number in the args is a sample of a series of its own. */
export class CounterSink {
  readonly #builder: TimelineBuilder;
  readonly #tracks: SeriesTracks;
  readonly #diagnostics: Diagnostics;
  #memberKeys: number[] = [];

  constructor(builder: TimelineBuilder, tracks: SeriesTracks, diagnostics: Diagnostics) {
    this.#builder = builder;
    this.#tracks = tracks;
    this.#diagnostics = diagnostics;
  }

  add(event: ScannedEvent, scanner: EventScanner, rows: EventRows, timeNs: number, path: string): void {
    const { args, buffer } = scanner;
    const memberCount = event.argsTo > event.argsFrom ? args.memberCount : 0;
    if (memberCount === 0) this.#diagnostics.add('counter_not_numeric', { path, offset: event.offset }, 'no values');
    this.#readKeys(scanner, memberCount);
    const selectors = this.#selectors(scanner, memberCount);
    for (let m = 0; m < memberCount; m++) {
      const key = this.#memberKeys[m];
      if (this.#tracks.selectors.has(key)) continue;
      const quoted = buffer[args.memberFrom[m]] === 0x22 ? 1 : 0;
      const value = decimalValue(buffer, args.memberFrom[m] + quoted, args.memberTo[m] - quoted);
      if (!Number.isFinite(value)) {
        const text = shortText(memberOf(scanner, m));
        this.#diagnostics.add('counter_not_numeric', { path, offset: event.offset }, text);
        continue;
      }
      const i = rows.counters.next();
      const columns = rows.counters.columns;
      columns.track[i] = this.#tracks.track({
        pid: event.pid,
        name: event.name,
        key,
        selectors,
        id: idOf(event, buffer),
      });
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

  #selectors(scanner: EventScanner, memberCount: number): Series['selectors'] {
    if (this.#tracks.selectors.size === 0) return [];
    return this.#memberKeys
      .slice(0, memberCount)
      .flatMap((key, m) => (this.#tracks.selectors.has(key) ? [{ key, value: memberOf(scanner, m) }] : []));
  }
}

function memberOf({ args, buffer }: EventScanner, member: number): ByteRange {
  return { bytes: buffer, from: args.memberFrom[member], to: args.memberTo[member] };
}

function idOf(event: ScannedEvent, buffer: Uint8Array): ByteRange | undefined {
  return event.has(FIELD.id) ? { bytes: buffer, from: event.from[FIELD.id], to: event.to[FIELD.id] } : undefined;
}
