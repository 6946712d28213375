import { BLOCK_BITS, BLOCK_ROWS, blockCount } from './blocks.ts';

/** Finds times in an ascending list, quickly where one that is asked for is not far behind the one before. */
export class TimeIndex {
  readonly #timesNs: Float64Array;
  /** The first time of each block: few enough to stay in the processor's cache. */
  readonly #firstNs: Float64Array;

  constructor(timesNs: Float64Array) {
    this.#timesNs = timesNs;
    this.#firstNs = new Float64Array(blockCount(timesNs.length));
    for (let block = 0; block < this.#firstNs.length; block++) this.#firstNs[block] = timesNs[block << BLOCK_BITS];
  }

  /**
   * The first position from `from` on whose time is `sinceNs` or more behind `originNs`; the length where none is. Times
   * before `from` have to be earlier.
   */
  firstFrom(from: number, originNs: number, sinceNs: number): number {
    const firstNs = this.#firstNs;
    let block = from >> BLOCK_BITS;
    let step = 1;
    while (block + step < firstNs.length && firstNs[block + step] - originNs < sinceNs) {
      block += step;
      step *= 2;
    }
    while (step > 1) {
      step >>= 1;
      if (block + step < firstNs.length && firstNs[block + step] - originNs < sinceNs) block += step;
    }
    const timesNs = this.#timesNs;
    const end = Math.min(timesNs.length, (block << BLOCK_BITS) + BLOCK_ROWS);
    let at = Math.max(from, block << BLOCK_BITS);
    while (at < end && timesNs[at] - originNs < sinceNs) at++;
    return at;
  }
}
