const FIRST_CAPACITY = 8;

/** Gives each distinct integer of 64 bits a number, 0, 1, 2, ... Integers are two words, low and high. */
export class LongInterner {
  #low = new Int32Array(FIRST_CAPACITY);
  #high = new Int32Array(FIRST_CAPACITY);
  /** Numbers by hash, each + 1; 0 is free. */
  #slots = new Int32Array(FIRST_CAPACITY * 2);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** -1 where it has not been added. */
  find(low: number, high: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hashOf(low, high) & mask;
    for (let entry = slots[slot]; entry !== 0; entry = slots[slot]) {
      if (this.#low[entry - 1] === low && this.#high[entry - 1] === high) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  add(low: number, high: number): number {
    const known = this.find(low, high);
    if (known >= 0) return known;
    if (this.#size === this.#low.length) this.#grow();
    this.#low[this.#size] = low;
    this.#high[this.#size] = high;
    this.#claimSlot(this.#size);
    return this.#size++;
  }

  /** Unsigned; rounded beyond 2^53. */
  numberOf(number: number): number {
    return (this.#high[number] >>> 0) * 2 ** 32 + (this.#low[number] >>> 0);
  }

  /** In decimal, unsigned. */
  textOf(number: number): string {
    return String((BigInt(this.#high[number] >>> 0) << 32n) | BigInt(this.#low[number] >>> 0));
  }

  #grow(): void {
    const [low, high] = [this.#low, this.#high];
    this.#low = new Int32Array(low.length * 2);
    this.#high = new Int32Array(low.length * 2);
    this.#low.set(low);
    this.#high.set(high);
    this.#slots = new Int32Array(low.length * 4);
    for (let number = 0; number < this.#size; number++) this.#claimSlot(number);
  }

  #claimSlot(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = hashOf(this.#low[number], this.#high[number]) & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }
}

/** Small numbers, as ids are, stay side by side. */
function hashOf(low: number, high: number): number {
  const upper = Math.imul(high, 0x85ebca6b);
  return low ^ upper ^ (low >>> 16) ^ (upper >>> 13);
}
