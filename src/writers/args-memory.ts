import type { ArgsColumns, ArgsStore, RawArgs } from '../timeline/index.ts';

/** Files are read in blocks. Args that begin in a block may go on behind it, so each is kept with a margin. */
const BLOCK_BYTES = 1 << 20;
const MARGIN_BYTES = 1 << 16;
const SLOT_BYTES = BLOCK_BYTES + MARGIN_BYTES;
const MOST_SLOTS = 32;
const VACANT = -1;

/** Where args stand: row i has the `argsBytes[i]` bytes at the address `argsFrom[i]` of an ArgsStore. */
export type ArgsPlaces = Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>;

/** The args of the rows of a window: row i has bytes.subarray(from[i], from[i] + size[i]). */
export interface WindowArgs {
  readonly bytes: Uint8Array;
  readonly from: Uint32Array;
  readonly size: Uint32Array;
}

/**
 * The memory that windows of args are read into. Where a window's args stand close together, whole blocks of the file
 * are put there and nothing is copied row by row; a block that the window before has brought in is not read again.
 */
export class ArgsMemory {
  readonly #store: ArgsStore;
  readonly #memory: () => Uint8Array;
  /** By slot: the block in it, and when it was last asked for. */
  readonly #blocks: Float64Array;
  readonly #usedAt: Float64Array;
  #now = 0;

  /** `memory` always gives an array of the same size, but may give another one after each load. */
  constructor(store: ArgsStore, memory: () => Uint8Array = memoryFor(store)) {
    this.#store = store;
    this.#memory = memory;
    const slots = Math.floor(memory().length / SLOT_BYTES);
    this.#blocks = new Float64Array(slots).fill(VACANT);
    this.#usedAt = new Float64Array(slots);
  }

  /** Args of so many bytes have room, wherever they stand in the files. */
  get sizeBytes(): number {
    return this.#memory().length;
  }

  /** Valid until the next load. */
  async load(places: ArgsPlaces): Promise<WindowArgs> {
    const { raw } = this.#store;
    if (raw === undefined) return this.#copy(places);
    assertRead(places, raw);
    const blocks = blocksOf(places);
    if (blocks === undefined || blocks.size > this.#blocks.length) return this.#copy(places);
    const slotOf = await this.#place(blocks, raw);
    const { argsFrom, argsBytes } = places;
    const from = new Uint32Array(argsFrom.length);
    let blockFrom = 0;
    let blockTo = 0;
    let shift = 0;
    for (let row = 0; row < from.length; row++) {
      if (argsBytes[row] === 0) continue;
      const address = argsFrom[row];
      if (address < blockFrom || address >= blockTo) {
        const block = Math.floor(address / BLOCK_BYTES);
        blockFrom = block * BLOCK_BYTES;
        blockTo = blockFrom + BLOCK_BYTES;
        shift = slotOf.get(block)! * SLOT_BYTES - blockFrom;
      }
      from[row] = address + shift;
    }
    return { bytes: this.#memory(), from, size: argsBytes };
  }

  /** Brings the blocks in, in place of those that were not asked for the longest. */
  async #place(blocks: ReadonlySet<number>, raw: RawArgs): Promise<ReadonlyMap<number, number>> {
    this.#now++;
    const slotOf = new Map<number, number>();
    this.#blocks.forEach((block, slot) => {
      if (!blocks.has(block)) return;
      slotOf.set(block, slot);
      this.#usedAt[slot] = this.#now;
    });
    const missing = [...blocks].filter((block) => !slotOf.has(block));
    const free = Array.from(this.#blocks, (_, slot) => slot)
      .filter((slot) => this.#usedAt[slot] < this.#now)
      .sort((a, b) => this.#usedAt[a] - this.#usedAt[b]);
    const reading = missing.map(async (block, index) => {
      const slot = free[index];
      this.#blocks[slot] = VACANT;
      await this.#read(block, slot, raw);
      this.#blocks[slot] = block;
      this.#usedAt[slot] = this.#now;
      slotOf.set(block, slot);
    });
    // All are waited for even if one fails: nothing may be written to the memory later on.
    const outcomes = await Promise.allSettled(reading);
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return slotOf;
  }

  async #read(block: number, slot: number, raw: RawArgs): Promise<void> {
    const address = block * BLOCK_BYTES;
    const size = Math.min(SLOT_BYTES, raw.sizeBytes - address);
    await raw.read(address, this.#memory().subarray(slot * SLOT_BYTES, slot * SLOT_BYTES + size));
  }

  /** Args from all over the file, or very long ones, row by row. */
  async #copy(places: ArgsPlaces): Promise<WindowArgs> {
    this.#blocks.fill(VACANT);
    const rows = Uint32Array.from(places.argsFrom, (_, row) => row);
    const { bytes, from } = await this.#store.block(places, rows, this.#memory());
    return { bytes, from, size: Uint32Array.from(rows, (row) => from[row + 1] - from[row]) };
  }
}

function memoryFor({ raw }: ArgsStore): () => Uint8Array {
  const slots = raw === undefined ? MOST_SLOTS : Math.min(MOST_SLOTS, Math.ceil(raw.sizeBytes / BLOCK_BYTES));
  const memory = new Uint8Array(slots * SLOT_BYTES);
  return () => memory;
}

/** The blocks in which the args begin; undefined when some go on for too long. */
function blocksOf({ argsFrom, argsBytes }: ArgsPlaces): Set<number> | undefined {
  const blocks = new Set<number>();
  let from = 0;
  let to = 0;
  for (let row = 0; row < argsFrom.length; row++) {
    const size = argsBytes[row];
    if (size > MARGIN_BYTES) return undefined;
    const address = argsFrom[row];
    if (size === 0 || (address >= from && address < to)) continue;
    const block = Math.floor(address / BLOCK_BYTES);
    from = block * BLOCK_BYTES;
    to = from + BLOCK_BYTES;
    blocks.add(block);
  }
  return blocks;
}

function assertRead({ argsFrom, argsBytes }: ArgsPlaces, { sizeBytes }: RawArgs): void {
  for (let row = 0; row < argsFrom.length; row++) {
    if (argsBytes[row] > 0 && argsFrom[row] + argsBytes[row] > sizeBytes)
      throw new RangeError(`args at ${argsFrom[row]} lie outside the ${sizeBytes} bytes that were read`);
  }
}
