import { NONE } from '../../timeline/index.ts';
import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';
import { Peaks } from './peaks.ts';
import { MOST_NS, type SliceBlocks } from './slice-blocks.ts';

/** As many blocks are looked at one by one. */
const FEW_BLOCKS = 3 * BLOCK_ROWS;

/** The longest slice of any range: of whole blocks it is known, and few of those at the ends have to be looked into. */
export class LongestSlices {
  readonly #blocks: SliceBlocks;
  /** Of groups of blocks: how long their longest slices last. */
  readonly #groups: Peaks;
  /** How long the slice found last lasts. */
  longestNs = 0;

  constructor(blocks: SliceBlocks) {
    this.#blocks = blocks;
    const mostNs = new Float64Array(blockCount(blocks.mostNs.length));
    for (let block = 0; block < blocks.mostNs.length; block++) {
      const group = block >> BLOCK_BITS;
      mostNs[group] = Math.max(mostNs[group], blocks.longestNs(block));
    }
    this.#groups = new Peaks(mostNs);
  }

  /** The first of the longest slices in [from, to), as its row in the columns; the range is not empty. */
  in(from: number, to: number): number {
    const blocks = this.#blocks;
    const firstBlock = blockCount(from);
    const endBlock = to >> BLOCK_BITS;
    if (firstBlock > endBlock) {
      const found = blocks.longest(from, to, -1);
      this.longestNs = blocks.durNs(found);
      return blocks.rowOf(found);
    }
    const start = firstBlock << BLOCK_BITS;
    const end = endBlock << BLOCK_BITS;
    let best = NONE;
    let bestNs = -1;
    if (firstBlock < endBlock) {
      const block = this.#longestBlock(firstBlock, endBlock);
      best = blocks.mostRow[block];
      bestNs = blocks.longestNs(block);
    }
    // Of equally long ones the first counts, so what is before the whole blocks may be as long as the best of them.
    if (from < start && reaches(blocks.mostNs[firstBlock - 1], bestNs)) {
      const found = blocks.longest(from, start, bestNs - 1);
      if (found !== NONE) {
        best = blocks.rowOf(found);
        bestNs = blocks.durNs(found);
      }
    }
    if (end < to && reaches(blocks.mostNs[endBlock], bestNs + 1)) {
      const found = blocks.longest(end, to, bestNs);
      if (found !== NONE) {
        best = blocks.rowOf(found);
        bestNs = blocks.durNs(found);
      }
    }
    this.longestNs = bestNs;
    return best;
  }

  /** The first of the blocks in [from, to) with the longest slices. */
  #longestBlock(from: number, to: number): number {
    if (to - from < FEW_BLOCKS) return this.#longestOfFew(from, to);
    const firstGroup = blockCount(from);
    const endGroup = to >> BLOCK_BITS;
    const group = this.#groups.highest(firstGroup, endGroup) << BLOCK_BITS;
    const start = firstGroup << BLOCK_BITS;
    const end = endGroup << BLOCK_BITS;
    let found = this.#longestOfFew(group, group + BLOCK_ROWS);
    if (from < start) found = this.#longer(this.#longestOfFew(from, start), found);
    return end < to ? this.#longer(found, this.#longestOfFew(end, to)) : found;
  }

  /** Of two blocks, the first where their longest slices are equally long. */
  #longer(first: number, second: number): number {
    return this.#blocks.longestNs(second) > this.#blocks.longestNs(first) ? second : first;
  }

  #longestOfFew(from: number, to: number): number {
    const { mostNs } = this.#blocks;
    let most = -1;
    for (let block = from; block < to; block++) {
      // Nothing branches: no processor foresees which is longer.
      const lessNs = (most - mostNs[block]) | 0;
      most -= lessNs & (lessNs >> 31);
    }
    let found = from;
    while (mostNs[found] !== most) found++;
    return most === MOST_NS ? this.#longestOfLong(found, to) : found;
  }

  /** The same of blocks of which some hold slices that last very long. */
  #longestOfLong(from: number, to: number): number {
    let found = from;
    for (let block = from + 1; block < to; block++) found = this.#longer(found, block);
    return found;
  }
}

/** Whether a block holds a slice that lasts so long, as far as what is known of blocks tells. */
function reaches(mostNs: number, leastNs: number): boolean {
  return mostNs >= Math.min(leastNs, MOST_NS);
}
