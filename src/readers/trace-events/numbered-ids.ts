/** Numbers of an entry: low and high part of the id, kind, number. Together they fill half a cache line. */
const STRIDE = 4;
const [LOW, HIGH, KIND, NUMBER] = [0, 1, 2, 3];
const FIRST_CAPACITY = 1 << 8;
/** Kinds are told apart by category and name, the latter below this. */
const MOST_NAMES = 2 ** 26;
const HALF_WORD = 2 ** 32;

/**
 * Finds numbers by (category, name, id), the id being high * 10^15 + low. Made for millions: no strings, no objects, and
 * ids that come one after the other lie side by side, so that going through them in order seldom leaves the cache.
 */
export class NumberedIds {
  #entries = new Float64Array(FIRST_CAPACITY * STRIDE);
  /** Entries by hash, each + 1; 0 is free. */
  #slots = new Int32Array(FIRST_CAPACITY * 2);
  #size = 0;

  /** The number known for the id, or `fresh`, which it has from now on. */
  find(category: number, name: number, high: number, low: number, fresh: number): number {
    const kind = (category + 1) * MOST_NAMES + name + 1;
    const mask = this.#slots.length - 1;
    let slot = hashOf(high, low) & mask;
    for (let entry = this.#slots[slot]; entry !== 0; entry = this.#slots[slot]) {
      const at = (entry - 1) * STRIDE;
      const entries = this.#entries;
      if (entries[at + LOW] === low && entries[at + HIGH] === high && entries[at + KIND] === kind) {
        return entries[at + NUMBER];
      }
      slot = (slot + 1) & mask;
    }
    const at = this.#size * STRIDE;
    if (at === this.#entries.length) {
      this.#grow();
      return this.find(category, name, high, low, fresh);
    }
    this.#slots[slot] = ++this.#size;
    this.#entries[at + LOW] = low;
    this.#entries[at + HIGH] = high;
    this.#entries[at + KIND] = kind;
    this.#entries[at + NUMBER] = fresh;
    return fresh;
  }

  #grow(): void {
    const entries = new Float64Array(this.#entries.length * 2);
    entries.set(this.#entries);
    this.#entries = entries;
    this.#slots = new Int32Array(this.#slots.length * 2);
    const mask = this.#slots.length - 1;
    for (let entry = 0; entry < this.#size; entry++) {
      let slot = hashOf(entries[entry * STRIDE + HIGH], entries[entry * STRIDE + LOW]) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = entry + 1;
    }
  }
}

/** Eight neighbours stay together, whether the ids count by one or, as Ascend's do, by 2^32. */
function hashOf(high: number, low: number): number {
  const upper = Math.floor(low / HALF_WORD);
  const word = (low - upper * HALF_WORD) ^ upper;
  let hash = Math.imul((word >>> 3) ^ high, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return ((hash ^ (hash >>> 13)) << 3) | (word & 7);
}
