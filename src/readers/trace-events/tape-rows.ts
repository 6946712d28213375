import type { NewTrack, ScannedRun, Tape } from '../../bytes/index.ts';
import { type EventRows, NONE, type TimelineBuilder } from '../../timeline/index.ts';
import { TapeSlices } from '../tape-slices.ts';
import type { Dialect } from './dialect.ts';
import type { FlowKeys } from './flow-keys.ts';
import type { SeriesTracks } from './series-tracks.ts';

type Ends = ScannedRun['ends'];

const NOTHING: Ends = { slices: 0, counters: 0, flows: 0 };

/** What the scanners of one capture share: where their rows, tracks and arrows go. */
export interface TapeTarget {
  readonly builder: TimelineBuilder;
  readonly dialect: Dialect;
  readonly series: SeriesTracks;
  readonly flowKeys: FlowKeys;
}

/** Takes over the tapes of one scanner, in order. */
export class TapeRows {
  readonly #target: TapeTarget;
  readonly #slices: TapeSlices;
  #tape: Tape | undefined;
  #done = NOTHING;
  #noSlice = new Int32Array(0);

  constructor(target: TapeTarget) {
    this.#target = target;
    this.#slices = new TapeSlices(target.builder, (track, stringOf) => this.#makeTrack(track, stringOf));
  }

  /** The next tape of the scanner. Its columns are changed in place. */
  start(tape: Tape): void {
    this.#tape = tape;
    this.#done = NOTHING;
    this.#slices.start(tape);
  }

  /** Leaves out the rows up to these ends: they are no rows of the timeline. */
  skip(ends: Ends): void {
    this.#done = ends;
    if (this.#tape !== undefined) this.#slices.skip(this.#tape, ends.slices);
  }

  /** Adds the rows of the tape from those that are done up to these ends. */
  take(rows: EventRows, ends: Ends): void {
    const tape = this.#tape;
    if (tape === undefined) return;
    const from = this.#done;
    this.#done = ends;
    if (ends.slices > from.slices) this.#slices.take(rows, tape, from.slices, ends.slices);
    if (ends.counters > from.counters) {
      this.#slices.translateTracks(tape.counters.track, from.counters, ends.counters);
      rows.counters.append(tape.counters, from.counters, ends.counters);
    }
    if (ends.flows > from.flows) this.#takeFlows(rows, tape, from.flows, ends.flows);
  }

  #takeFlows(rows: EventRows, { flows }: Tape, from: number, to: number): void {
    this.#slices.translateTracks(flows.track, from, to);
    this.#slices.translateStrings(flows.name, from, to);
    this.#slices.translateStrings(flows.category, from, to);
    const { name, category, idHigh, idLow } = flows;
    const { flowKeys } = this.#target;
    const key = new Int32Array(to);
    for (let i = from; i < to; i++) key[i] = flowKeys.numbered(category[i], name[i], idHigh[i], idLow[i]);
    if (to > this.#noSlice.length) this.#noSlice = new Int32Array(to).fill(NONE);
    rows.flowEnds.append({ ...flows, key, slice: this.#noSlice }, from, to);
  }

  #makeTrack(track: NewTrack, stringOf: Int32Array): number {
    const { builder, series } = this.#target;
    const keyOf = (key: string): number => builder.keys.addText(key);
    switch (track.kind) {
      case 'thread':
        return builder.tracks.thread(keyOf(String(track.pid)), track.tid === NONE ? NONE : keyOf(String(track.tid)));
      case 'series': {
        const pid = keyOf(String(track.pid));
        const selectors = track.selectors.map(({ key, value }) => ({
          key: keyOf(key),
          value: { bytes: value, from: 0, to: value.length },
        }));
        return series.track({ pid, name: stringOf[track.name], key: keyOf(track.key), selectors, id: undefined });
      }
      case 'cells':
        throw new Error('a scanner of events found a track of a table');
      default:
        return track satisfies never;
    }
  }
}
