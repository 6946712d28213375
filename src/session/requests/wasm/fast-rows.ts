import { EmbeddedModule } from '../../../bytes/wasm/module.ts';
import { type RowDrawing, type RowPicture, WIDE_COLUMNS } from '../../../analysis/detail/row-detail.ts';
import type { SliceBlocks } from '../../../analysis/detail/slice-blocks.ts';
import type { TimeColumns } from '../../../analysis/detail/time-columns.ts';
import { WASM_BASE64 } from './compiled.ts';

const PLACES = ['MOST_COLUMNS', 'WIDE', 'LONGEST', 'COVERAGE'] as const;
type Place = (typeof PLACES)[number];

/** What assembly/index.ts exports. */
interface RowsExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(sizeBytes: number): number;
  choose(...row: readonly number[]): void;
  draw(originNs: number, widthNs: number, columnCount: number, leastWideNs: number): number;
}
type Column = Float64Array | Int32Array | Uint32Array;

const MODULE = new EmbeddedModule<RowsExports & Readonly<Record<Place, { readonly value: number }>>>(WASM_BASE64);

/** Holds rows of slices in one memory of its own, from which compiled code draws them. It lives as long as one of them. */
export class FastRows {
  readonly #exports: RowsExports;
  readonly #places: Readonly<Record<Place, number>>;

  private constructor(exports: RowsExports, places: Readonly<Record<Place, number>>) {
    this.#exports = exports;
    this.#places = places;
  }

  /** Undefined where WebAssembly or its vector instructions are missing. */
  static start(): FastRows | undefined {
    const exports = MODULE.instantiate();
    if (exports === undefined) return undefined;
    const places = Object.fromEntries(PLACES.map((name) => [name, exports[name].value]));
    return new FastRows(exports, places as Record<Place, number>);
  }

  /** Copies what is known of a row. Undefined where that does not fit: a block lasts too long, or memory is full. */
  hold(blocks: SliceBlocks): RowDrawing | undefined {
    if (blocks.hasLong || blocks.count === 0) return undefined;
    const { words, firstNs, beforeNs, mostNs, mostRow, rows, index } = blocks;
    const columns = [words, firstNs, beforeNs, index.before, mostNs, mostRow, ...(rows === undefined ? [] : [rows])];
    const places = columns.map((column) => this.#put(column));
    if (places.includes(0)) return undefined;
    blocks.fillUp(new Int32Array(this.#exports.memory.buffer, places[0], words.length));
    if (rows === undefined) places.push(0);
    const row = [...places, index.before.length - 2, index.partsPerNs];
    return { draw: (columns, picture, onWide) => this.#draw(row, columns, picture, onWide) };
  }

  /** Where it begins. Four columns are read at once, so more follows than there is. */
  #put(column: Column): number {
    const place = this.#exports.allocate(column.byteLength + 16);
    if (place === 0) return 0;
    const bytes = new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
    new Uint8Array(this.#exports.memory.buffer).set(bytes, place >>> 0);
    return place >>> 0;
  }

  #draw(row: readonly number[], columns: TimeColumns, picture: RowPicture, onWide?: (row: number) => void): void {
    const { startNs, widthNs, columnCount } = columns;
    const { LONGEST, COVERAGE, WIDE, MOST_COLUMNS } = this.#places;
    if (columnCount > MOST_COLUMNS) throw new RangeError(`${columnCount} columns`);
    this.#exports.choose(...row);
    const wideCount = this.#exports.draw(startNs, widthNs, columnCount, WIDE_COLUMNS * widthNs);
    const { buffer } = this.#exports.memory;
    picture.longest.set(new Int32Array(buffer, LONGEST, columnCount));
    picture.coverage.set(new Uint8Array(buffer, COVERAGE, columnCount));
    if (onWide !== undefined) for (const each of new Int32Array(buffer, WIDE, wideCount)) onWide(each);
  }
}
