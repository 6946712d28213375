import { NONE } from '../../timeline/index.ts';
import type { RowDetail, RowPicture } from './row-detail.ts';
import { shareCode } from './share-code.ts';
import { columnAt, type TimeColumns } from './time-columns.ts';

/** Slices this wide have room for a label. */
export const WIDE_COLUMNS = 24;

/** Draws one row: from slice to slice where slices are wide, and from column to column where there are many in each. */
export class RowWalk {
  readonly #row: RowDetail;
  readonly #picture: RowPicture;
  readonly #onWide: ((position: number) => void) | undefined;
  readonly #originNs: number;
  readonly #columnCount: number;
  readonly #widthNs: number;
  /** Times count from the start of the columns. */
  #column = 0;
  /** The first slice that does not start before the column. */
  #next: number;
  /** The slice that started before the column and goes on in it, or NONE; and its end. */
  #open = NONE;
  #openEndNs = 0;

  constructor(
    row: RowDetail,
    columns: TimeColumns,
    picture: RowPicture,
    onWide: ((position: number) => void) | undefined,
  ) {
    this.#row = row;
    this.#picture = picture;
    this.#onWide = onWide;
    this.#originNs = columns.startNs;
    this.#columnCount = columns.columnCount;
    this.#widthNs = columns.widthNs;
    this.#next = row.index.firstFrom(0, this.#originNs, 0);
    if (this.#next > 0) this.#goesOn(this.#next - 1);
  }

  walk(): void {
    while (this.#passEven()) this.#drawColumn();
  }

  /** To the next column that is neither empty nor taken by one slice as a whole. Returns whether there is one. */
  #passEven(): boolean {
    const { coverage, longest } = this.#picture;
    if (this.#open !== NONE) {
      const end = Math.min(columnAt(this.#openEndNs, this.#widthNs), this.#columnCount);
      if (end > this.#column) {
        coverage.fill(255, this.#column, end);
        longest.fill(this.#open, this.#column, end);
        this.#column = end;
      }
      if (this.#openEndNs > this.#column * this.#widthNs) return this.#column < this.#columnCount;
      this.#open = NONE;
    }
    if (this.#next === this.#row.startNs.length) return false;
    const startNs = this.#row.startNs[this.#next] - this.#originNs;
    if (startNs >= (this.#column + 1) * this.#widthNs) this.#column = columnAt(startNs, this.#widthNs);
    return this.#column < this.#columnCount;
  }

  /** What is open, whole slices, and the last one, of which a part may lie behind the column. */
  #drawColumn(): void {
    const { startNs, durNs, index, lengths } = this.#row;
    const toNs = (this.#column + 1) * this.#widthNs;
    const fromNs = this.#column * this.#widthNs;
    const first = this.#next;
    this.#next = index.firstFrom(first, this.#originNs, toNs);
    const last = this.#next - 1;
    let most = this.#open;
    let mostNs = most === NONE ? -1 : this.#openEndNs - fromNs;
    let busyNs = Math.max(0, mostNs);
    this.#open = NONE;
    if (last > first) {
      busyNs += this.#row.beforeNs(last) - this.#row.beforeNs(first);
      const whole = lengths.highest(first, last);
      if (durNs[whole] > mostNs) [most, mostNs] = [whole, durNs[whole]];
    }
    if (last >= first) {
      const sinceNs = startNs[last] - this.#originNs;
      const lastNs = Math.min(durNs[last], toNs - sinceNs);
      busyNs += lastNs;
      if (lastNs > mostNs) most = last;
      if (durNs[last] > lastNs) this.#goesOn(last);
    }
    this.#picture.coverage[this.#column] = shareCode(busyNs, toNs - fromNs);
    this.#picture.longest[this.#column] = most;
    this.#column++;
  }

  #goesOn(slice: number): void {
    const { startNs, durNs } = this.#row;
    const sinceNs = startNs[slice] - this.#originNs;
    const endNs = sinceNs + durNs[slice];
    if (endNs <= this.#column * this.#widthNs) return;
    this.#open = slice;
    this.#openEndNs = endNs;
    const seenNs = Math.min(endNs, this.#columnCount * this.#widthNs) - Math.max(0, sinceNs);
    if (seenNs >= WIDE_COLUMNS * this.#widthNs) this.#onWide?.(slice);
  }
}
