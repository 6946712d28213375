import { decimalValue } from '../args-scanner.ts';
import { type ByteInterner, hashBytes, type KeyTable } from '../interner.ts';
import { newScannerInstance, type ScannerInstance } from './scanner-module.ts';

/** What the scanner must know of the dialect. Columns count from 0. */
export interface FastScannerOptions {
  readonly typedKeys: readonly { readonly key: string; readonly column: number; readonly kind: 'number' | 'text' }[];
  readonly categoryColumns: readonly number[];
  readonly columnCount: number;
  readonly selectors: readonly string[];
  readonly flowKeyHasName: boolean;
}

/** What would let the scanner take the event it has just declined. */
export type Question = { readonly kind: 'thread' } | { readonly kind: 'series'; readonly member: number };

/** The columns are views of the scanner's memory, valid until the next call. */
export interface Tape {
  readonly sliceCount: number;
  readonly slices: {
    readonly track: Int32Array;
    readonly startNs: Float64Array;
    readonly durNs: Float64Array;
    readonly name: Int32Array;
    readonly category: Int32Array;
    readonly argsFrom: Float64Array;
    readonly argsBytes: Uint32Array;
    readonly argsStrict: Uint8Array;
  };
  /** By column: the slices that have a value, and the values. */
  readonly typed: readonly { readonly rows: Uint32Array; readonly values: Float64Array }[];
  readonly counterCount: number;
  readonly counters: { readonly track: Int32Array; readonly timeNs: Float64Array; readonly value: Float64Array };
  readonly flowCount: number;
  readonly flows: {
    readonly key: Int32Array;
    readonly track: Int32Array;
    readonly timeNs: Float64Array;
    readonly end: Uint8Array;
    readonly name: Int32Array;
    readonly category: Int32Array;
  };
}

const ROOM_BEHIND = 64;
const MOST_COLUMNS = 31;

/**
 * The WebAssembly twin of event scanner and event sink (assembly/scan.ts) as seen from TypeScript. It takes whole events
 * of the usual shape onto a tape of rows and leaves everything else to its elder. String numbers are the same on both
 * sides: each side tells the other its new strings at every crossing. Flow keys live here alone.
 */
export class FastScanner {
  readonly #instance: ScannerInstance;
  readonly #columnCount: number;
  readonly flowKeys: KeyTable;
  /** The part of the caller's buffer that stands in the memory: [from, to), nothing when empty. */
  #from = 0;
  #to = 0;

  static create(options: FastScannerOptions): FastScanner | undefined {
    if (options.columnCount > MOST_COLUMNS) return undefined;
    const instance = newScannerInstance();
    return instance === undefined ? undefined : new FastScanner(instance, options);
  }

  private constructor(instance: ScannerInstance, options: FastScannerOptions) {
    this.#instance = instance;
    this.#columnCount = options.columnCount;
    this.flowKeys = new FlowKeyTable(this);
    this.#learnDialect(options);
  }

  #learnDialect({ typedKeys, categoryColumns, selectors, flowKeyHasName }: FastScannerOptions): void {
    const { exports, places } = this.#instance;
    const encoder = new TextEncoder();
    for (const { key, column, kind } of typedKeys) {
      exports.addArgsKey(this.#put(encoder.encode(`${key}"`)), column + 1, kind === 'text' ? 1 : 0, 0);
    }
    for (const key of selectors) exports.addArgsKey(this.#put(encoder.encode(`${key}"`)), 0, 0, 1);
    new Uint32Array(exports.memory.buffer, places.CATEGORY_COLUMNS).set(categoryColumns);
    exports.setCategoryColumnCount(categoryColumns.length);
    exports.setFlowKeyHasName(flowKeyHasName ? 1 : 0);
  }

  #put(bytes: Uint8Array): number {
    const { exports } = this.#instance;
    const at = exports.scratchFor(bytes.length);
    new Uint8Array(exports.memory.buffer).set(bytes, at);
    return bytes.length;
  }

  /** The caller's buffer has changed. */
  forget(): void {
    this.#from = 0;
    this.#to = 0;
  }

  /**
   * Takes events from the brace at b[p] on; returns the position behind the last one taken, or p. `fileBase` is the
   * address of b[0] among the args, `baseMicros` what times are counted from.
   */
  scan(b: Uint8Array, p: number, limit: number, fileBase: number, baseMicros: number, strings: ByteInterner): number {
    this.#tellStrings(strings);
    if (p < this.#from || p >= this.#to) this.#load(b, p, limit);
    const end = this.#scanLoaded(p, fileBase, baseMicros, strings);
    if (end > p || this.#to === limit || this.#from === p) return end;
    // The memory held less than the caller has, perhaps not all of this event.
    this.#load(b, p, limit);
    return this.#scanLoaded(p, fileBase, baseMicros, strings);
  }

  #scanLoaded(p: number, fileBase: number, baseMicros: number, strings: ByteInterner): number {
    const { exports, places } = this.#instance;
    const shift = places.BUFFER - this.#from;
    const end = exports.scan(p + shift, this.#to + shift, fileBase + this.#from, BigInt(baseMicros)) - shift;
    this.#hearStrings(strings);
    return end;
  }

  #load(b: Uint8Array, p: number, limit: number): void {
    const { exports, places } = this.#instance;
    const size = Math.min(limit - p, places.BUFFER_BYTES - ROOM_BEHIND);
    const memory = new Uint8Array(exports.memory.buffer, places.BUFFER, places.BUFFER_BYTES);
    memory.set(b.subarray(p, p + size));
    memory.fill(0, size, size + ROOM_BEHIND);
    this.#from = p;
    this.#to = p + size;
  }

  #tellStrings(strings: ByteInterner): void {
    const { exports } = this.#instance;
    for (let id = exports.stringCount(); id < strings.size; id++) exports.addString(this.#put(strings.bytesOf(id)));
  }

  #hearStrings(strings: ByteInterner): void {
    const { exports, places, findings } = this.#instance;
    const count = findings.newStringCount.value;
    if (count === 0) return;
    const words = new Uint32Array(exports.memory.buffer);
    const memory = new Uint8Array(exports.memory.buffer);
    for (let k = 0; k < count; k++) {
      const record = words[places.NEW_STRING / 4 + k];
      const from = record + RECORD_BYTES;
      const to = from + words[record / 4 + 1];
      strings.add(memory, from, to, hashBytes(memory, from, to));
    }
  }

  /** Of the last scan. */
  get takenCount(): number {
    return this.#instance.findings.takenCount.value;
  }

  get roundedCount(): number {
    return this.#instance.findings.roundedCount.value;
  }

  /** The position in the caller's buffer of the event that the last scan declined, or -1. */
  get declinedAt(): number {
    const { findings, places } = this.#instance;
    const at = findings.declinedAt.value;
    return at === 0 ? -1 : at - places.BUFFER + this.#from;
  }

  get question(): Question | undefined {
    const { asks, askedMember } = this.#instance.findings;
    if (asks.value === 0) return undefined;
    return asks.value === 1 ? { kind: 'thread' } : { kind: 'series', member: askedMember.value };
  }

  /** The track of the thread or series that the scanner asked for. */
  answer(track: number): void {
    this.#instance.exports.answer(track);
  }

  addFlowKey(bytes: Uint8Array): number {
    return this.#instance.exports.addFlowKey(this.#put(bytes));
  }

  get flowKeyCount(): number {
    return this.#instance.exports.flowKeyCount();
  }

  /** The rows of the last scan. */
  tape(): Tape {
    const { exports, places, findings } = this.#instance;
    const { buffer } = exports.memory;
    this.#fillLongValues();
    const i32 = (at: number, length: number): Int32Array => new Int32Array(buffer, at, length);
    const u32 = (at: number, length: number): Uint32Array => new Uint32Array(buffer, at, length);
    const f64 = (at: number, length: number): Float64Array => new Float64Array(buffer, at, length);
    const sliceCount = findings.sliceCount.value;
    const counterCount = findings.counterCount.value;
    const flowCount = findings.flowCount.value;
    const typedCounts = u32(places.TYPED_COUNT, this.#columnCount);
    return {
      sliceCount,
      slices: {
        track: i32(places.SLICE_TRACK, sliceCount),
        startNs: f64(places.SLICE_START, sliceCount),
        durNs: f64(places.SLICE_DUR, sliceCount),
        name: i32(places.SLICE_NAME, sliceCount),
        category: i32(places.SLICE_CATEGORY, sliceCount),
        argsFrom: f64(places.SLICE_ARGS_FROM, sliceCount),
        argsBytes: u32(places.SLICE_ARGS_BYTES, sliceCount),
        argsStrict: new Uint8Array(buffer, places.SLICE_ARGS_STRICT, sliceCount),
      },
      typed: Array.from(typedCounts, (count, column) => ({
        rows: u32(places.TYPED_ROWS + column * places.TAPE_ROWS * 4, count),
        values: f64(places.TYPED_VALUES + column * places.TAPE_ROWS * 8, count),
      })),
      counterCount,
      counters: {
        track: i32(places.COUNTER_TRACK, counterCount),
        timeNs: f64(places.COUNTER_TIME, counterCount),
        value: f64(places.COUNTER_VALUE, counterCount),
      },
      flowCount,
      flows: {
        key: i32(places.FLOW_KEY, flowCount),
        track: i32(places.FLOW_TRACK, flowCount),
        timeNs: f64(places.FLOW_TIME, flowCount),
        end: new Uint8Array(buffer, places.FLOW_END, flowCount),
        name: i32(places.FLOW_NAME, flowCount),
        category: i32(places.FLOW_CATEGORY, flowCount),
      },
    };
  }

  /** Counter values of more digits than an integer holds are only noted where they stand. */
  #fillLongValues(): void {
    const { exports, places, findings } = this.#instance;
    const count = findings.longValueCount.value;
    if (count === 0) return;
    const { buffer } = exports.memory;
    const memory = new Uint8Array(buffer);
    const triples = new Uint32Array(buffer, places.LONG_VALUE, count * 3);
    const values = new Float64Array(buffer, places.COUNTER_VALUE, places.TAPE_ROWS);
    for (let k = 0; k < triples.length; k += 3) {
      values[triples[k]] = decimalValue(memory, triples[k + 1], triples[k + 2]);
    }
  }
}

/** A record's number, size, value and link stand before its bytes. */
const RECORD_BYTES = 16;

/** The keys of all flows, which both engines number together. */
class FlowKeyTable implements KeyTable {
  readonly #scanner: FastScanner;

  constructor(scanner: FastScanner) {
    this.#scanner = scanner;
  }

  get size(): number {
    return this.#scanner.flowKeyCount;
  }

  add(bytes: Uint8Array, from: number, to: number): number {
    return this.#scanner.addFlowKey(bytes.subarray(from, to));
  }
}
