import { type EventRows, NONE, type TimelineBuilder } from '../../timeline/index.ts';
import type { EngineLog } from './engine-log.ts';
import { type ArgsMaker, MADE_BYTES, MadeArgs } from './made-args.ts';

/** 26 days: times that are no farther from the first, on either side, are told apart to the ns. */
export const FARTHEST_NS = 2 ** 51;

/** Layers, hosts and microcontrollers add few slices to those of records. */
const MARGIN = 1.1;

/** A slice of a track; `address` is that of its args, NONE where it has none. */
export interface RawSlice {
  readonly track: number;
  readonly startNs: number;
  readonly endNs: number;
  /** Ids of strings; the category may be NONE. */
  readonly name: number;
  readonly category: number;
  readonly address: number;
}

/** Where rows of a raw capture go. Times are ns from the time of the first one. */
export class RawRows {
  readonly builder: TimelineBuilder;
  readonly args = new MadeArgs();
  readonly rows: EventRows;
  readonly #strings = new Map<string, number>();

  constructor(builder: TimelineBuilder, rows: EventRows) {
    this.builder = builder;
    this.rows = rows;
  }

  /** Makes room for the records of logs. */
  reserve(logs: readonly EngineLog[]): void {
    const { slices, counters } = this.rows;
    const countOf = (own: readonly EngineLog[]): number => own.reduce((sum, { length }) => sum + length, 0);
    slices.reserve(Math.ceil(countOf(logs) * MARGIN));
    counters.reserve(2 * countOf(logs.filter(({ engine }) => engine !== 'tiu')));
  }

  isNear(timeNs: number): boolean {
    return Math.abs(timeNs) < FARTHEST_NS;
  }

  string(text: string): number {
    let id = this.#strings.get(text);
    if (id === undefined) this.#strings.set(text, (id = this.builder.strings.addText(text)));
    return id;
  }

  thread(process: string, track: string): number {
    const { keys, tracks } = this.builder;
    return tracks.thread(keys.addText(process), keys.addText(track));
  }

  addArgs(maker: ArgsMaker): number {
    return this.args.add(maker);
  }

  /** Tells the row of the slice. */
  addSlice({ track, startNs, endNs, name, category, address }: RawSlice): number {
    const { slices } = this.rows;
    const at = slices.next();
    const { columns } = slices;
    columns.track[at] = track;
    columns.startNs[at] = startNs;
    columns.durNs[at] = Math.max(0, endNs - startNs);
    columns.name[at] = name;
    columns.category[at] = category;
    columns.argsFrom[at] = Math.max(0, address);
    columns.argsBytes[at] = address === NONE ? 0 : MADE_BYTES;
    columns.argsStrict[at] = 1;
    return at;
  }

  /** A mark without duration. */
  addInstant({ track, startNs, name, category, address }: Omit<RawSlice, 'endNs'>): void {
    const { instants } = this.rows;
    const at = instants.next();
    const { columns } = instants;
    columns.track[at] = track;
    columns.timeNs[at] = startNs;
    columns.name[at] = name;
    columns.category[at] = category;
    columns.argsFrom[at] = Math.max(0, address);
    columns.argsBytes[at] = address === NONE ? 0 : MADE_BYTES;
    columns.argsStrict[at] = 1;
  }

  addSample(track: number, timeNs: number, value: number): void {
    const { counters } = this.rows;
    const at = counters.next();
    counters.columns.track[at] = track;
    counters.columns.timeNs[at] = timeNs;
    counters.columns.value[at] = value;
  }
}
