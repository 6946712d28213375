import { NONE } from '../../timeline/index.ts';
import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';

/** Of each block of the level below: its highest value, and where among all values the first of these stands. */
interface Level {
  readonly value: Float64Array;
  readonly position: Uint32Array;
}

/** The highest of any range of values, from a pyramid of those of blocks. */
export class Peaks {
  readonly #values: Float64Array;
  /** The blocks of values, blocks of those and so on. */
  readonly #levels: Level[] = [];
  /** The best of the range that is being searched. */
  #best = NONE;
  #bestValue = Number.NEGATIVE_INFINITY;

  constructor(values: Float64Array) {
    this.#values = values;
    for (let count = values.length; count > BLOCK_ROWS; count = blockCount(count)) this.#addLevel(count);
  }

  /** The position of the highest value in [from, to), the first of several; NONE of nothing. */
  highest(from: number, to: number): number {
    this.#best = NONE;
    this.#bestValue = Number.NEGATIVE_INFINITY;
    let level = 0;
    while (level < this.#levels.length && to - from >= 2 * BLOCK_ROWS) {
      const firstBlock = blockCount(from);
      const endBlock = to >> BLOCK_BITS;
      this.#scan(level, from, firstBlock << BLOCK_BITS);
      this.#scan(level, endBlock << BLOCK_BITS, to);
      [from, to] = [firstBlock, endBlock];
      level++;
    }
    this.#scan(level, from, to);
    return this.#best;
  }

  /** Positions in [from, to) whose values are `least` or more, in their order. */
  eachFrom(least: number, from: number, to: number, visit: (position: number) => void): void {
    for (let at = from; at < to;) {
      const level = this.#lowBlockAt(least, at);
      if (level === 0 && this.#values[at] >= least) visit(at);
      at = ((at >> (level * BLOCK_BITS)) + 1) << (level * BLOCK_BITS);
    }
  }

  /** The highest level of which a block begins here that holds nothing from `least` on; 0: none. */
  #lowBlockAt(least: number, position: number): number {
    let level = 0;
    while (level < this.#levels.length) {
      const bits = (level + 1) * BLOCK_BITS;
      const block = position >> bits;
      if (block << bits !== position || this.#levels[level].value[block] >= least) break;
      level++;
    }
    return level;
  }

  /** Level 0 are the values themselves. Of equal ones the first counts, whichever is looked at first. */
  #scan(level: number, from: number, to: number): void {
    if (level > 0) {
      const { value, position } = this.#levels[level - 1];
      for (let i = from; i < to; i++) if (value[i] >= this.#bestValue) this.#take(value[i], position[i]);
      return;
    }
    const values = this.#values;
    for (let i = from; i < to; i++) if (values[i] >= this.#bestValue) this.#take(values[i], i);
  }

  #take(value: number, position: number): void {
    if (value === this.#bestValue && position > this.#best && this.#best !== NONE) return;
    this.#bestValue = value;
    this.#best = position;
  }

  /** `count`: how many the level below has. */
  #addLevel(count: number): void {
    const below = this.#levels.length;
    const length = blockCount(count);
    const level = { value: new Float64Array(length), position: new Uint32Array(length) };
    for (let block = 0; block < length; block++) {
      this.#best = NONE;
      this.#bestValue = Number.NEGATIVE_INFINITY;
      this.#scan(below, block << BLOCK_BITS, Math.min(count, (block + 1) << BLOCK_BITS));
      level.value[block] = this.#bestValue;
      level.position[block] = this.#best;
    }
    this.#levels.push(level);
  }
}
