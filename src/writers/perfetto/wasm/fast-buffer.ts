import { OutputBuffer } from '../../output-buffer.ts';
import type { Output } from '../../writer.ts';
import type { WriterExports } from './writer-module.ts';

/** The output as it stands in the twin's memory, so that both sides write to one place. */
export class FastBuffer extends OutputBuffer {
  readonly #exports: WriterExports;

  #memory = new Uint8Array(0);

  constructor(output: Output, exports: WriterExports) {
    super(output, () => new Uint8Array(exports.memory.buffer, exports.outFrom.value, exports.outBytes.value));
    this.#exports = exports;
  }

  /** To be called when the twin may have made its memory larger, which ends all views of it. */
  lookAgain(): void {
    const { memory, outFrom, outBytes } = this.#exports;
    if (this.bytes.buffer === memory.buffer && this.bytes.byteOffset === outFrom.value) return;
    this.bytes = new Uint8Array(memory.buffer, outFrom.value, outBytes.value);
  }

  /** All of the twin's memory. */
  get memory(): Uint8Array {
    const { buffer } = this.#exports.memory;
    if (this.#memory.buffer !== buffer) this.#memory = new Uint8Array(buffer);
    return this.#memory;
  }

  protected override grow(needed: number): void {
    this.#exports.growOutput(this.length, needed - this.length);
    this.lookAgain();
  }
}
