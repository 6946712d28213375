/**
 * A track that the scanner has met for the first time. Numbers of pid and tid are below 2^53; a tid of -1 is none. Tracks
 * of rows of a table are told by their category (-1 is none) and by some cells, empty where these say nothing.
 */
export type NewTrack =
  | { readonly kind: 'thread'; readonly pid: number; readonly tid: number }
  | { readonly kind: 'cells'; readonly category: number; readonly cells: readonly Uint8Array[] }
  | {
      readonly kind: 'series';
      readonly pid: number;
      readonly name: number;
      readonly key: string;
      /** The args that select the series, values as JSON text in bytes. */
      readonly selectors: readonly { readonly key: string; readonly value: Uint8Array }[];
    };

export interface SliceRows {
  readonly track: Int32Array;
  readonly startNs: Float64Array;
  readonly durNs: Float64Array;
  readonly name: Int32Array;
  readonly category: Int32Array;
  readonly argsFrom: Float64Array;
  readonly argsBytes: Uint32Array;
  readonly argsStrict: Uint8Array;
}

export interface CounterRows {
  readonly track: Int32Array;
  readonly timeNs: Float64Array;
  readonly value: Float64Array;
}

export interface FlowRows {
  readonly track: Int32Array;
  readonly timeNs: Float64Array;
  readonly end: Uint8Array;
  readonly name: Int32Array;
  readonly category: Int32Array;
  /** The id is high * 10^15 + low. */
  readonly idHigh: Float64Array;
  readonly idLow: Float64Array;
}

/** One column of typed args: the slices that have a value, in ascending order, and the values. */
export interface TypedRows {
  readonly rows: Uint32Array;
  readonly values: Float64Array;
}

/**
 * What a scanner found in a row of events. Strings and tracks go by the scanner's own numbers, which it gives out as it
 * meets them; those in `newStrings` and `newTracks` come behind all it has told of before.
 */
export interface Tape {
  readonly newStrings: { readonly bytes: Uint8Array; readonly ends: Uint32Array };
  readonly newTracks: readonly NewTrack[];
  readonly slices: SliceRows;
  readonly typed: readonly TypedRows[];
  readonly counters: CounterRows;
  readonly flows: FlowRows;
}

type Column = Float64Array | Int32Array | Uint32Array | Uint8Array;

/** Buffers of tapes are made somewhat larger than needed, so that they can be used again. */
const BUFFER_STEP_BYTES = 1 << 18;

/** A copy of the tape in one buffer, which can be handed to another thread whole. `spare` is used where it is enough. */
export function packedTape(tape: Tape, spare: ArrayBuffer | undefined): { tape: Tape; buffer: ArrayBuffer } {
  const sizeBytes = columnsOf(tape).reduce((sum, { byteLength }) => sum + padded(byteLength), 0);
  const isEnough = spare !== undefined && spare.byteLength >= sizeBytes;
  const buffer = isEnough ? spare : new ArrayBuffer(Math.ceil((sizeBytes + 1) / BUFFER_STEP_BYTES) * BUFFER_STEP_BYTES);
  let at = 0;
  const pack = <T extends Column>(column: T): T => {
    const place = new (column.constructor as new (buffer: ArrayBuffer, at: number, length: number) => T)(
      buffer,
      at,
      column.length,
    );
    place.set(column);
    at += padded(column.byteLength);
    return place;
  };
  const packAll = <T extends object>(columns: T): T =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, pack(column as Column)])) as T;
  return {
    tape: {
      newStrings: packAll(tape.newStrings),
      newTracks: tape.newTracks,
      slices: packAll(tape.slices),
      typed: tape.typed.map(packAll),
      counters: packAll(tape.counters),
      flows: packAll(tape.flows),
    },
    buffer,
  };
}

function columnsOf({ newStrings, slices, typed, counters, flows }: Tape): Column[] {
  return [newStrings, slices, ...typed, counters, flows].flatMap((columns) => Object.values(columns) as Column[]);
}

function padded(bytes: number): number {
  return (bytes + 7) & ~7;
}
