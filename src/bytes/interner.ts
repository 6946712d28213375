const SEED = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** FNV-1a over bytes, the hash under which strings are interned. Scanners fold it into their own loops. */
export const HASH_SEED = SEED;
export const HASH_PRIME = PRIME;

export function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = SEED;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], PRIME);
  return hash;
}

/** Numbers for distinct byte strings, 0, 1, 2, ... */
export interface KeyTable {
  readonly size: number;
  /** `hash` must be hashBytes(bytes, from, to). */
  add(bytes: Uint8Array, from: number, to: number, hash: number): number;
}

/**
 * Gives each distinct byte string a number, 0, 1, 2, ... A string seen before costs a hash probe and a byte
 * comparison and makes no JavaScript string. Everything kept is valid UTF-8.
 */
export class ByteInterner implements KeyTable {
  #arena = new Uint8Array(1 << 14);
  #ends = new Float64Array(1 << 8);
  #hashes = new Int32Array(1 << 8);
  #slots = new Int32Array(1 << 9).fill(-1);
  #size = 0;
  /** How many strings had to be repaired because they were no valid UTF-8. */
  repairedCount = 0;

  get size(): number {
    return this.#size;
  }

  bytesOf(id: number): Uint8Array {
    if (id < 0 || id >= this.#size) throw new RangeError(`no string ${id} in a table of ${this.#size}`);
    return this.#arena.subarray(id === 0 ? 0 : this.#ends[id - 1], this.#ends[id]);
  }

  addText(text: string): number {
    const bytes = new TextEncoder().encode(text);
    return this.add(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
  }

  /** `hash` must be hashBytes(bytes, from, to). */
  add(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const known = this.find(bytes, from, to, hash);
    return known === -1 ? this.#insert(bytes, from, to, hash) : known;
  }

  /** -1 where it has not been seen; it is not kept. `hash` must be hashBytes(bytes, from, to). */
  find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = mixed(hash) & mask;
    for (let id = this.#slots[slot]; id !== -1; id = this.#slots[slot]) {
      if (this.#hashes[id] === hash && this.#equals(id, bytes, from, to)) return id;
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  #equals(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    const arena = this.#arena;
    let at = id === 0 ? 0 : this.#ends[id - 1];
    if (this.#ends[id] - at !== to - from) return false;
    for (let i = from; i < to; i++, at++) if (arena[at] !== bytes[i]) return false;
    return true;
  }

  #insert(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const text = validUtf8(bytes, from, to);
    if (text !== undefined) {
      this.repairedCount++;
      return this.add(text, 0, text.length, hashBytes(text, 0, text.length));
    }
    const id = this.#size;
    const start = id === 0 ? 0 : this.#ends[id - 1];
    const end = start + (to - from);
    this.#reserve(end);
    for (let i = from, at = start; i < to; i++, at++) this.#arena[at] = bytes[i];
    this.#ends[id] = end;
    this.#hashes[id] = hash;
    this.#size++;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    else this.#claimSlot(id);
    return id;
  }

  #reserve(endBytes: number): void {
    if (endBytes > this.#arena.length) this.#arena = grown(this.#arena, Uint8Array, endBytes);
    if (this.#size >= this.#ends.length) {
      this.#ends = grown(this.#ends, Float64Array, this.#size + 1);
      this.#hashes = grown(this.#hashes, Int32Array, this.#size + 1);
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let id = 0; id < this.#size; id++) this.#claimSlot(id);
  }

  #claimSlot(id: number): void {
    const mask = this.#slots.length - 1;
    let slot = mixed(this.#hashes[id]) & mask;
    while (this.#slots[slot] !== -1) slot = (slot + 1) & mask;
    this.#slots[slot] = id;
  }
}

/** FNV leaves its low bits weak for short keys; the high ones make up for it. */
function mixed(hash: number): number {
  return hash ^ (hash >>> 15);
}

/** undefined when the bytes are valid UTF-8, else the repaired bytes. */
function validUtf8(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined {
  let seen = 0;
  for (let i = from; i < to; i++) seen |= bytes[i];
  if (seen < 0x80) return undefined;
  const text = bytes.subarray(from, to);
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text);
    return undefined;
  } catch {
    return new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(text));
  }
}

type TypedArray = Uint8Array | Int32Array | Float64Array;

function grown<T extends TypedArray>(old: T, make: new (length: number) => T, needed: number): T {
  const bigger = new make(Math.max(needed, old.length * 2));
  bigger.set(old);
  return bigger;
}
