import type { InstantColumns, SliceColumns } from '../../../timeline/index.ts';
import type { WriterInstance } from './writer-module.ts';

/** The twin's columns of rows; views that end when its memory grows. */
export class RowColumns {
  readonly argsFrom: Uint32Array;
  readonly argsBytes: Uint32Array;
  readonly #timeNs: Float64Array;
  readonly #durNs: Float64Array;
  readonly #depth: Uint16Array;
  readonly #lane: Uint32Array;
  readonly #track: Int32Array;
  readonly #name: Int32Array;
  readonly #category: Int32Array;
  readonly #noDepth: number;

  constructor({ exports, places }: WriterInstance, count: number) {
    const { buffer } = exports.memory;
    this.argsFrom = new Uint32Array(buffer, places.ROW_ARGS_FROM, count);
    this.argsBytes = new Uint32Array(buffer, places.ROW_ARGS_BYTES, count);
    this.#timeNs = new Float64Array(buffer, places.ROW_TIME, count);
    this.#durNs = new Float64Array(buffer, places.ROW_DUR, count);
    this.#depth = new Uint16Array(buffer, places.ROW_DEPTH, count);
    this.#lane = new Uint32Array(buffer, places.ROW_LANE, count);
    this.#track = new Int32Array(buffer, places.ROW_TRACK, count);
    this.#name = new Int32Array(buffer, places.ROW_NAME, count);
    this.#category = new Int32Array(buffer, places.ROW_CATEGORY, count);
    this.#noDepth = places.NO_DEPTH;
  }

  putSlice(at: number, slices: SliceColumns, row: number): void {
    this.#timeNs[at] = slices.startNs[row];
    this.#durNs[at] = slices.durNs[row];
    this.#depth[at] = slices.depth[row];
    this.#lane[at] = slices.lane[row];
    this.#track[at] = slices.track[row];
    this.#name[at] = slices.name[row];
    this.#category[at] = slices.category[row];
  }

  /** Rows that follow each other. */
  putSlices(at: number, slices: SliceColumns, row: number, count: number): void {
    const end = row + count;
    this.#timeNs.set(slices.startNs.subarray(row, end), at);
    this.#durNs.set(slices.durNs.subarray(row, end), at);
    this.#depth.set(slices.depth.subarray(row, end), at);
    this.#lane.set(slices.lane.subarray(row, end), at);
    this.#track.set(slices.track.subarray(row, end), at);
    this.#name.set(slices.name.subarray(row, end), at);
    this.#category.set(slices.category.subarray(row, end), at);
  }

  putInstant(at: number, instants: InstantColumns, row: number): void {
    this.#timeNs[at] = instants.timeNs[row];
    this.#depth[at] = this.#noDepth;
    this.#lane[at] = 0;
    this.#track[at] = instants.track[row];
    this.#name[at] = instants.name[row];
    this.#category[at] = instants.category[row];
  }
}
