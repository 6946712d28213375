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
const MOST_NS = 2 ** 31 - 1;

/** What is known at the start of each column and at the end of the last. Times count from the start of the columns. */
export interface Borders {
  /** How many slices start before. */
  readonly count: Uint32Array;
  /** Of the last of these when it starts and how long it lasts, and how long all before it do; 0 of none. */
  readonly startNs: Float64Array;
  readonly durNs: Float64Array;
  readonly beforeNs: Float64Array;
}

/** Slices of a row in the order of time, of which none overlaps another. */
export class SliceBlocks {
  readonly count: number;
  readonly #startNs: Float64Array;
  readonly #durNs: Float64Array;
  /** Which of the columns they are; undefined: all. */
  readonly #rows: Uint32Array | undefined;
  readonly #words: Int32Array;
  readonly #firstNs: Float64Array;
  /** By block: how long all slices before last together. */
  readonly #beforeNs: Float64Array;
  readonly #index: BlockIndex;

  constructor(startNs: Float64Array, durNs: Float64Array, rows: Uint32Array | undefined) {
    [this.#startNs, this.#durNs, this.#rows] = [startNs, durNs, rows];
    this.count = (rows ?? startNs).length;
    const blocks = blockCount(this.count);
    this.#words = new Int32Array(blocks * BLOCK_WORDS);
    this.#firstNs = new Float64Array(blocks);
    this.#beforeNs = new Float64Array(blocks);
    let beforeNs = 0;
    for (let block = 0; block < blocks; block++) {
      this.#beforeNs[block] = beforeNs;
      beforeNs += this.#fill(block);
    }
    this.#index = new BlockIndex(this.#firstNs);
  }

  /** How long its slices last together. */
  #fill(block: number): number {
    const words = this.#words;
    const at = block * BLOCK_WORDS;
    const from = block << BLOCK_BITS;
    const end = Math.min(this.count, from + BLOCK_ROWS);
    const firstNs = (this.#firstNs[block] = this.#startOf(from));
    let [sinceNs, doneNs] = [0, 0];
    for (let position = from; position < end; position++) {
      sinceNs = this.#startOf(position) - firstNs;
      doneNs += this.#durOf(position);
      words[at + position - from] = sinceNs;
      words[at + BLOCK_ROWS + position - from] = doneNs;
    }
    if (end - from < BLOCK_ROWS || sinceNs > MOST_NS || doneNs > MOST_NS) words[at] = BY_COLUMNS;
    return doneNs;
  }

  #startOf(position: number): number {
    return this.#startNs[this.#rows === undefined ? position : this.#rows[position]];
  }

  #durOf(position: number): number {
    return this.#durNs[this.#rows === undefined ? position : this.#rows[position]];
  }

  durNs(position: number): number {
    const words = this.#words;
    const at = (position >> BLOCK_BITS) * BLOCK_WORDS;
    if (words[at] === BY_COLUMNS) return this.#durOf(position);
    const slot = position & (BLOCK_ROWS - 1);
    const done = at + BLOCK_ROWS + slot;
    return words[done] - (slot === 0 ? 0 : words[done - 1]);
  }

  /** All blocks are found before one is looked into, and their lines asked for before one is waited for. */
  at(columns: TimeColumns): Borders {
    const { startNs: originNs, widthNs } = columns;
    const blocks = this.#index.blocksOfColumns(columns);
    const kinds = new Int32Array(blocks.length);
    for (let i = 0; i < blocks.length; i++) kinds[i] = this.#words[blocks[i] * BLOCK_WORDS];
    const borders: Borders = {
      count: new Uint32Array(blocks.length),
      startNs: new Float64Array(blocks.length),
      durNs: new Float64Array(blocks.length),
      beforeNs: new Float64Array(blocks.length),
    };
    for (let i = 0; i < blocks.length; i++) {
      if (kinds[i] === 0) this.#lookInto(blocks[i], originNs, i * widthNs, borders, i);
      else this.#lookByColumns(blocks[i], originNs, i * widthNs, borders, i);
    }
    return borders;
  }

  #lookInto(block: number, originNs: number, sinceNs: number, borders: Borders, i: number): void {
    const words = this.#words;
    const at = block * BLOCK_WORDS;
    const firstNs = this.#firstNs[block] - originNs;
    let slot = 0;
    while (slot < BLOCK_ROWS && firstNs + words[at + slot] < sinceNs) slot++;
    borders.count[i] = (block << BLOCK_BITS) + slot;
    if (slot === 0) return;
    const doneNs = slot === 1 ? 0 : words[at + BLOCK_ROWS + slot - 2];
    borders.startNs[i] = firstNs + words[at + slot - 1];
    borders.durNs[i] = words[at + BLOCK_ROWS + slot - 1] - doneNs;
    borders.beforeNs[i] = this.#beforeNs[block] + doneNs;
  }

  /** The same for any block. */
  #lookByColumns(block: number, originNs: number, sinceNs: number, borders: Borders, i: number): void {
    let position = block << BLOCK_BITS;
    const end = Math.min(this.count, position + BLOCK_ROWS);
    let beforeNs = this.#beforeNs[block];
    for (; position < end && this.#startOf(position) - originNs < sinceNs; position++) {
      borders.startNs[i] = this.#startOf(position) - originNs;
      borders.durNs[i] = this.#durOf(position);
      borders.beforeNs[i] = beforeNs;
      beforeNs += borders.durNs[i];
    }
    borders.count[i] = position;
  }
}
