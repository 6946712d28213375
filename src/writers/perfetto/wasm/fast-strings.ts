import type { StringNumbers } from '../annotation-strings.ts';
import type { FastBuffer } from './fast-buffer.ts';
import type { WriterExports } from './writer-module.ts';

/** The twin's numbers for strings, for what is written here on its behalf. */
export class FastStrings implements StringNumbers {
  readonly #exports: WriterExports;
  readonly #buffer: FastBuffer;

  constructor(exports: WriterExports, buffer: FastBuffer) {
    this.#exports = exports;
    this.#buffer = buffer;
  }

  nameIid(bytes: Uint8Array, from: number, to: number): number {
    this.#put(bytes.subarray(from, to));
    const iid = this.#exports.nameIidOfScratch(to - from);
    this.#buffer.lookAgain();
    return iid;
  }

  textIid(bytes: Uint8Array, from: number, to: number): number {
    this.#put(bytes.subarray(from, to));
    const iid = this.#exports.textIidOfScratch(to - from);
    this.#buffer.lookAgain();
    return iid;
  }

  /** Tells the sequence of the row being written a string. */
  introduce(field: number, iid: number, text: Uint8Array): void {
    this.#put(text);
    this.#exports.introduceScratch(field, iid, text.length);
    this.#buffer.lookAgain();
  }

  #put(bytes: Uint8Array): void {
    const at = this.#exports.scratchFor(bytes.length);
    this.#buffer.memory.set(bytes, at);
  }
}
