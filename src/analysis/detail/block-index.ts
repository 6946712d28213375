import type { TimeColumns } from './time-columns.ts';

/** Finds blocks of slices or samples by when they begin, which is in ascending order. */
export class BlockIndex {
  readonly #firstNs: Float64Array;
  /** Evenly wide parts of the time from the first block to the last, as many as blocks; by part: the last block that begins before it, else 0. */
  readonly before: Uint32Array;
  readonly partsPerNs: number;

  constructor(firstNs: Float64Array) {
    const lastBlock = Math.max(0, firstNs.length - 1);
    this.#firstNs = firstNs;
    this.before = new Uint32Array(lastBlock + 2);
    this.partsPerNs = firstNs.length / (firstNs[lastBlock] - firstNs[0] + 1);
    let part = 0;
    for (let block = 0; block < firstNs.length; block++) {
      const own = Math.min(lastBlock, Math.floor((firstNs[block] - firstNs[0]) * this.partsPerNs));
      while (part <= own) this.before[part++] = Math.max(0, block - 1);
    }
    this.before.fill(lastBlock, part);
  }

  /** For the start of each column, and at the end for the end of the last: the last block that begins before, else 0. */
  blocksOfColumns(
    { startNs, widthNs, columnCount }: TimeColumns,
    found: Uint32Array = new Uint32Array(columnCount + 1),
  ): Uint32Array {
    const [before, firstNs, partsPerNs] = [this.before, this.#firstNs, this.partsPerNs];
    const lastPart = before.length - 2;
    const shiftNs = startNs - firstNs[0];
    let block = 0;
    for (let column = 0; column <= columnCount; column++) {
      const sinceNs = column * widthNs;
      const at = (shiftNs + sinceNs) * partsPerNs;
      const part = at > 0 ? (at < lastPart ? Math.floor(at) : lastPart) : 0;
      const end = before[part + 1];
      if (block < before[part]) block = before[part];
      if (block < end) block = this.#lastBefore(startNs, sinceNs, block, end);
      found[column] = block;
    }
    return found;
  }

  /** The last block in [block, end] that begins before a time, else `block`. Soon found where it is not far. */
  #lastBefore(originNs: number, sinceNs: number, block: number, end: number): number {
    const firstNs = this.#firstNs;
    let before = block;
    let step = 1;
    while (before + step <= end && firstNs[before + step] - originNs < sinceNs) {
      before += step;
      step *= 2;
    }
    while (step > 1) {
      step >>= 1;
      if (before + step <= end && firstNs[before + step] - originNs < sinceNs) before += step;
    }
    return before;
  }
}
