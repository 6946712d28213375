import type { Place, Source } from '../base/index.ts';
import type { ArgsBlock, ArgsColumns, ArgsStore, RawArgs } from './model.ts';

type ArgsPlaces = Pick<ArgsColumns, 'argsFrom' | 'argsBytes'>;

const BLOCK_BYTES = 1 << 20;
const BLOCKS_KEPT = 32;
const EMPTY = new Uint8Array(0);

/**
 * Args as byte ranges of the files they were read from. Several files count as one address space, one after the
 * other; what was put together in memory comes last.
 */
export class SourceArgs implements ArgsStore, RawArgs {
  readonly raw = this;
  readonly #parts: readonly { readonly source: Source; readonly base: number }[];
  /** Least recently used first. */
  readonly #cache = new Map<number, Uint8Array>();

  constructor(parts: readonly { readonly source: Source; readonly base: number }[]) {
    this.#parts = parts;
  }

  async block(columns: ArgsPlaces, rows: ArrayLike<number>, spare?: Uint8Array): Promise<ArgsBlock> {
    const from = new Uint32Array(rows.length + 1);
    let size = 0;
    for (let i = 0; i < rows.length; i++) {
      size += columns.argsBytes[rows[i]];
      from[i + 1] = size;
    }
    const bytes = spare !== undefined && spare.length >= size ? spare : new Uint8Array(size);
    const order = visitingOrder(columns, rows);
    let done = this.#copyCached(columns, rows, order, 0, bytes, from);
    while (done < rows.length) {
      const i = order === undefined ? done : order[done];
      await this.#copySlowly(columns.argsFrom[rows[i]], bytes, from[i], columns.argsBytes[rows[i]]);
      done = this.#copyCached(columns, rows, order, done + 1, bytes, from);
    }
    return { bytes, from };
  }

  /** Copies rows from cached blocks, from position `at` on, and returns the position of the first it cannot. */
  #copyCached(
    columns: ArgsPlaces,
    rows: ArrayLike<number>,
    order: Uint32Array | undefined,
    at: number,
    target: Uint8Array,
    targetFrom: Uint32Array,
  ): number {
    const { argsFrom, argsBytes } = columns;
    let block: Uint8Array = EMPTY;
    let blockFrom = 0;
    for (; at < rows.length; at++) {
      const i = order === undefined ? at : order[at];
      const size = argsBytes[rows[i]];
      if (size === 0) continue;
      const address = argsFrom[rows[i]];
      if (address < blockFrom || address + size > blockFrom + block.length) {
        const number = Math.floor(address / BLOCK_BYTES);
        blockFrom = number * BLOCK_BYTES;
        block = this.#cache.get(number) ?? EMPTY;
        if (address + size > blockFrom + block.length) return at;
      }
      copyBytes(block, address - blockFrom, target, targetFrom[i], size);
    }
    return at;
  }

  async #copySlowly(address: number, target: Uint8Array, at: number, size: number): Promise<void> {
    let done = 0;
    while (done < size) {
      const block = Math.floor((address + done) / BLOCK_BYTES);
      const bytes = await this.#load(block);
      const offset = address + done - block * BLOCK_BYTES;
      const count = Math.min(size - done, bytes.length - offset);
      if (count <= 0) throw new RangeError(`args at ${address} lie outside the ${this.sizeBytes} bytes that were read`);
      copyBytes(bytes, offset, target, at + done, count);
      done += count;
    }
  }

  async #load(block: number): Promise<Uint8Array> {
    let bytes = this.#cache.get(block);
    this.#cache.delete(block);
    if (bytes === undefined) {
      const address = block * BLOCK_BYTES;
      bytes = new Uint8Array(Math.max(0, Math.min(BLOCK_BYTES, this.sizeBytes - address)));
      await this.read(address, bytes);
    }
    this.#cache.set(block, bytes);
    if (this.#cache.size > BLOCKS_KEPT) this.#cache.delete(this.#cache.keys().next().value as number);
    return bytes;
  }

  get sizeBytes(): number {
    const last = this.#parts.at(-1);
    return last === undefined ? 0 : last.base + last.source.sizeBytes;
  }

  placeOf(address: number): Place | undefined {
    const part = this.#parts.findLast(({ base }) => base <= address);
    return part === undefined ? undefined : { path: part.source.path, offset: address - part.base };
  }

  async read(address: number, target: Uint8Array): Promise<void> {
    const to = address + target.length;
    for (const { source, base } of this.#parts) {
      const start = Math.max(address, base);
      const end = Math.min(to, base + source.sizeBytes);
      if (start < end) await source.slice(start - base, end - base, target.subarray(start - address, end - address));
    }
  }
}

/** Nothing, meaning rows as given, when the cache holds all they touch; else file order: no block is read twice. */
function visitingOrder(columns: ArgsPlaces, rows: ArrayLike<number>): Uint32Array | undefined {
  const { argsFrom, argsBytes } = columns;
  const touched = new Set<number>();
  let blockFrom = 0;
  let blockTo = 0;
  for (let i = 0; i < rows.length; i++) {
    const address = argsFrom[rows[i]];
    if ((address >= blockFrom && address < blockTo) || argsBytes[rows[i]] === 0) continue;
    const block = Math.floor(address / BLOCK_BYTES);
    touched.add(block);
    blockFrom = block * BLOCK_BYTES;
    blockTo = blockFrom + BLOCK_BYTES;
  }
  if (touched.size < BLOCKS_KEPT) return undefined;
  const order = Uint32Array.from({ length: rows.length }, (_, i) => i);
  return order.sort((a, b) => argsFrom[rows[a]] - argsFrom[rows[b]]);
}

/** A loop beats a view and `set` for the hundred bytes of ordinary args. */
function copyBytes(from: Uint8Array, offset: number, to: Uint8Array, at: number, size: number): void {
  if (size > 200) to.set(from.subarray(offset, offset + size), at);
  else for (let i = 0; i < size; i++) to[at + i] = from[offset + i];
}
