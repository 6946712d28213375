import { NONE } from '../../timeline/index.ts';
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
  /** How long the slice found last lasts. */
  longestNs = 0;

  constructor(blocks: SliceBlocks) {
    this.#blocks = blocks;
    this.#mostNs = new Float64Array(blockCount(blocks.count));
    this.#slot = new Uint8Array(this.#mostNs.length);
    for (let block = 0; block < this.#mostNs.length; block++) {
      const from = block << BLOCK_BITS;
      const longest = blocks.longest(from, Math.min(blocks.count, from + BLOCK_ROWS), -1);
      this.#mostNs[block] = blocks.durNs(longest);
      this.#slot[block] = longest - from;
    }
    this.#peaks = new Peaks(this.#mostNs);
  }

  /** The position of the first of the longest slices in [from, to); the range is not empty. */
  in(from: number, to: number): number {
    const firstBlock = blockCount(from);
    const endBlock = to >> BLOCK_BITS;
    if (firstBlock > endBlock) {
      const found = this.#blocks.longest(from, to, -1);
      this.longestNs = this.#blocks.durNs(found);
      return found;
    }
    const start = firstBlock << BLOCK_BITS;
    const end = endBlock << BLOCK_BITS;
    let best = NONE;
    let bestNs = -1;
    if (firstBlock < endBlock) {
      const block = this.#peaks.highest(firstBlock, endBlock);
      best = (block << BLOCK_BITS) + this.#slot[block];
      bestNs = this.#mostNs[block];
    }
    // Of equally long ones the first counts, so what is before the whole blocks may be as long as the best of them.
    if (from < start && this.#mostNs[firstBlock - 1] >= bestNs) {
      const found = this.#blocks.longest(from, start, bestNs - 1);
      if (found !== NONE) {
        best = found;
        bestNs = this.#blocks.durNs(found);
      }
    }
    if (end < to && this.#mostNs[endBlock] > bestNs) {
      const found = this.#blocks.longest(end, to, bestNs);
      if (found !== NONE) {
        best = found;
        bestNs = this.#blocks.durNs(found);
      }
    }
    this.longestNs = bestNs;
    return best;
  }
}
