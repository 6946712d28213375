/** Finds numbers by (category, name, id), the id being high * 10^15 + low. Made for millions: no strings, no objects. */
export class NumberedIds {
  #capacity = 1 << 8;
  #category = new Int32Array(this.#capacity);
  #name = new Int32Array(this.#capacity);
  #high = new Float64Array(this.#capacity);
  #low = new Float64Array(this.#capacity);
  #number = new Int32Array(this.#capacity);
  /** Entries by hash, each + 1; 0 is free. */
  #slots = new Int32Array(this.#capacity * 2);
  #size = 0;

  /** The number known for the id, or `fresh`, which it has from now on. */
  find(category: number, name: number, high: number, low: number, fresh: number): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(category, name, high, low) & mask;
    for (let entry = this.#slots[slot]; entry !== 0; entry = this.#slots[slot]) {
      const at = entry - 1;
      if (
        this.#low[at] === low &&
        this.#high[at] === high &&
        this.#category[at] === category &&
        this.#name[at] === name
      ) {
        return this.#number[at];
      }
      slot = (slot + 1) & mask;
    }
    if (this.#size === this.#capacity) {
      this.#grow();
      return this.find(category, name, high, low, fresh);
    }
    const at = this.#size++;
    this.#slots[slot] = at + 1;
    this.#category[at] = category;
    this.#name[at] = name;
    this.#high[at] = high;
    this.#low[at] = low;
    this.#number[at] = fresh;
    return fresh;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#category = copied(this.#category, new Int32Array(this.#capacity));
    this.#name = copied(this.#name, new Int32Array(this.#capacity));
    this.#high = copied(this.#high, new Float64Array(this.#capacity));
    this.#low = copied(this.#low, new Float64Array(this.#capacity));
    this.#number = copied(this.#number, new Int32Array(this.#capacity));
    this.#slots = new Int32Array(this.#capacity * 2);
    const mask = this.#slots.length - 1;
    for (let at = 0; at < this.#size; at++) {
      let slot = hashOf(this.#category[at], this.#name[at], this.#high[at], this.#low[at]) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = at + 1;
    }
  }
}

const HALF_WORD = 2 ** 32;

function hashOf(category: number, name: number, high: number, low: number): number {
  let hash = Math.imul(category ^ Math.imul(name, 0x01000193), 0x9e3779b1) ^ high;
  hash = Math.imul(hash ^ (low / HALF_WORD), 0x85ebca6b) ^ low;
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return hash ^ (hash >>> 13);
}

function copied<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
