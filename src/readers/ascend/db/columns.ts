import type { SqlValue } from 'sql.js';

/** A value wanted of each row, under the names its column has had. */
export interface Wanted {
  readonly spellings: readonly string[];
  /** The SQL that makes the value of the column. */
  readonly sql: (column: string) => string;
  /** Without it the rows mean nothing. */
  readonly isRequired: boolean;
}

export type WantedColumns<K extends string = string> = Readonly<Record<K, Wanted>>;

/**
 * JavaScript's numbers hold integers up to 2^53 only, and times since the epoch in ns have more digits. Halves of them
 * are exact, and much cheaper than a bigint for each. Times are TEXT in some tables.
 */
const MICROS = (column: string): string => `CAST(${column} AS INTEGER) / 1000`;
const NANOS = (column: string): string => `CAST(${column} AS INTEGER) % 1000`;
/** Integers that a number cannot hold come as their digits. */
const EXACT = (column: string): string =>
  `CASE WHEN ${column} BETWEEN -9007199254740991 AND 9007199254740991 THEN ${column} ELSE CAST(${column} AS TEXT) END`;

const wanted = (spellings: readonly string[], sql: Wanted['sql'], isRequired: boolean): Wanted => ({
  spellings,
  sql,
  isRequired,
});

export const value = (...spellings: string[]): Wanted => wanted(spellings, (column) => column, false);
export const required = (...spellings: string[]): Wanted => wanted(spellings, (column) => column, true);
export const exact = (...spellings: string[]): Wanted => wanted(spellings, EXACT, false);

/** The start of a row as whole microseconds and the nanoseconds beyond them. */
export const start = (...spellings: string[]): { startMicros: Wanted; startNanos: Wanted } => ({
  startMicros: wanted(spellings, MICROS, true),
  startNanos: wanted(spellings, NANOS, true),
});

/** Times that a table may do without, as microseconds and nanoseconds. */
export const micros = (...spellings: string[]): Wanted => wanted(spellings, MICROS, false);
export const nanos = (...spellings: string[]): Wanted => wanted(spellings, NANOS, false);

/** Start and duration of a row. The column of the end is put in after the one of the start: both are integers or text. */
export const span = { ...start('startNs'), durNs: durationFrom('startNs', 'endNs') };

function durationFrom(startColumn: string, endColumn: string): Wanted {
  return wanted([endColumn], (end) => `CAST(${end} AS INTEGER) - CAST("${startColumn}" AS INTEGER)`, true);
}

/** Ids of threads hold the process in their upper half. */
export const thread = {
  pid: wanted(['globalTid'], (column) => `CAST(${column} AS INTEGER) >> 32`, false),
  tid: wanted(['globalTid'], (column) => `CAST(${column} AS INTEGER) & 4294967295`, false),
};

/** An id as a number, or as its digits where a number cannot hold it. */
export type ExactId = number | string;

/** The row at hand of a query, by the names of what was wanted. */
export class Row<K extends string> {
  values: readonly SqlValue[] = [];
  readonly #at: Readonly<Record<K, number>>;

  constructor(names: readonly K[]) {
    this.#at = Object.fromEntries(names.map((name, index) => [name, index + 1])) as Record<K, number>;
  }

  /** Where it stands in its table. */
  get id(): number {
    return Number(this.values[0]);
  }

  /** NaN where there is no number. */
  number(name: K): number {
    const found = this.values[this.#at[name]];
    if (typeof found === 'number') return found;
    return typeof found === 'string' && found.trim() !== '' ? Number(found) : Number.NaN;
  }

  /** Text, or the digits of a number; undefined where nothing stands. */
  text(name: K): string | undefined {
    const found = this.values[this.#at[name]];
    if (typeof found === 'number') return String(found);
    return typeof found === 'string' ? found : undefined;
  }

  id64(name: K): ExactId | undefined {
    const found = this.values[this.#at[name]];
    return typeof found === 'number' || typeof found === 'string' ? found : undefined;
  }
}
