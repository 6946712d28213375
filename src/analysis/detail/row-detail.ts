import { NONE } from '../../timeline/index.ts';
import { Peaks } from './peaks.ts';
import { shareCode } from './share-code.ts';
import type { TimeColumns } from './time-columns.ts';
import { TimeIndex } from './time-index.ts';

/** What a row looks like, by column. */
export interface RowPicture {
  /** The busy share of the column's time: share-code.ts. */
  readonly coverage: Uint8Array;
  /** Position of the slice that takes most of the column's time, the first of several. */
  readonly longest: Int32Array;
}

/** Slices of which this many columns are seen have room for a label. */
export const WIDE_COLUMNS = 24;

/** Slices in the order of time of which none overlaps another, and what tells quickly how many of them look together. */
export class RowDetail {
  readonly #startNs: Float64Array;
  readonly #index: TimeIndex;
  readonly #lengths: Peaks;
  /** By slice, and of all at the end: how long all slices before last together. */
  readonly #beforeNs: Float64Array;

  constructor(startNs: Float64Array, durNs: Float64Array) {
    this.#startNs = startNs;
    this.#index = new TimeIndex(startNs);
    this.#lengths = new Peaks(durNs);
    this.#beforeNs = new Float64Array(durNs.length + 1);
    for (let i = 0; i < durNs.length; i++) this.#beforeNs[i + 1] = this.#beforeNs[i] + durNs[i];
  }

  /**
   * Fills in the columns in which something is; the others have to hold 0 and NONE. Tells which slices are wide, in their
   * order. `columns` are in the time of the slices.
   */
  draw(columns: TimeColumns, { coverage, longest }: RowPicture, onWide?: (position: number) => void): void {
    const { startNs: originNs, widthNs, columnCount } = columns;
    const [startNs, beforeNs, lengths] = [this.#startNs, this.#beforeNs, this.#lengths];
    const firsts = this.#index.firstOfColumns(columns);
    // Looked up for all columns together for the same reason as in TimeIndex.
    const doneNs = new Float64Array(firsts.length);
    for (let i = 0; i < firsts.length; i++) doneNs[i] = beforeNs[firsts[i]];
    // The slice that began last before the column, and when it ends. Times count from the start of the columns.
    let open = firsts[0] - 1;
    let openEndNs = open < 0 ? 0 : startNs[open] - originNs + (beforeNs[open + 1] - beforeNs[open]);
    if (isWide(0, openEndNs, columns)) onWide?.(open);
    for (let column = 0; column < columnCount; column++) {
      const fromNs = column * widthNs;
      const toNs = (column + 1) * widthNs;
      const first = firsts[column];
      const last = firsts[column + 1] - 1;
      let mostNs = Math.min(openEndNs, toNs) - fromNs;
      let most = mostNs > 0 ? open : NONE;
      let busyNs = mostNs > 0 ? mostNs : 0;
      if (last > first) {
        busyNs += beforeNs[last] - doneNs[column];
        const whole = lengths.highest(first, last);
        if (most === NONE || lengths.highestValue > mostNs) [most, mostNs] = [whole, lengths.highestValue];
      }
      if (last >= first) {
        const lastStartNs = startNs[last] - originNs;
        open = last;
        openEndNs = lastStartNs + (doneNs[column + 1] - beforeNs[last]);
        const lastNs = Math.min(openEndNs, toNs) - lastStartNs;
        busyNs += lastNs;
        if (most === NONE || lastNs > mostNs) most = last;
        if (isWide(lastStartNs, openEndNs, columns)) onWide?.(last);
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
