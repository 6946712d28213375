import type { ByteBuffer } from '../../../bytes/byte-buffer.ts';
import type { ArgsBlock } from '../../../timeline/index.ts';
import { type ArgsExports, newArgsInstance } from './wasm/args-module.ts';

/** The bytes that begin the member of each cell; undefined for cells that are no args. */
type Keys = readonly (Uint8Array | undefined)[];

/** Args of usual rows, made by the WebAssembly twin (wasm/assembly). It leaves every other row to its elder. */
export class FastArgs {
  static #shared: FastArgs | undefined;
  readonly #exports: ArgsExports;
  #keys: Keys | undefined;
  /** The rows [first, end) of the block stand in the memory. */
  #block: ArgsBlock | undefined;
  #first = 0;
  #end = 0;

  /** One for all tables, as it is never left in the middle of something; undefined where WebAssembly is missing. */
  static shared(): FastArgs | undefined {
    if (FastArgs.#shared !== undefined) return FastArgs.#shared;
    const exports = newArgsInstance();
    if (exports !== undefined) FastArgs.#shared = new FastArgs(exports);
    return FastArgs.#shared;
  }

  private constructor(exports: ArgsExports) {
    this.#exports = exports;
  }

  /**
   * Appends args of the rows from `row` on to `json`, and to `from` where each ends. Returns the first that is left:
   * `end`, or one that is not usual.
   */
  write(csv: ArgsBlock, row: number, end: number, keys: Keys, json: ByteBuffer, from: Uint32Array): number {
    if (keys !== this.#keys) this.#startTable(keys);
    while (row < end) {
      if (csv !== this.#block || row < this.#first || row >= this.#end) this.#load(csv, row, end);
      if (row === this.#end) return row;
      const done = this.#first + this.#exports.writeRows(row - this.#first, this.#end - this.#first);
      this.#take(row, done, json, from);
      row = done;
      if (done < this.#end) return done;
    }
    this.#block = undefined;
    return row;
  }

  #startTable(keys: Keys): void {
    const { memory, startTable, setKey } = this.#exports;
    let at = startTable(
      keys.length,
      keys.reduce((sum, key) => sum + (key?.length ?? 0), 0),
    );
    keys.forEach((key, cell) => {
      if (key === undefined) return;
      new Uint8Array(memory.buffer).set(key, at);
      setKey(cell, at, key.length);
      at += key.length;
    });
    this.#keys = keys;
  }

  /** As many rows as there is room for; none where the first is too long. */
  #load(csv: ArgsBlock, row: number, end: number): void {
    const { memory, CSV, CSV_BYTES, MOST_ROWS, ROW_FROM } = this.#exports;
    const base = csv.from[row];
    const most = Math.min(end, row + MOST_ROWS.value - 1);
    let to = row;
    while (to < most && csv.from[to + 1] - base <= CSV_BYTES.value) to++;
    new Uint8Array(memory.buffer, CSV.value, CSV_BYTES.value).set(csv.bytes.subarray(base, csv.from[to]));
    const places = new Uint32Array(memory.buffer, ROW_FROM.value, to - row + 1);
    for (let i = 0; i < places.length; i++) places[i] = csv.from[row + i] - base;
    this.#block = csv;
    this.#first = row;
    this.#end = to;
  }

  /** Takes over what was written of the rows [row, done). */
  #take(row: number, done: number, json: ByteBuffer, from: Uint32Array): void {
    if (row === done) return;
    const { memory, JSON_TO, json: written } = this.#exports;
    const ends = new Uint32Array(memory.buffer, JSON_TO.value, done - this.#first);
    const start = json.length;
    for (let i = row; i < done; i++) from[i + 1] = start + ends[i - this.#first];
    json.append(new Uint8Array(memory.buffer, written.value, ends[ends.length - 1]));
  }
}
