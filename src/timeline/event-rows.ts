import type { Place } from '../base/index.ts';
import { COUNTER_SCHEMA, FLOW_END_SCHEMA, INSTANT_SCHEMA, MARK_SCHEMA, SLICE_SCHEMA } from './columns.ts';
import { Rows } from './rows.ts';
import { TypedArgs, type TypedKeySpec } from './typed-args.ts';

/** Times farther from the first one than this belong to another clock: 52 days, so that offsets stay exact in ns. */
const REACH_MICROS = 4.5e12;
const PLACES_KEPT = 10;

/** All rows whose times lie within reach of one another; times are ns from `baseMicros`. */
export class EventRows {
  readonly baseMicros: number;
  readonly slices = new Rows(SLICE_SCHEMA);
  readonly typed: TypedArgs;
  readonly instants = new Rows(INSTANT_SCHEMA);
  readonly counters = new Rows(COUNTER_SCHEMA);
  readonly flowEnds = new Rows(FLOW_END_SCHEMA);
  readonly marks = new Rows(MARK_SCHEMA);
  /** Where the first rows stand, in case this group turns out to be the one that is dropped. */
  readonly firstPlaces: Place[] = [];
  /** Row counts at the beginning of each source. */
  readonly partStarts: PartStart[] = [];

  constructor(baseMicros: number, typedKeys: readonly TypedKeySpec[]) {
    this.baseMicros = baseMicros;
    this.typed = new TypedArgs(typedKeys);
  }

  get rowCount(): number {
    const { slices, instants, counters, flowEnds, marks } = this;
    return slices.length + instants.length + counters.length + flowEnds.length + marks.length;
  }

  startPart(): void {
    this.partStarts.push({
      slices: this.slices.length,
      instants: this.instants.length,
      counters: this.counters.length,
      flowEnds: this.flowEnds.length,
    });
  }

  offsetNs(micros: number, nanos: number): number {
    return (micros - this.baseMicros) * 1000 + nanos;
  }
}

export interface PartStart {
  readonly slices: number;
  readonly instants: number;
  readonly counters: number;
  readonly flowEnds: number;
}

/** Keeps rows of clocks that are worlds apart (a stray ts of 0 among epoch times) from spoiling one another. */
export class TimeGroups {
  readonly #groups: EventRows[] = [];
  readonly #typedKeys: readonly TypedKeySpec[];
  #latest: EventRows | undefined;

  constructor(typedKeys: readonly TypedKeySpec[]) {
    this.#typedKeys = typedKeys;
  }

  /** The rows a time belongs to. */
  rowsFor(micros: number, path: string, offset: number): EventRows {
    let group = this.#latest;
    if (group === undefined || Math.abs(micros - group.baseMicros) >= REACH_MICROS) group = this.#switchTo(micros);
    if (group.firstPlaces.length < PLACES_KEPT) group.firstPlaces.push({ path, offset });
    return group;
  }

  #switchTo(micros: number): EventRows {
    let group = this.#groups.find(({ baseMicros }) => Math.abs(micros - baseMicros) < REACH_MICROS);
    if (group === undefined) {
      group = new EventRows(micros, this.#typedKeys);
      group.startPart();
      this.#groups.push(group);
    }
    this.#latest = group;
    return group;
  }

  startPart(): void {
    for (const group of this.#groups) group.startPart();
  }

  /** The group with the most rows, and the others. */
  settle(): { main: EventRows; others: EventRows[] } {
    const [main = new EventRows(0, this.#typedKeys), ...others] = [...this.#groups].sort(
      (a, b) => b.rowCount - a.rowCount,
    );
    return { main, others };
  }
}
