import { BlockIndex } from './block-index.ts';
import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';
import type { TimeColumns } from './time-columns.ts';

/** Finds times in an ascending list. */
export class TimeIndex {
  readonly #timesNs: Float64Array;
  readonly #blocks: BlockIndex;

  constructor(timesNs: Float64Array) {
    this.#timesNs = timesNs;
    const firstNs = new Float64Array(blockCount(timesNs.length));
    for (let block = 0; block < firstNs.length; block++) firstNs[block] = timesNs[block << BLOCK_BITS];
    this.#blocks = new BlockIndex(firstNs);
  }

  /** Which time is the first that is not before each column, and at the end which is not before the end of the last. */
  firstOfColumns(columns: TimeColumns): Uint32Array {
    const found = this.#blocks.blocksOfColumns(columns);
    for (let i = 0; i < found.length; i++) {
      found[i] = this.#firstIn(found[i], columns.startNs, i * columns.widthNs);
    }
    return found;
  }

  /** The first time of a block that is not before a time, or the end of the block. */
  #firstIn(block: number, originNs: number, sinceNs: number): number {
    const timesNs = this.#timesNs;
    const end = Math.min(timesNs.length, (block << BLOCK_BITS) + BLOCK_ROWS);
    let at = block << BLOCK_BITS;
    while (at < end && timesNs[at] - originNs < sinceNs) at++;
    return at;
  }
}
