import type { Place } from '../base/index.ts';
import { COUNTER_SCHEMA, FLOW_END_SCHEMA, INSTANT_SCHEMA, MARK_SCHEMA, SLICE_SCHEMA } from './columns.ts';
import { type ReadShare, Rows } from './rows.ts';
import { SpareColumns } from './spare-columns.ts';
import { TypedArgs, type TypedKeySpec } from './typed-args.ts';

/** Times farther from the first one than this belong to another clock: 52 days, so that offsets stay exact in ns. */
const REACH_MICROS = 4.5e12;
const REACH_NS = REACH_MICROS * 1000;
const PLACES_KEPT = 10;

/** All rows whose times lie within reach of one another; times are ns from `baseMicros`. */
export class EventRows {
  readonly baseMicros: number;
  /** Shared by the tables: what one is done with, the next may use. */
  readonly spare = new SpareColumns();
  readonly slices: Rows<typeof SLICE_SCHEMA>;
  readonly typed: TypedArgs;
  readonly instants: Rows<typeof INSTANT_SCHEMA>;
  readonly counters: Rows<typeof COUNTER_SCHEMA>;
  readonly flowEnds: Rows<typeof FLOW_END_SCHEMA>;
  readonly marks: Rows<typeof MARK_SCHEMA>;
  /** Where the first rows stand, in case this group turns out to be the one that is dropped. */
  readonly firstPlaces: Place[] = [];
  /** Row counts at the beginning of each file. */
  readonly partStarts: PartStart[] = [];

  constructor(baseMicros: number, typedKeys: readonly TypedKeySpec[], read: ReadShare) {
    this.baseMicros = baseMicros;
    this.slices = new Rows(SLICE_SCHEMA, this.spare, read);
    this.typed = new TypedArgs(typedKeys);
    this.instants = new Rows(INSTANT_SCHEMA, this.spare, read);
    this.counters = new Rows(COUNTER_SCHEMA, this.spare, read);
    this.flowEnds = new Rows(FLOW_END_SCHEMA, this.spare, read);
    this.marks = new Rows(MARK_SCHEMA, this.spare, read);
  }

  get rowCount(): number {
    const { slices, instants, counters, flowEnds, marks } = this;
    return slices.length + instants.length + counters.length + flowEnds.length + marks.length;
  }

  startPart(path: string): void {
    this.partStarts.push({
      path,
      slices: this.slices.length,
      instants: this.instants.length,
      counters: this.counters.length,
      flowEnds: this.flowEnds.length,
      marks: this.marks.length,
    });
  }

  offsetNs(micros: number, nanos: number): number {
    return (micros - this.baseMicros) * 1000 + nanos;
  }

  /** Whether a time, as an offset, is near enough to the others to be told from them to the ns. */
  reaches(offsetNs: number): boolean {
    return offsetNs < REACH_NS;
  }

  /** The file that a mark stands in. */
  pathOfMark(row: number): string {
    return this.partStarts.findLast(({ marks }) => marks <= row)?.path ?? '';
  }
}

export interface PartStart {
  readonly path: string;
  readonly slices: number;
  readonly instants: number;
  readonly counters: number;
  readonly flowEnds: number;
  readonly marks: number;
}

/** Keeps rows of clocks that are worlds apart (a stray ts of 0 among epoch times) from spoiling one another. */
export class TimeGroups {
  readonly groups: EventRows[] = [];
  readonly #typedKeys: readonly TypedKeySpec[];
  readonly #read: ReadShare;
  #latest: EventRows | undefined;

  constructor(typedKeys: readonly TypedKeySpec[], read: ReadShare = { share: 0 }) {
    this.#typedKeys = typedKeys;
    this.#read = read;
  }

  /** The rows a time belongs to. */
  rowsFor(micros: number, path: string, offset: number): EventRows {
    let group = this.#latest;
    if (group === undefined || Math.abs(micros - group.baseMicros) >= REACH_MICROS)
      group = this.#switchTo(micros, path);
    if (group.firstPlaces.length < PLACES_KEPT) group.firstPlaces.push({ path, offset });
    return group;
  }

  /** The latest rows, once it is noted where their first ones stand: from then on only times matter. */
  get settled(): EventRows | undefined {
    const group = this.#latest;
    return group !== undefined && group.firstPlaces.length >= PLACES_KEPT ? group : undefined;
  }

  #switchTo(micros: number, path: string): EventRows {
    let group = this.groups.find(({ baseMicros }) => Math.abs(micros - baseMicros) < REACH_MICROS);
    if (group === undefined) {
      group = new EventRows(micros, this.#typedKeys, this.#read);
      group.startPart(path);
      this.groups.push(group);
    }
    this.#latest = group;
    return group;
  }

  startPart(path: string): void {
    for (const group of this.groups) group.startPart(path);
  }

  /** The group with the most rows, and the others. */
  settle(): { main: EventRows; others: EventRows[] } {
    const [main = new EventRows(0, this.#typedKeys, this.#read), ...others] = [...this.groups].sort(
      (a, b) => b.rowCount - a.rowCount,
    );
    return { main, others };
  }
}
