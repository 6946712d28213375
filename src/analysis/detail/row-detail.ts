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
  readonly #durNs: Float64Array;
  readonly #index: TimeIndex;
  readonly #lengths: Peaks;
  /** By slice, and of all at the end: how long all slices before last together. */
  readonly #beforeNs: Float64Array;

  constructor(startNs: Float64Array, durNs: Float64Array) {
    this.#startNs = startNs;
    this.#durNs = durNs;
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
    const firsts = this.#index.firstOfColumns(columns);
    for (let column = 0; column < columnCount; column++) {
      const fromNs = column * widthNs;
      const toNs = (column + 1) * widthNs;
      const first = firsts[column];
      const last = firsts[column + 1] - 1;
      // Three parts: the slice that began before, whole ones, and the last one, which may go on behind the column.
      let most = NONE;
      let mostNs = -1;
      let busyNs = 0;
      if (first > 0) {
        const beforeNs = Math.min(toNs, this.#startNs[first - 1] - originNs + this.#durNs[first - 1]) - fromNs;
        if (beforeNs > 0) {
          busyNs = mostNs = beforeNs;
          most = first - 1;
        }
      }
      if (last > first) {
        busyNs += this.#beforeNs[last] - this.#beforeNs[first];
        const whole = this.#lengths.highest(first, last);
        if (this.#durNs[whole] > mostNs) {
          mostNs = this.#durNs[whole];
          most = whole;
        }
      }
      if (last >= first) {
        const lastNs = Math.min(this.#durNs[last], toNs - (this.#startNs[last] - originNs));
        busyNs += lastNs;
        if (lastNs > mostNs) most = last;
      }
      if (most === NONE) continue;
      coverage[column] = shareCode(busyNs, toNs - fromNs);
      longest[column] = most;
    }
    if (onWide !== undefined) this.#tellWide(columns, firsts, onWide);
  }

  /** Of the slices that began before a column and last through many. */
  #tellWide(
    { startNs: originNs, widthNs, columnCount }: TimeColumns,
    firsts: Uint32Array,
    onWide: (position: number) => void,
  ): void {
    for (let column = 0; column + WIDE_COLUMNS <= columnCount + 1; column++) {
      const next = firsts[column];
      // Nothing begins in the columns behind, nor is this the slice that was looked at for the column before.
      if (next === 0 || firsts[column + WIDE_COLUMNS - 2] !== next || (column > 0 && firsts[column - 1] === next)) continue;
      const startNs = this.#startNs[next - 1] - originNs;
      const endNs = Math.min(startNs + this.#durNs[next - 1], columnCount * widthNs);
      if (endNs - Math.max(0, startNs) >= WIDE_COLUMNS * widthNs) onWide(next - 1);
    }
  }
}
