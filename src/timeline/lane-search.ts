const NONE = -1;
const FIRST_CAPACITY = 64;

/**
 * The innermost open end of many lanes, as a tree: for each lane and each group of lanes the least and the most of them.
 * Finds the first lane that a slice may go to without looking at all the others.
 */
export class LaneSearch {
  #capacity = FIRST_CAPACITY;
  #least = new Float64Array(2 * FIRST_CAPACITY).fill(Number.POSITIVE_INFINITY);
  #most = new Float64Array(2 * FIRST_CAPACITY).fill(Number.NEGATIVE_INFINITY);

  /** `endNs`: of the innermost slice open in the lane, -Infinity where none is. `isFull`: nothing more nests there. */
  set(lane: number, endNs: number, isFull: boolean): void {
    while (lane >= this.#capacity) this.#grow();
    let node = lane + this.#capacity;
    this.#least[node] = endNs;
    this.#most[node] = isFull ? Number.NEGATIVE_INFINITY : endNs;
    for (node >>= 1; node > 0; node >>= 1) this.#join(node);
  }

  #join(node: number): void {
    this.#least[node] = Math.min(this.#least[2 * node], this.#least[2 * node + 1]);
    this.#most[node] = Math.max(this.#most[2 * node], this.#most[2 * node + 1]);
  }

  /** The first lane from `from` on where something is over at startNs, or where endNs fits; -1 where there is none. */
  next(from: number, startNs: number, endNs: number): number {
    if (from >= this.#capacity) return NONE;
    let node = from + this.#capacity;
    for (;;) {
      if (this.#mayFit(node, startNs, endNs)) return this.#firstBelow(node, startNs, endNs);
      while ((node & 1) === 1) node >>= 1;
      if (node === 0) return NONE;
      node++;
    }
  }

  #firstBelow(node: number, startNs: number, endNs: number): number {
    while (node < this.#capacity) {
      node *= 2;
      if (!this.#mayFit(node, startNs, endNs)) node++;
    }
    return node - this.#capacity;
  }

  #mayFit(node: number, startNs: number, endNs: number): boolean {
    return this.#least[node] <= startNs || this.#most[node] >= endNs;
  }

  #grow(): void {
    const old = this.#capacity;
    const [least, most] = [this.#least, this.#most];
    this.#capacity *= 2;
    this.#least = new Float64Array(2 * this.#capacity).fill(Number.POSITIVE_INFINITY);
    this.#most = new Float64Array(2 * this.#capacity).fill(Number.NEGATIVE_INFINITY);
    this.#least.set(least.subarray(old), this.#capacity);
    this.#most.set(most.subarray(old), this.#capacity);
    for (let node = this.#capacity - 1; node > 0; node--) this.#join(node);
  }
}
