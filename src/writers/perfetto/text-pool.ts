import { ByteInterner } from '../../bytes/interner.ts';

/** Not in the pool: to be written in place. */
export const NOT_POOLED = -1;

const RECENT_SLOTS = 1 << 16;
const LARGEST_POOL = 1 << 18;
/** Shorter texts cost no more than their id; longer ones seldom repeat. */
const SHORTEST_BYTES = 3;
const LONGEST_BYTES = 64;

/**
 * Texts that repeat get a number; a text met for the first time in a while does not, so that addresses and times
 * written as strings neither fill the memory nor the output's string tables.
 */
export class TextPool {
  readonly #recentHashes = new Int32Array(RECENT_SLOTS);
  readonly #texts = new ByteInterner();

  /** Valid UTF-8 only; `hash` as of hashBytes. */
  find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const length = to - from;
    if (length < SHORTEST_BYTES || length > LONGEST_BYTES || this.#texts.size === LARGEST_POOL) return NOT_POOLED;
    const slot = (hash ^ (hash >>> 16)) & (RECENT_SLOTS - 1);
    if (this.#recentHashes[slot] === hash) return this.#texts.add(bytes, from, to, hash);
    this.#recentHashes[slot] = hash;
    return NOT_POOLED;
  }
}
