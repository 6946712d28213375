import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';
import { Peaks } from './peaks.ts';
import type { SliceBlocks } from './slice-blocks.ts';

/** The longest slice of any range: of whole blocks it is known, and few of those at the ends have to be looked into. */
export class LongestSlices {
  readonly #blocks: SliceBlocks;
  readonly #mostNs: Float64Array;
  /** By block: the place of the first of its longest slices. */
  readonly #slot: Uint8Array;
  readonly #peaks: Peaks;
  #best = 0;
  #bestNs = 0;

  constructor(blocks: SliceBlocks) {
    this.#blocks = blocks;
    this.#mostNs = new Float64Array(blockCount(blocks.count));
    this.#slot = new Uint8Array(this.#mostNs.length);
    for (let block = 0; block < this.#mostNs.length; block++) {
      const from = block << BLOCK_BITS;
      this.#bestNs = -1;
      this.#scan(from, Math.min(blocks.count, from + BLOCK_ROWS));
      this.#mostNs[block] = this.#bestNs;
      this.#slot[block] = this.#best - from;
    }
    this.#peaks = new Peaks(this.#mostNs);
  }

  /** The position of the first of the longest slices in [from, to), which is not empty. */
  longest(from: number, to: number): number {
    const [firstBlock, endBlock] = [blockCount(from), to >> BLOCK_BITS];
    this.#bestNs = -1;
    if (firstBlock > endBlock) {
      this.#scan(from, to);
      return this.#best;
    }
    const [start, end] = [firstBlock << BLOCK_BITS, endBlock << BLOCK_BITS];
    // What is not longer than the longest of whole blocks needs no look.
    if (firstBlock < endBlock) {
      const block = this.#peaks.highest(firstBlock, endBlock);
      this.#best = (block << BLOCK_BITS) + this.#slot[block];
      this.#bestNs = this.#peaks.highestValue;
    }
    const [whole, wholeNs] = [this.#best, this.#bestNs];
    if (from < start && this.#mostNs[firstBlock - 1] >= wholeNs) {
      this.#bestNs = -1;
      this.#scan(from, start);
      if (this.#bestNs < wholeNs) [this.#best, this.#bestNs] = [whole, wholeNs];
    }
    if (end < to && this.#mostNs[endBlock] > this.#bestNs) this.#scan(end, to);
    return this.#best;
  }

  /** How long it lasts. */
  get longestNs(): number {
    return this.#bestNs;
  }

  #scan(from: number, to: number): void {
    for (let position = from; position < to; position++) {
      const durNs = this.#blocks.durNs(position);
      if (durNs <= this.#bestNs) continue;
      this.#best = position;
      this.#bestNs = durNs;
    }
  }
}
