import { NONE } from '../../timeline/index.ts';
import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';

/** All values, or of each block of the level below the highest. */
interface Level {
  readonly value: Float64Array;
  /** Where among all values each stands; undefined where these are they. */
  readonly position: Uint32Array | undefined;
  /**
   * By value: where in its block the highest one stands of those from the start of the block to this one (high half), and of
   * those from this one to the end (low half).
   */
  readonly inBlock: Uint8Array;
}

const LOW_HALF = 15;

/**
 * The highest of any range of values. A range is the end of a block, whole blocks, and the start of a block; the highest of
 * the first and the last is looked up, and of the blocks it is found in the same way on the level above.
 */
export class Peaks {
  readonly #levels: readonly Level[];
  /** The best of the range that is being searched. */
  #best = NONE;
  #bestValue = Number.NEGATIVE_INFINITY;

  constructor(values: Float64Array) {
    let top = levelOf(values, undefined);
    const levels = [top];
    while (top.value.length > BLOCK_ROWS) levels.push((top = levelAbove(top)));
    this.#levels = levels;
  }

  /** The position of the highest value in [from, to), the first of several; NONE of nothing. */
  highest(from: number, to: number): number {
    this.#best = NONE;
    this.#bestValue = Number.NEGATIVE_INFINITY;
    let [left, right] = [from, to];
    for (const level of this.#levels) {
      const firstBlock = blockCount(left);
      const endBlock = right >> BLOCK_BITS;
      if (firstBlock > endBlock) {
        for (let i = left; i < right; i++) this.#consider(level, i);
        break;
      }
      const { inBlock } = level;
      if ((left & LOW_HALF) !== 0) this.#consider(level, (left & ~LOW_HALF) + (inBlock[left] & LOW_HALF));
      if ((right & LOW_HALF) !== 0) this.#consider(level, (right & ~LOW_HALF) + (inBlock[right - 1] >> BLOCK_BITS));
      if (firstBlock === endBlock) break;
      left = firstBlock;
      right = endBlock;
    }
    return this.#best;
  }

  /** Of equal values the first counts, whichever is looked at first. */
  #consider({ value, position }: Level, i: number): void {
    if (value[i] < this.#bestValue) return;
    const found = position === undefined ? i : position[i];
    if (value[i] === this.#bestValue && found > this.#best) return;
    this.#bestValue = value[i];
    this.#best = found;
  }

  /** Positions in [from, to) whose values are `least` or more, in their order. */
  eachFrom(least: number, from: number, to: number, visit: (position: number) => void): void {
    for (let at = from; at < to;) {
      const level = this.#lowBlockAt(least, at);
      if (level === 0 && this.#levels[0].value[at] >= least) visit(at);
      at = ((at >> (level * BLOCK_BITS)) + 1) << (level * BLOCK_BITS);
    }
  }

  /** The highest level of which a block begins here that holds nothing from `least` on; 0: none. */
  #lowBlockAt(least: number, position: number): number {
    let found = 0;
    for (let level = 1; level < this.#levels.length; level++) {
      const block = position >> (level * BLOCK_BITS);
      if (block << (level * BLOCK_BITS) !== position || this.#levels[level].value[block] >= least) break;
      found = level;
    }
    return found;
  }
}

function levelOf(value: Float64Array, position: Uint32Array | undefined): Level {
  const inBlock = new Uint8Array(value.length);
  for (let from = 0; from < value.length; from += BLOCK_ROWS) {
    const last = Math.min(value.length, from + BLOCK_ROWS) - 1;
    let best = last;
    for (let i = last; i >= from; i--) {
      if (value[i] >= value[best]) best = i;
      inBlock[i] = best - from;
    }
    best = from;
    for (let i = from; i <= last; i++) {
      if (value[i] > value[best]) best = i;
      inBlock[i] |= (best - from) << BLOCK_BITS;
    }
  }
  return { value, position, inBlock };
}

function levelAbove({ value, position, inBlock }: Level): Level {
  const values = new Float64Array(blockCount(value.length));
  const positions = new Uint32Array(values.length);
  for (let block = 0; block < values.length; block++) {
    const from = block << BLOCK_BITS;
    const highest = from + (inBlock[from] & LOW_HALF);
    values[block] = value[highest];
    positions[block] = position === undefined ? highest : position[highest];
  }
  return levelOf(values, positions);
}
