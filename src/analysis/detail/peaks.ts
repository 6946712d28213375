import { NONE } from '../../timeline/index.ts';
import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';

/** Fewer blocks are not worth a look at the level above. */
const WORTH_BLOCKS = 3;

/** All values, or the highest of each block of the level below. */
interface Level {
  readonly value: Float64Array;
  /** Where among all values each stands; undefined where these are they. */
  readonly position: Uint32Array | undefined;
}

/** The highest of any range of values, from a pyramid of those of blocks. */
export class Peaks {
  readonly #levels: readonly Level[];
  /** The best of the range that is being searched. */
  #best = NONE;
  #bestValue = Number.NEGATIVE_INFINITY;

  constructor(values: Float64Array) {
    let top: Level = { value: values, position: undefined };
    const levels = [top];
    while (top.value.length >= BLOCK_ROWS) levels.push((top = levelAbove(top)));
    this.#levels = levels;
  }

  /** The position of the highest value in [from, to), the first of several; NONE of nothing. */
  highest(from: number, to: number): number {
    this.#best = NONE;
    this.#bestValue = Number.NEGATIVE_INFINITY;
    this.#search(0, from, to);
    return this.#best;
  }

  /** The value there; -Infinity of nothing. */
  get highestValue(): number {
    return this.#bestValue;
  }

  /** Whole blocks first: of those at the ends few hold anything higher, and no other has to be looked into. */
  #search(level: number, from: number, to: number): void {
    const firstBlock = blockCount(from);
    const endBlock = to >> BLOCK_BITS;
    if (endBlock - firstBlock < WORTH_BLOCKS) {
      this.#scan(level, from, to);
      return;
    }
    this.#search(level + 1, firstBlock, endBlock);
    const blocks = this.#levels[level + 1].value;
    const start = firstBlock << BLOCK_BITS;
    if (from < start && blocks[firstBlock - 1] >= this.#bestValue) this.#scan(level, from, start);
    const end = endBlock << BLOCK_BITS;
    if (end < to && blocks[endBlock] >= this.#bestValue) this.#scan(level, end, to);
  }

  /** Of equal values the first counts, whichever is looked at first. */
  #scan(level: number, from: number, to: number): void {
    const { value, position } = this.#levels[level];
    let best = this.#best;
    let most = this.#bestValue;
    for (let i = from; i < to; i++) {
      if (!(value[i] >= most)) continue;
      const found = position === undefined ? i : position[i];
      if (value[i] === most && found > best) continue;
      best = found;
      most = value[i];
    }
    this.#best = best;
    this.#bestValue = most;
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

function levelAbove({ value, position }: Level): Level {
  const values = new Float64Array(blockCount(value.length));
  const positions = new Uint32Array(values.length);
  for (let block = 0; block < values.length; block++) {
    const from = block << BLOCK_BITS;
    const end = Math.min(value.length, from + BLOCK_ROWS);
    let highest = from;
    for (let i = from + 1; i < end; i++) if (value[i] > value[highest]) highest = i;
    values[block] = value[highest];
    positions[block] = position === undefined ? highest : position[highest];
  }
  return { value: values, position: positions };
}
