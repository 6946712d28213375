import { decimalValue } from '../args-scanner.ts';
import { newScannerInstance, type ScannerInstance } from './scanner-module.ts';
import type { NewTrack, Tape } from './tape.ts';

/** What the scanner must know of the dialect. Columns count from 0. */
export interface FastScannerOptions {
  readonly typedKeys: readonly { readonly key: string; readonly column: number; readonly kind: 'number' | 'text' }[];
  readonly categoryColumns: readonly number[];
  readonly columnCount: number;
  readonly selectors: readonly string[];
  readonly flowNamesEndInId: boolean;
}

const ROOM_BEHIND = 64;
const MOST_COLUMNS = 31;
/** The scanner keeps a table of all strings: above this many it is not worth its memory. */
const MOST_STRINGS = 1 << 20;
/** A record's number, size, value and link stand before its bytes. */
const RECORD_BYTES = 16;

/**
 * The WebAssembly twin of event scanner and event sink (assembly/scan.ts) as seen from TypeScript. It takes whole events
 * of the usual shape onto a tape of rows and leaves everything else to its elder. It is told nothing: strings and tracks
 * have its own numbers, and the tape says what is new among them.
 */
export class FastScanner {
  readonly #instance: ScannerInstance;
  readonly #columnCount: number;
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
    this.#learnDialect(options);
  }

  #learnDialect({ typedKeys, categoryColumns, selectors, flowNamesEndInId }: FastScannerOptions): void {
    const { exports, places } = this.#instance;
    const encoder = new TextEncoder();
    for (const { key, column, kind } of typedKeys) {
      exports.addArgsKey(this.#put(encoder.encode(`${key}"`)), column + 1, kind === 'text' ? 1 : 0, 0);
    }
    for (const key of selectors) exports.addArgsKey(this.#put(encoder.encode(`${key}"`)), 0, 0, 1);
    new Uint32Array(exports.memory.buffer, places.CATEGORY_COLUMNS).set(categoryColumns);
    exports.setCategoryColumnCount(categoryColumns.length);
    exports.setFlowNamesEndInId(flowNamesEndInId ? 1 : 0);
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

  /** The rows on the tape have been taken over. */
  clear(): void {
    this.#instance.exports.clear();
  }

  /**
   * Takes events from the brace at b[p] on; returns the position behind the last one taken, or p. `fileBase` is the
   * address of b[0] among the args, `baseMicros` what times are counted from.
   */
  scan(b: Uint8Array, p: number, limit: number, fileBase: number, baseMicros: number): number {
    if (this.#instance.exports.stringCount() > MOST_STRINGS) return p;
    if (p < this.#from || p >= this.#to) this.load(b, p, limit);
    const end = this.#scanLoaded(p, fileBase, baseMicros);
    if (end > p || this.#to === limit || this.#from === p) return end;
    // The memory held less than the caller has, perhaps not all of this event.
    this.load(b, p, limit);
    return this.#scanLoaded(p, fileBase, baseMicros);
  }

  #scanLoaded(p: number, fileBase: number, baseMicros: number): number {
    const { exports } = this.#instance;
    const shift = this.#shift;
    return exports.scan(p + shift, this.#to + shift, fileBase + this.#from, BigInt(baseMicros)) - shift;
  }

  /** Copies b[p, limit) into the memory, as much of it as there is room for. */
  load(b: Uint8Array, p: number, limit: number): void {
    const { exports, places } = this.#instance;
    const size = Math.min(limit - p, places.BUFFER_BYTES - ROOM_BEHIND);
    const memory = new Uint8Array(exports.memory.buffer, places.BUFFER, places.BUFFER_BYTES);
    memory.set(b.subarray(p, p + size));
    memory.fill(0, size, size + ROOM_BEHIND);
    this.#from = p;
    this.#to = p + size;
  }

  /** The first position from p on, in what is loaded, that looks like the brace of an event; -1 where there is none. */
  findEvent(p: number): number {
    return this.#positionOf(this.#instance.exports.findEvent(p + this.#shift, this.#to + this.#shift));
  }

  /** The brace of the event behind the one at p; -1 where it is not loaded completely or something else follows. */
  nextEvent(p: number): number {
    return this.#positionOf(this.#instance.exports.nextEvent(p + this.#shift, this.#to + this.#shift));
  }

  /** The brace of the event that follows what ends at p; -1 where something else does. */
  eventBehind(p: number): number {
    return this.#positionOf(this.#instance.exports.eventBehind(p + this.#shift));
  }

  #positionOf(address: number): number {
    return address === 0 ? -1 : address - this.#shift;
  }

  get #shift(): number {
    return this.#instance.places.BUFFER - this.#from;
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
    return this.#positionOf(this.#instance.findings.declinedAt.value);
  }

  /** Rows on the tape. */
  get counts(): { readonly slices: number; readonly counters: number; readonly flows: number } {
    const { sliceCount, counterCount, flowCount } = this.#instance.findings;
    return { slices: sliceCount.value, counters: counterCount.value, flows: flowCount.value };
  }

  /** Views of the scanner's memory, valid until its next call. */
  tape(): Tape {
    const { exports, places } = this.#instance;
    this.#fillLongValues();
    const newStrings = this.#newStrings();
    const newTracks = this.#newTracks();
    const { buffer } = exports.memory;
    const i32 = (at: number, length: number): Int32Array => new Int32Array(buffer, at, length);
    const u32 = (at: number, length: number): Uint32Array => new Uint32Array(buffer, at, length);
    const f64 = (at: number, length: number): Float64Array => new Float64Array(buffer, at, length);
    const { slices, counters, flows } = this.counts;
    return {
      newStrings,
      newTracks,
      slices: {
        track: i32(places.SLICE_TRACK, slices),
        startNs: f64(places.SLICE_START, slices),
        durNs: f64(places.SLICE_DUR, slices),
        name: i32(places.SLICE_NAME, slices),
        category: i32(places.SLICE_CATEGORY, slices),
        argsFrom: f64(places.SLICE_ARGS_FROM, slices),
        argsBytes: u32(places.SLICE_ARGS_BYTES, slices),
        argsStrict: new Uint8Array(buffer, places.SLICE_ARGS_STRICT, slices),
      },
      typed: Array.from(u32(places.TYPED_COUNT, this.#columnCount), (count, column) => ({
        rows: u32(places.TYPED_ROWS + column * places.TAPE_ROWS * 4, count),
        values: f64(places.TYPED_VALUES + column * places.TAPE_ROWS * 8, count),
      })),
      counters: {
        track: i32(places.COUNTER_TRACK, counters),
        timeNs: f64(places.COUNTER_TIME, counters),
        value: f64(places.COUNTER_VALUE, counters),
      },
      flows: {
        track: i32(places.FLOW_TRACK, flows),
        timeNs: f64(places.FLOW_TIME, flows),
        end: new Uint8Array(buffer, places.FLOW_END, flows),
        name: i32(places.FLOW_NAME, flows),
        category: i32(places.FLOW_CATEGORY, flows),
        idHigh: f64(places.FLOW_ID_HIGH, flows),
        idLow: f64(places.FLOW_ID_LOW, flows),
      },
    };
  }

  #newStrings(): Tape['newStrings'] {
    const { exports, places, findings } = this.#instance;
    const memory = new Uint8Array(exports.memory.buffer);
    const words = new Uint32Array(exports.memory.buffer);
    const records = words.subarray(places.NEW_STRING / 4).subarray(0, findings.newStringCount.value);
    let size = 0;
    const ends = records.map((record) => (size += words[record / 4 + 1]));
    const bytes = new Uint8Array(size);
    records.forEach((record, k) => {
      const from = record + RECORD_BYTES;
      bytes.set(memory.subarray(from, from + words[record / 4 + 1]), k === 0 ? 0 : ends[k - 1]);
    });
    return { bytes, ends };
  }

  #newTracks(): NewTrack[] {
    const { exports, places, findings } = this.#instance;
    const records = new Uint32Array(exports.memory.buffer, places.NEW_TRACK, findings.newTrackCount.value);
    return Array.from(records, (record) => this.#newTrack(record & ~1, (record & 1) === 1));
  }

  /** The keys of threads and series as assembly/tracks.ts puts them together. */
  #newTrack(record: number, isSeries: boolean): NewTrack {
    const view = new DataView(this.#instance.exports.memory.buffer, record);
    const size = view.getUint32(4, true);
    const pid = Number(view.getBigInt64(RECORD_BYTES, true));
    if (!isSeries) return { kind: 'thread', pid, tid: Number(view.getBigInt64(RECORD_BYTES + 8, true)) };
    const selectors = [];
    for (let at = RECORD_BYTES + 16; at < RECORD_BYTES + size;) {
      const key = this.#keyText(view.getUint32(at, true));
      const valueBytes = view.getUint32(at + 4, true);
      const from = view.byteOffset + at + 8;
      selectors.push({ key, value: new Uint8Array(view.buffer.slice(from, from + valueBytes)) });
      at += 8 + valueBytes;
    }
    const name = view.getInt32(RECORD_BYTES + 8, true);
    return { kind: 'series', pid, name, key: this.#keyText(view.getUint32(RECORD_BYTES + 12, true)), selectors };
  }

  /** A key of args, which stands in its record with the closing quote. */
  #keyText(record: number): string {
    const { buffer } = this.#instance.exports.memory;
    const size = new DataView(buffer, record).getUint32(4, true);
    return new TextDecoder().decode(new Uint8Array(buffer, record + RECORD_BYTES, size - 1));
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
