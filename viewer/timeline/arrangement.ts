/** Where rows are on the screen: steps and pinned tracks stay at the top, the others scroll below them. */
import { heightOf, type Row, rowAt, type RowLayout, rowsBetween } from './rows.ts';

export const STEPS_PX = 20;

export interface PlacedRow {
  readonly row: Row;
  /** May be above or below what is seen. */
  readonly yPx: number;
  readonly isPinned: boolean;
}

export class Arrangement {
  readonly main: RowLayout;
  readonly pinned: RowLayout;
  readonly stepsPx: number;
  readonly scrollPx: number;
  readonly heightPx: number;

  constructor(main: RowLayout, pinned: RowLayout, hasSteps: boolean, scrollPx: number, heightPx: number) {
    this.main = main;
    this.pinned = pinned;
    this.stepsPx = hasSteps ? STEPS_PX : 0;
    this.scrollPx = scrollPx;
    this.heightPx = heightPx;
  }

  /** Below it rows scroll. */
  get fixedPx(): number {
    return this.stepsPx + heightOf(this.pinned);
  }

  get wholePx(): number {
    return this.fixedPx + heightOf(this.main);
  }

  pinnedRows(): PlacedRow[] {
    return this.pinned.rows.map((row, at) => ({ row, yPx: this.stepsPx + this.pinned.topsPx[at], isPinned: true }));
  }

  /** Those in view, and those that begin not farther above or below. */
  scrollingRows(aroundPx = 0): PlacedRow[] {
    const bottomPx = this.scrollPx + this.heightPx - this.fixedPx;
    const { first, last } = rowsBetween(this.main, this.scrollPx - aroundPx, bottomPx + aroundPx);
    const placed: PlacedRow[] = [];
    for (let at = first; at <= last; at++) placed.push(this.#place(at));
    return placed;
  }

  at(yPx: number): PlacedRow | undefined {
    if (yPx < this.stepsPx) return undefined;
    if (yPx < this.fixedPx) return this.pinnedRows()[rowAt(this.pinned, yPx - this.stepsPx)];
    const at = rowAt(this.main, yPx - this.fixedPx + this.scrollPx);
    return at < 0 || yPx >= this.wholePx - this.scrollPx ? undefined : this.#place(at);
  }

  /** Where a track is, or what it is folded into; wherever that is. */
  ofTrack(track: number): PlacedRow | undefined {
    const pinned = this.pinned.rowOfTrack(track);
    if (pinned !== undefined) return this.pinnedRows()[pinned];
    const at = this.main.rowOfTrack(track);
    return at === undefined ? undefined : this.#place(at);
  }

  /** The first row below the pinned ones that is meant; wherever it is. */
  find(isMeant: (row: Row) => boolean): PlacedRow | undefined {
    const at = this.main.rows.findIndex(isMeant);
    return at < 0 ? undefined : this.#place(at);
  }

  /** Where what is 0 in the layout of pinned rows, or in that of the others, is on the screen. */
  topPx(isPinned: boolean): number {
    return isPinned ? this.stepsPx : this.fixedPx - this.scrollPx;
  }

  /** Between which heights its rows are seen. */
  seen(isPinned: boolean): readonly [fromPx: number, toPx: number] {
    return isPinned ? [this.stepsPx, this.fixedPx] : [this.fixedPx, this.heightPx];
  }

  #place(at: number): PlacedRow {
    return { row: this.main.rows[at], yPx: this.fixedPx + this.main.topsPx[at] - this.scrollPx, isPinned: false };
  }
}
