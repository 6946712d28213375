import type { ScannedEvent } from '../../bytes/index.ts';
import { type EventRows, NONE, type TimelineBuilder } from '../../timeline/index.ts';
import type { ValuedInstants } from './dialect.ts';
import type { SeriesTracks } from './series-tracks.ts';

interface Member {
  /** The typed key of the value. */
  readonly typed: number;
  /** What the series is called. */
  readonly key: number;
}

/** Samples of counters that stand as args of instants. */
export class ValueSink {
  readonly #builder: TimelineBuilder;
  readonly #tracks: SeriesTracks;
  readonly #name: number;
  readonly #counter: number;
  /** Typed keys by number. */
  readonly #deviceType: number;
  readonly #device: number;
  readonly #series: readonly Member[];
  readonly #change: Member;

  constructor(builder: TimelineBuilder, tracks: SeriesTracks, spec: ValuedInstants) {
    const typedOf = (key: string): number => builder.typedKeys.findIndex((typed) => typed.key === key);
    this.#builder = builder;
    this.#tracks = tracks;
    this.#name = builder.strings.addText(spec.name);
    this.#counter = builder.strings.addText(spec.counter);
    this.#deviceType = typedOf(spec.deviceType);
    this.#device = typedOf(spec.device);
    this.#series = spec.series.map((key) => ({ typed: typedOf(key), key: builder.keys.addText(key) }));
    this.#change = { typed: typedOf(spec.change.key), key: builder.keys.addText(spec.change.series) };
  }

  add(event: ScannedEvent, rows: EventRows, timeNs: number): void {
    if (event.name !== this.#name) return;
    const pid = this.#processOf(event);
    const told = this.#series.filter(({ typed }) => has(event, typed));
    for (const { typed, key } of told.length > 0 ? told : [this.#change]) {
      if (!has(event, typed)) continue;
      const i = rows.counters.next();
      const columns = rows.counters.columns;
      columns.track[i] = this.#tracks.track({ pid, name: this.#counter, key, selectors: [], id: undefined });
      columns.timeNs[i] = timeNs;
      columns.value[i] = event.typedNumbers[typed];
    }
  }

  #processOf(event: ScannedEvent): number {
    const device = has(event, this.#device) ? event.typedNumbers[this.#device] : NONE;
    const isOfHost = has(event, this.#deviceType) && event.typedNumbers[this.#deviceType] === 0;
    return isOfHost || device < 0 ? event.pid : this.#builder.keys.addText(String(device));
  }
}

function has(event: ScannedEvent, typed: number): boolean {
  return (event.typedPresent & (1 << typed)) !== 0;
}
