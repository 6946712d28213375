/** A set of small integers that grows as they come. */
export class BitSet {
  #words = new Uint32Array(0);

  /** True when the integer was not in the set before. */
  add(value: number): boolean {
    const word = value >>> 5;
    if (word >= this.#words.length) this.#grow(word + 1);
    const bit = 1 << (value & 31);
    if ((this.#words[word] & bit) !== 0) return false;
    this.#words[word] |= bit;
    return true;
  }

  #grow(words: number): void {
    const bigger = new Uint32Array(Math.max(words, this.#words.length * 2, 8));
    bigger.set(this.#words);
    this.#words = bigger;
  }
}
