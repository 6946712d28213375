import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';
import { Peaks } from './peaks.ts';
import { RowWalk } from './row-walk.ts';
import type { TimeColumns } from './time-columns.ts';
import { TimeIndex } from './time-index.ts';

/** What a row looks like, by column. */
export interface RowPicture {
  /** The busy share of the column's time: share-code.ts. */
  readonly coverage: Uint8Array;
  /** Position of the slice that takes most of the column's time, the first of several. */
  readonly longest: Int32Array;
}

/** Slices in the order of time of which none overlaps another, and what tells quickly about many of them. */
export class RowDetail {
  readonly startNs: Float64Array;
  readonly durNs: Float64Array;
  readonly index: TimeIndex;
  readonly lengths: Peaks;
  /** How long all slices before each block last. */
  readonly #beforeNs: Float64Array;

  constructor(startNs: Float64Array, durNs: Float64Array) {
    this.startNs = startNs;
    this.durNs = durNs;
    this.index = new TimeIndex(startNs);
    this.lengths = new Peaks(durNs);
    this.#beforeNs = new Float64Array(blockCount(durNs.length));
    let sumNs = 0;
    for (let block = 1; block < this.#beforeNs.length; block++) {
      const end = block << BLOCK_BITS;
      for (let i = end - BLOCK_ROWS; i < end; i++) sumNs += durNs[i];
      this.#beforeNs[block] = sumNs;
    }
  }

  /** How long the slices before a position last together, which has to be one of a slice. */
  beforeNs(position: number): number {
    const block = position >> BLOCK_BITS;
    let sumNs = this.#beforeNs[block];
    for (let i = block << BLOCK_BITS; i < position; i++) sumNs += this.durNs[i];
    return sumNs;
  }

  /**
   * Fills in the columns in which something is; the others have to hold 0 and NONE. Tells which slices are wide, in their
   * order. `columns` are in the time of the slices.
   */
  draw(columns: TimeColumns, picture: RowPicture, onWide?: (position: number) => void): void {
    new RowWalk(this, columns, picture, onWide).walk();
  }
}
