import { NONE } from '../../timeline/index.ts';
import { LongestSlices } from './longest-slices.ts';
import { shareCode } from './share-code.ts';
import { SliceBlocks } from './slice-blocks.ts';
import type { TimeColumns } from './time-columns.ts';

/** What a row looks like, by column. */
export interface RowPicture {
  /** The busy share of the column's time: share-code.ts. */
  readonly coverage: Uint8Array;
  /** The slice that takes most of the column's time, the first of several, as its row in the columns of times. */
  readonly longest: Int32Array;
}

/** Slices of which this many columns are seen have room for a label. */
export const WIDE_COLUMNS = 24;

export interface RowDrawing {
  /**
   * Fills in the columns in which something is; the others have to hold 0 and NONE. Tells which slices are wide, in their
   * order. `columns` are in the time of the slices.
   */

  draw(columns: TimeColumns, picture: RowPicture, onWide?: (row: number) => void): void;
}

/** Slices in the order of time of which none overlaps another, and what tells quickly how many of them look together. */
export class RowDetail implements RowDrawing {
  readonly blocks: SliceBlocks;
  readonly #longest: LongestSlices;

  /** `rows`: which of the columns they are; all, if not said. */
  constructor(startNs: Float64Array, durNs: Float64Array, rows?: Uint32Array) {
    this.blocks = new SliceBlocks(startNs, durNs, rows);
    this.#longest = new LongestSlices(this.blocks);
  }

  draw(columns: TimeColumns, { coverage, longest }: RowPicture, onWide?: (row: number) => void): void {
    const { widthNs, columnCount } = columns;
    const [blocks, lengths] = [this.blocks, this.#longest];
    const { count, startNs, durNs, beforeNs } = blocks.at(columns);
    if (isWide(startNs[0], startNs[0] + durNs[0], columns)) onWide?.(blocks.rowOf(count[0] - 1));
    for (let column = 0; column < columnCount; column++) {
      const fromNs = column * widthNs;
      const toNs = (column + 1) * widthNs;
      const first = count[column];
      const last = count[column + 1] - 1;
      // Of the slice that began last before the column.
      let mostNs = Math.min(startNs[column] + durNs[column], toNs) - fromNs;
      let busyNs = mostNs > 0 ? mostNs : 0;
      let most = mostNs > 0 ? blocks.rowOf(first - 1) : NONE;
      if (last > first) {
        busyNs += beforeNs[column + 1] - (beforeNs[column] + durNs[column]);
        const whole = lengths.in(first, last);
        if (most === NONE || lengths.longestNs > mostNs) {
          most = whole;
          mostNs = lengths.longestNs;
        }
      }
      if (last >= first) {
        const lastStartNs = startNs[column + 1];
        const lastEndNs = lastStartNs + durNs[column + 1];
        const lastNs = Math.min(lastEndNs, toNs) - lastStartNs;
        busyNs += lastNs;
        if (most === NONE || lastNs > mostNs) most = blocks.rowOf(last);
        if (isWide(lastStartNs, lastEndNs, columns)) onWide?.(blocks.rowOf(last));
      }
      if (most === NONE) continue;
      coverage[column] = shareCode(busyNs, fromNs, toNs);
      longest[column] = most;
    }
  }
}

/** Whether so many columns of a slice are in view that it has room for a label. */
function isWide(startNs: number, endNs: number, { widthNs, columnCount }: TimeColumns): boolean {
  return Math.min(endNs, columnCount * widthNs) - Math.max(0, startNs) >= WIDE_COLUMNS * widthNs;
}
