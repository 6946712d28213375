import type { ScannerInstance } from './scanner-module.ts';

const ROOM_BEHIND = 64;
/** The scanner keeps a table of all strings: above this many it is not worth its memory. */
const MOST_STRINGS = 1 << 20;

/** The part of a caller's buffer that stands in the memory of a scanner. */
export class ScannerBuffer {
  readonly #instance: ScannerInstance;
  /** [from, to), nothing when empty. */
  #from = 0;
  #to = 0;

  constructor(instance: ScannerInstance) {
    this.#instance = instance;
  }

  /** The caller's buffer has changed. */
  forget(): void {
    this.#from = 0;
    this.#to = 0;
  }

  /** Copies b[p, limit) into the memory, as much of it as there is room for. */
  load(b: Uint8Array, p: number, limit: number): void {
    const { exports, places } = this.#instance;
    const size = Math.min(limit - p, places.BUFFER_BYTES - ROOM_BEHIND);
    const memory = new Uint8Array(exports.memory.buffer, places.BUFFER, places.BUFFER_BYTES);
    memory.set(b.subarray(p, p + size));
    memory.fill(0, size, size + ROOM_BEHIND);
    this.#from = p;
    this.#to = p + size;
  }

  /**
   * Calls `scan` with addresses of what stands in the memory from b[p] on, and of its end; loads it where that is
   * needed. Returns the position behind what was taken, or p. `fileBase` is the address of b[0] among the args.
   */
  scan(
    b: Uint8Array,
    p: number,
    limit: number,
    fileBase: number,
    scan: (from: number, to: number, base: number) => number,
  ): number {
    if (this.#instance.exports.stringCount() > MOST_STRINGS) return p;
    if (p < this.#from || p >= this.#to) this.load(b, p, limit);
    const scanLoaded = (): number =>
      this.positionOf(scan(this.addressOf(p), this.addressOf(this.#to), fileBase + this.#from));
    const end = scanLoaded();
    if (end > p || this.#to === limit || this.#from === p) return end;
    // The memory held less than the caller has, perhaps not all of what stands at p.
    this.load(b, p, limit);
    return scanLoaded();
  }

  get end(): number {
    return this.#to;
  }

  addressOf(position: number): number {
    return position - this.#from + this.#instance.places.BUFFER;
  }

  /** -1 for address 0, which is none. */
  positionOf(address: number): number {
    return address === 0 ? -1 : address - this.#instance.places.BUFFER + this.#from;
  }
}
