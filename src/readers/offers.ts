/** Fewer rows than this between two that are declined, and it is better to stay away for a while. */
const WORTHWHILE = 4;
const LONGEST_PAUSE = 256;

/** Decides which rows (or events) are offered to a twin that only takes usual ones. */
export class Offers {
  readonly #always: boolean;
  /** File offset of the row that was declined last: the general path is at it. */
  #declinedOffset = -1;
  /** Rows to leave alone, and how many it was the last time. */
  #pause = 0;
  #lastPause = 0;

  /** `always`: also where rows are so unusual that it does not pay. */
  constructor(always: boolean) {
    this.#always = always;
  }

  /** More of the file has arrived. */
  forget(): void {
    this.#declinedOffset = -1;
  }

  isWorthwhile(offset: number): boolean {
    if (offset === this.#declinedOffset) return false;
    if (this.#pause === 0) return true;
    this.#pause--;
    return false;
  }

  /** How an offer went. `declinedOffset`: -1 where none was declined. */
  note(takenCount: number, declinedOffset: number): void {
    this.#declinedOffset = declinedOffset;
    const wasWorthwhile = this.#always || takenCount >= WORTHWHILE || declinedOffset < 0;
    this.#lastPause = wasWorthwhile ? 0 : Math.min(this.#lastPause * 2 + 1, LONGEST_PAUSE);
    this.#pause = this.#lastPause;
  }
}
