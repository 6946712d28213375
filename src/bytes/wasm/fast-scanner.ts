import { ScannerBuffer } from './scanner-buffer.ts';
import { newScannerInstance, type ScannerInstance } from './scanner-module.ts';
import type { Tape } from './tape.ts';
import { MOST_COLUMNS, readTape } from './tape-memory.ts';

/** What the scanner must know of the dialect. Columns count from 0. */
export interface FastScannerOptions {
  readonly typedKeys: readonly { readonly key: string; readonly column: number; readonly kind: 'number' | 'text' }[];
  readonly categoryColumns: readonly number[];
  readonly columnCount: number;
  readonly selectors: readonly string[];
  readonly flowNamesEndInId: boolean;
}

/**
 * The WebAssembly twin of event scanner and event sink (assembly/scan.ts) as seen from TypeScript. It takes whole events
 * of the usual shape onto a tape of rows and leaves everything else to its elder. It is told nothing: strings and tracks
 * have its own numbers, and the tape says what is new among them.
 */
export class FastScanner {
  readonly #instance: ScannerInstance;
  readonly #columnCount: number;
  readonly #buffer: ScannerBuffer;

  static create(options: FastScannerOptions): FastScanner | undefined {
    if (options.columnCount > MOST_COLUMNS) return undefined;
    const instance = newScannerInstance();
    return instance === undefined ? undefined : new FastScanner(instance, options);
  }

  private constructor(instance: ScannerInstance, options: FastScannerOptions) {
    this.#instance = instance;
    this.#buffer = new ScannerBuffer(instance);
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
    this.#buffer.forget();
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
    const { exports } = this.#instance;
    const origin = BigInt(baseMicros);
    return this.#buffer.scan(b, p, limit, fileBase, (from, to, base) => exports.scan(from, to, base, origin));
  }

  /** Copies b[p, limit) into the memory, as much of it as there is room for. */
  load(b: Uint8Array, p: number, limit: number): void {
    this.#buffer.load(b, p, limit);
  }

  /** The first position from p on, in what is loaded, that looks like the brace of an event; -1 where there is none. */
  findEvent(p: number): number {
    const { findEvent } = this.#instance.exports;
    return this.#buffer.positionOf(findEvent(this.#buffer.addressOf(p), this.#buffer.addressOf(this.#buffer.end)));
  }

  /** The brace of the event behind the one at p; -1 where it is not loaded completely or something else follows. */
  nextEvent(p: number): number {
    const { nextEvent } = this.#instance.exports;
    return this.#buffer.positionOf(nextEvent(this.#buffer.addressOf(p), this.#buffer.addressOf(this.#buffer.end)));
  }

  /** The brace of the event that follows what ends at p; -1 where something else does. */
  eventBehind(p: number): number {
    return this.#buffer.positionOf(this.#instance.exports.eventBehind(this.#buffer.addressOf(p)));
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
    return this.#buffer.positionOf(this.#instance.findings.declinedAt.value);
  }

  /** Rows on the tape. */
  get counts(): { readonly slices: number; readonly counters: number; readonly flows: number } {
    const { sliceCount, counterCount, flowCount } = this.#instance.findings;
    return { slices: sliceCount.value, counters: counterCount.value, flows: flowCount.value };
  }

  /** Views of the scanner's memory, valid until its next call. */
  tape(): Tape {
    return readTape(this.#instance, this.#columnCount);
  }
}
