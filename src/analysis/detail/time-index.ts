import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';
import type { TimeColumns } from './time-columns.ts';

/** Finds times in an ascending list. */
export class TimeIndex {
  readonly #timesNs: Float64Array;
  /** The first time of each block: few enough to stay in the processor's cache. */
  readonly #firstNs: Float64Array;

  constructor(timesNs: Float64Array) {
    this.#timesNs = timesNs;
    this.#firstNs = new Float64Array(blockCount(timesNs.length));
    for (let block = 0; block < this.#firstNs.length; block++) this.#firstNs[block] = timesNs[block << BLOCK_BITS];
  }

  /**
   * Which time is the first that is not before each column, and at the end which is not before the end of the last. All
   * blocks are found before their times are looked at, so that the processor can wait for many of these at once.
   */
  firstOfColumns({ startNs, widthNs, columnCount }: TimeColumns): Uint32Array {
    const found = new Uint32Array(columnCount + 1);
    let block = 0;
    for (let column = 0; column <= columnCount; column++) {
      found[column] = block = this.#blockBefore(block, startNs, column * widthNs);
    }
    for (let column = 0; column <= columnCount; column++) {
      found[column] = this.#firstIn(found[column], startNs, column * widthNs);
    }
    return found;
  }

  /** The last block from `block` on that begins before a time, else `block`. Soon found where it is not far. */
  #blockBefore(block: number, originNs: number, sinceNs: number): number {
    const firstNs = this.#firstNs;
    let before = block;
    let step = 1;
    while (before + step < firstNs.length && firstNs[before + step] - originNs < sinceNs) {
      before += step;
      step *= 2;
    }
    while (step > 1) {
      step >>= 1;
      if (before + step < firstNs.length && firstNs[before + step] - originNs < sinceNs) before += step;
    }
    return before;
  }

  /** The first time of a block that is not before a time, or the end of the block. */
  #firstIn(block: number, originNs: number, sinceNs: number): number {
    const timesNs = this.#timesNs;
    let at = block << BLOCK_BITS;
    for (let step = BLOCK_ROWS / 2; step > 0; step >>= 1) {
      if (at + step <= timesNs.length && timesNs[at + step - 1] - originNs < sinceNs) at += step;
    }
    return at < timesNs.length && timesNs[at] - originNs < sinceNs ? at + 1 : at;
  }
}
