import { HASH_PRIME, HASH_SEED, type KeyTable } from '../../bytes/index.ts';

/** Puts numbers and bytes together into one key for an interner, hashing as it goes. */
export class KeyBytes {
  #bytes = new Uint8Array(256);
  #length = 0;
  #hash = HASH_SEED;

  start(): void {
    this.#length = 0;
    this.#hash = HASH_SEED;
  }

  /** An integer from -2 on: six bits a byte, a marker on the last one, so that keys stay ASCII and unambiguous. */
  number(value: number): void {
    let rest = value + 2;
    while (rest >= 0x40) {
      this.#push(rest & 0x3f);
      rest = Math.floor(rest / 0x40);
    }
    this.#push(rest | 0x40);
  }

  bytes(source: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; i++) this.#push(source[i]);
  }

  intern(table: KeyTable): number {
    return table.add(this.#bytes, 0, this.#length, this.#hash);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const bigger = new Uint8Array(this.#length * 2);
      bigger.set(this.#bytes);
      this.#bytes = bigger;
    }
    this.#bytes[this.#length++] = byte;
    this.#hash = Math.imul(this.#hash ^ byte, HASH_PRIME);
  }
}
