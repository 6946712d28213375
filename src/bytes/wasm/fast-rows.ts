import { ScannerBuffer } from './scanner-buffer.ts';
import { newScannerInstance, type ScannerInstance } from './scanner-module.ts';
import type { Tape } from './tape.ts';
import { MOST_COLUMNS, readTape } from './tape-memory.ts';

/** What the cells of a table mean. Cells and columns count from 0. */
export interface RowMeaning {
  readonly cellCount: number;
  readonly name: number;
  /** In microseconds. */
  readonly start: number;
  readonly duration: number;
  /** Together with the category they tell the track; -1 for one that the table does not have. */
  readonly trackCells: readonly number[];
  /** In the order of the cells. */
  readonly typedCells: readonly { readonly cell: number; readonly column: number; readonly kind: 'number' | 'text' }[];
  /** The typed column of text that is the category. */
  readonly categoryColumn: number;
}

/**
 * The WebAssembly twin of csv-scanner.ts and of what makes slices of rows (assembly/rows.ts). It takes runs of usual rows
 * onto a tape and leaves everything else to its elder. As FastScanner, it is told nothing of strings and tracks.
 */
export class FastRowScanner {
  readonly #instance: ScannerInstance;
  readonly #columnCount: number;
  readonly #buffer: ScannerBuffer;

  /** Undefined where WebAssembly is missing. */
  static create(columnCount: number): FastRowScanner | undefined {
    if (columnCount > MOST_COLUMNS) return undefined;
    const instance = newScannerInstance();
    return instance === undefined ? undefined : new FastRowScanner(instance, columnCount);
  }

  private constructor(instance: ScannerInstance, columnCount: number) {
    this.#instance = instance;
    this.#columnCount = columnCount;
    this.#buffer = new ScannerBuffer(instance);
  }

  /** Rows from here on are of this table. */
  startTable({ cellCount, name, start, duration, trackCells, typedCells, categoryColumn }: RowMeaning): void {
    const { exports } = this.#instance;
    exports.startTable(cellCount, name, start, duration, categoryColumn);
    for (const cell of trackCells) exports.addTrackCell(cell);
    for (const { cell, column, kind } of typedCells) exports.addTypedCell(cell, column, kind === 'text' ? 1 : 0);
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
   * Takes rows from the one that begins at b[p] on; returns the position behind the last one taken, or p. `fileBase` is
   * the address of b[0] among the args, `baseMicros` what times are counted from.
   */
  scan(b: Uint8Array, p: number, limit: number, fileBase: number, baseMicros: number): number {
    const { exports } = this.#instance;
    const origin = BigInt(baseMicros);
    return this.#buffer.scan(b, p, limit, fileBase, (from, to, base) => exports.scanRows(from, to, base, origin));
  }

  /** Of the last scan. */
  get takenCount(): number {
    return this.#instance.findings.takenCount.value;
  }

  get roundedCount(): number {
    return this.#instance.findings.roundedCount.value;
  }

  /** The position in the caller's buffer of the row that the last scan declined, or -1. */
  get declinedAt(): number {
    return this.#buffer.positionOf(this.#instance.findings.declinedAt.value);
  }

  /** Views of the scanner's memory, valid until its next call. */
  tape(): Tape {
    return readTape(this.#instance, this.#columnCount);
  }
}
