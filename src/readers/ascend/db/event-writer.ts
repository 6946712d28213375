import type { Diagnostics } from '../../../base/index.ts';
import { type EventRows, FLOW_END, NONE, type TimelineBuilder, typedColumns } from '../../../timeline/index.ts';
import { ascendDialect } from '../dialect.ts';
import { OP_COLUMNS } from '../op-csv/columns.ts';
import type { ArgLayer } from './arg-layers.ts';
import type { Row } from './columns.ts';
import { type Database, quoted } from './database.ts';

/** What the timelines and the op tables of the same capture have as columns. */
export const TYPED_KEYS = [...ascendDialect.typedKeys, ...OP_COLUMNS];
const TYPED_INDEX = new Map(typedColumns(TYPED_KEYS).map(({ column }, index) => [column, index]));

/** Times farther from the others belong to another clock: 52 days, as in timelines. */
const REACH_NS = 4.5e15;

/** Tables that tell best when the capture was; any other with one of these columns will do. */
const EVENT_TABLES = ['TASK', 'COMMUNICATION_OP', 'CANN_API', 'PYTORCH_API', 'MSTX_EVENTS', 'OVERLAP_ANALYSIS'];
const TIME_COLUMNS = ['startNs', 'timestampNs', 'timestamp', 'allocationTime'];

export type TimeNames = 'startMicros' | 'startNanos';
export type SpanNames = TimeNames | 'durNs';

export interface NewSlice {
  readonly track: number;
  /** NONE where the row has no name. */
  readonly name: number;
  readonly category: number;
  /** Where its args stand, if it has any. */
  readonly layer?: ArgLayer;
}

interface FlowEnd {
  readonly key: number;
  readonly name: number;
  readonly category: number;
  readonly slice: number;
  readonly end: number;
}

/** Appends events to the timeline; rows without usable times are left out and told. */
export class EventWriter {
  readonly rows: EventRows;
  readonly #database: Database;
  readonly #diagnostics: Diagnostics;
  readonly #builder: TimelineBuilder;
  readonly #noName: number;

  constructor(builder: TimelineBuilder, database: Database, diagnostics: Diagnostics) {
    this.#builder = builder;
    this.#database = database;
    this.#diagnostics = diagnostics;
    this.#noName = builder.strings.addText('');
    this.rows = builder.rowsAt(middleMicros(database), 0);
  }

  /** The time of a row in ns from the origin; NaN where it has none, or one of another clock, which is told. */
  timeNs(table: string, row: Row<TimeNames>): number {
    const timeNs = this.rows.offsetNs(row.number('startMicros'), row.number('startNanos'));
    if (Math.abs(timeNs) < REACH_NS) return timeNs;
    const kind = Number.isNaN(timeNs) ? 'row_time_bad' : 'time_far_away';
    this.#diagnostics.add(kind, this.#place(table, row.id));
    return Number.NaN;
  }

  /** Adds a slice, with the next row of its layer of args. Returns its row; NONE where its times are of no use. */
  addSpan(table: string, row: Row<SpanNames>, slice: NewSlice): number {
    const startNs = this.timeNs(table, row);
    if (Number.isNaN(startNs)) return NONE;
    const durNs = row.number('durNs');
    if (durNs >= 0 && durNs < REACH_NS) return this.addSlice(startNs, durNs, slice);
    this.#diagnostics.add('row_time_bad', this.#place(table, row.id), `duration ${durNs}`);
    return NONE;
  }

  addSlice(startNs: number, durNs: number, { track, name, category, layer }: NewSlice): number {
    const at = this.rows.slices.next();
    const { columns } = this.rows.slices;
    columns.track[at] = track;
    columns.startNs[at] = startNs;
    columns.durNs[at] = durNs;
    columns.name[at] = name === NONE ? this.#noName : name;
    columns.category[at] = category;
    columns.argsFrom[at] = layer === undefined ? 0 : layer.rowCount++;
    columns.argsBytes[at] = layer === undefined ? 0 : layer.number;
    columns.argsStrict[at] = 1;
    return at;
  }

  addSample(track: number, timeNs: number, value: number): void {
    const at = this.rows.counters.next();
    const { columns } = this.rows.counters;
    columns.track[at] = track;
    columns.timeNs[at] = timeNs;
    columns.value[at] = value;
  }

  /** An arrow from the start of one slice to those of others. */
  addArrow(name: number, category: number, from: number, to: readonly number[]): void {
    const key = this.#builder.flowKeyCount++;
    const add = (slice: number, end: number): void => {
      this.#addEnd({ key, name, category, slice, end });
    };
    add(from, FLOW_END.start);
    for (const slice of to) add(slice, FLOW_END.finish);
  }

  #addEnd({ key, name, category, slice, end }: FlowEnd): void {
    const at = this.rows.flowEnds.next();
    const { columns } = this.rows.flowEnds;
    columns.key[at] = key;
    columns.track[at] = this.rows.slices.at('track', slice);
    columns.timeNs[at] = this.rows.slices.at('startNs', slice);
    columns.end[at] = end;
    columns.name[at] = name;
    columns.category[at] = category;
    columns.slice[at] = slice;
  }

  /** Sets a column of typed args, NaN and NONE being nothing. */
  setTyped(column: string, slice: number, value: number): void {
    const index = TYPED_INDEX.get(column);
    if (index === undefined) throw new RangeError(`no typed column ${column}`);
    if (!Number.isNaN(value) && value !== NONE) this.rows.typed.set(index, slice, value);
  }

  #place(table: string, rowId: number): { path: string; field: string } {
    return { path: this.#database.source.path, field: `${table} row ${rowId}` };
  }
}

/** A time from the middle of the capture, in whole microseconds: single rows may have any. */
function middleMicros(database: Database): number {
  const tables = new Set([...EVENT_TABLES, ...database.tables.keys()]);
  for (const table of tables) {
    const column = TIME_COLUMNS.find((name) => database.tables.get(table)?.includes(name));
    if (column === undefined) continue;
    const middle = `SELECT (MIN(rowid) + MAX(rowid)) / 2 FROM ${quoted(table)}`;
    const micros = `SELECT CAST(${column} AS INTEGER) / 1000 FROM ${quoted(table)} WHERE rowid >= (${middle}) LIMIT 1`;
    const found = database.first(micros);
    if (typeof found === 'number' && found > 0) return found;
  }
  return 0;
}
