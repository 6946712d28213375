import { NONE } from '../../timeline/index.ts';
import { BlockIndex } from './block-index.ts';
import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';
import type { TimeColumns } from './time-columns.ts';

/**
 * By slice of a block, counted from those before the block: when it starts, then how long all until its end last together.
 * Both fit a line of the processor's cache, and to wait for memory is most of what a far zoom costs.
 */
const BLOCK_WORDS = 2 * BLOCK_ROWS;
/** In the place of the first start, which is 0: the block is not full, or lasts longer than its words can say. */
const BY_COLUMNS = -1;
const SLOTS = BLOCK_ROWS - 1;
export const MOST_NS = 2 ** 31 - 1;

/** What is known at the start of each column and at the end of the last. Times count from the start of the columns. */
export interface Borders {
  /** How many slices start before. */
  readonly count: Uint32Array;
  /** Of the last of these when it starts and how long it lasts, and how long all before it do; 0 of none. */
  readonly startNs: Float64Array;
  readonly durNs: Float64Array;
  readonly beforeNs: Float64Array;
}

/** With what is made on the way there: the block of each border, and what its first word says. */
interface Worksheet extends Borders {
  readonly block: Uint32Array;
  readonly firstWord: Int32Array;
}

/** Slices of a row in the order of time, of which none overlaps another. */
export class SliceBlocks {
  readonly count: number;
  readonly #startNs: Float64Array;
  readonly #durNs: Float64Array;
  /** Which of the columns they are; undefined: all. */
  readonly rows: Uint32Array | undefined;
  readonly words: Int32Array;
  readonly firstNs: Float64Array;
  /** By block: how long all slices before last together. */
  readonly beforeNs: Float64Array;
  /** By block: how long the first of its longest slices lasts, MOST_NS if not less, and where it is in the columns. */
  readonly mostNs: Int32Array;
  readonly mostRow: Uint32Array;
  readonly index: BlockIndex;
  /** Whether a block lasts longer than its words can say. */
  hasLong = false;

  constructor(startNs: Float64Array, durNs: Float64Array, rows: Uint32Array | undefined) {
    [this.#startNs, this.#durNs, this.rows] = [startNs, durNs, rows];
    this.count = (rows ?? startNs).length;
    const blocks = blockCount(this.count);
    this.words = new Int32Array(blocks * BLOCK_WORDS);
    this.firstNs = new Float64Array(blocks);
    this.beforeNs = new Float64Array(blocks);
    this.mostNs = new Int32Array(blocks);
    this.mostRow = new Uint32Array(blocks);
    this.#fill();
    this.index = new BlockIndex(this.firstNs);
  }

  #fill(): void {
    const [startsNs, dursNs, rows, words] = [this.#startNs, this.#durNs, this.rows, this.words];
    let beforeNs = 0;
    for (let block = 0; block < this.firstNs.length; block++) {
      const at = block * BLOCK_WORDS;
      const from = block << BLOCK_BITS;
      const count = Math.min(BLOCK_ROWS, this.count - from);
      const firstNs = startsNs[rows === undefined ? from : rows[from]];
      let [sinceNs, doneNs, mostNs, mostRow] = [0, 0, -1, 0];
      for (let slot = 0; slot < count; slot++) {
        const row = rows === undefined ? from + slot : rows[from + slot];
        const durNs = dursNs[row];
        sinceNs = startsNs[row] - firstNs;
        doneNs += durNs;
        if (durNs > mostNs) [mostNs, mostRow] = [durNs, row];
        words[at + slot] = sinceNs;
        words[at + BLOCK_ROWS + slot] = doneNs;
      }
      const isLong = sinceNs > MOST_NS || doneNs > MOST_NS;
      this.hasLong ||= isLong;
      if (isLong || count < BLOCK_ROWS) words[at] = BY_COLUMNS;
      this.firstNs[block] = firstNs;
      this.beforeNs[block] = beforeNs;
      this.mostNs[block] = Math.min(mostNs, MOST_NS);
      this.mostRow[block] = mostRow;
      beforeNs += doneNs;
    }
  }

  /** Makes the last block of a copy of the words full, with slices that never start, where no block is long. */
  fillUp(words: Int32Array): void {
    const end = this.count + BLOCK_ROWS * (this.firstNs.length - 1);
    const at = words.length - BLOCK_WORDS;
    words[at] = 0;
    words.fill(MOST_NS, end, at + BLOCK_ROWS);
  }

  /** Where in the columns a slice is. */
  rowOf(position: number): number {
    return this.rows === undefined ? position : this.rows[position];
  }

  #startOf(position: number): number {
    return this.#startNs[this.rowOf(position)];
  }

  #durOf(position: number): number {
    return this.#durNs[this.rowOf(position)];
  }

  /** How long the longest slice of a block lasts. */
  longestNs(block: number): number {
    const mostNs = this.mostNs[block];
    return mostNs === MOST_NS ? this.#durNs[this.mostRow[block]] : mostNs;
  }

  /** The position of the first of the longest slices in [from, to) of one block; NONE where none is longer than `leastNs`. */
  longest(from: number, to: number, leastNs: number): number {
    const words = this.words;
    const at = (from >> BLOCK_BITS) * BLOCK_WORDS;
    let found = NONE;
    let mostNs = leastNs;
    if (words[at] === BY_COLUMNS) {
      for (let position = from; position < to; position++) {
        const durNs = this.#durOf(position);
        if (durNs <= mostNs) continue;
        found = position;
        mostNs = durNs;
      }
      return found;
    }
    const dones = at + BLOCK_ROWS - (from & ~SLOTS);
    let beforeNs = (from & SLOTS) === 0 ? 0 : words[dones + from - 1];
    for (let position = from; position < to; position++) {
      const durNs = words[dones + position] - beforeNs;
      beforeNs += durNs;
      if (durNs <= mostNs) continue;
      found = position;
      mostNs = durNs;
    }
    return found;
  }

  durNs(position: number): number {
    const words = this.words;
    const at = (position >> BLOCK_BITS) * BLOCK_WORDS;
    if (words[at] === BY_COLUMNS) return this.#durOf(position);
    const done = at + BLOCK_ROWS + (position & SLOTS);
    return words[done] - ((position & SLOTS) === 0 ? 0 : words[done - 1]);
  }

  /**
   * All blocks are found before one is looked into, and all asked for before one is waited for. The answer holds until the
   * next is asked for, and may be longer than there are borders.
   */
  at(columns: TimeColumns): Borders {
    const { startNs: originNs, widthNs, columnCount } = columns;
    const borders = worksheetFor(columnCount + 1);
    const { block: blocks, firstWord, count, startNs, durNs, beforeNs } = borders;
    const words = this.words;
    const before = this.beforeNs;
    const first = this.firstNs;
    this.index.blocksOfColumns(columns, blocks);
    this.#askFor(blocks, firstWord, columnCount + 1);
    let block = NONE;
    let at = 0;
    let slot = 0;
    let firstNs = 0;
    for (let i = 0; i <= columnCount; i++) {
      if (firstWord[i] !== 0) {
        this.#lookByColumns(blocks[i], originNs, i * widthNs, borders, i);
        continue;
      }
      if (blocks[i] !== block) {
        block = blocks[i];
        at = block * BLOCK_WORDS;
        slot = 0;
        firstNs = first[block] - originNs;
      }
      while (slot < BLOCK_ROWS && firstNs + words[at + slot] < i * widthNs) slot++;
      const doneNs = slot < 2 ? 0 : words[at + BLOCK_ROWS + slot - 2];
      count[i] = (block << BLOCK_BITS) + slot;
      startNs[i] = slot === 0 ? 0 : firstNs + words[at + slot - 1];
      durNs[i] = slot === 0 ? 0 : words[at + BLOCK_ROWS + slot - 1] - doneNs;
      beforeNs[i] = before[block] + doneNs;
    }
    return borders;
  }

  /** Touches both ends of each block: it may lie across two lines. Behind a first word of 0 no last word is negative. */
  #askFor(blocks: Uint32Array, firstWord: Int32Array, count: number): void {
    const words = this.words;
    for (let i = 0; i < count; i++) {
      const at = blocks[i] * BLOCK_WORDS;
      firstWord[i] = words[at] | (words[at + BLOCK_WORDS - 1] >> 31);
    }
  }

  /** The same from the columns. */
  #lookByColumns(block: number, originNs: number, sinceNs: number, borders: Borders, i: number): void {
    let position = block << BLOCK_BITS;
    const end = Math.min(this.count, position + BLOCK_ROWS);
    let beforeNs = this.count === 0 ? 0 : this.beforeNs[block];
    [borders.startNs[i], borders.durNs[i], borders.beforeNs[i]] = [0, 0, beforeNs];
    for (; position < end && this.#startOf(position) - originNs < sinceNs; position++) {
      borders.startNs[i] = this.#startOf(position) - originNs;
      borders.durNs[i] = this.#durOf(position);
      borders.beforeNs[i] = beforeNs;
      beforeNs += borders.durNs[i];
    }
    borders.count[i] = position;
  }
}

/** The same arrays for every row: to make them anew takes longer than to fill them. */
let reused = newWorksheet(0);

function worksheetFor(count: number): Worksheet {
  if (reused.count.length < count) reused = newWorksheet(count);
  return reused;
}

function newWorksheet(count: number): Worksheet {
  return {
    ...{ block: new Uint32Array(count), firstWord: new Int32Array(count), count: new Uint32Array(count) },
    ...{ startNs: new Float64Array(count), durNs: new Float64Array(count), beforeNs: new Float64Array(count) },
  };
}
