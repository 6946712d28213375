import type { Source } from '../base/index.ts';
import type { ArgsBlock, ArgsColumns, ArgsStore } from './model.ts';

const BLOCK_BYTES = 1 << 18;
const BLOCKS_KEPT = 128;

/**
 * Args as byte ranges of the files they were read from. Several files count as one address space, one after the
 * other; what was put together in memory comes last.
 */
export class SourceArgs implements ArgsStore {
  readonly #parts: readonly { readonly source: Source; readonly base: number }[];
  /** Least recently used first. */
  readonly #cache = new Map<number, Uint8Array>();

  constructor(parts: readonly { readonly source: Source; readonly base: number }[]) {
    this.#parts = parts;
  }

  async block(columns: ArgsColumns, rows: ArrayLike<number>): Promise<ArgsBlock> {
    const from = new Uint32Array(rows.length + 1);
    for (let i = 0; i < rows.length; i++) from[i + 1] = from[i] + columns.argsBytes[rows[i]];
    const bytes = new Uint8Array(from[rows.length]);
    const order = visitingOrder(columns, rows);
    for (const i of order) {
      const size = columns.argsBytes[rows[i]];
      if (size === 0) continue;
      const pending = this.#copy(columns.argsFrom[rows[i]], bytes, from[i], size);
      if (pending !== undefined) await pending;
    }
    return { bytes, from };
  }

  /** Copies at once what the cache holds; only a miss costs a promise. */
  #copy(address: number, target: Uint8Array, at: number, size: number): Promise<void> | undefined {
    const block = Math.floor(address / BLOCK_BYTES);
    const cached = this.#cache.get(block);
    const offset = address - block * BLOCK_BYTES;
    if (cached !== undefined && offset + size <= cached.length) {
      copyBytes(cached, offset, target, at, size);
      return undefined;
    }
    return this.#copySlowly(address, target, at, size);
  }

  async #copySlowly(address: number, target: Uint8Array, at: number, size: number): Promise<void> {
    let done = 0;
    while (done < size) {
      const block = Math.floor((address + done) / BLOCK_BYTES);
      const bytes = await this.#load(block);
      const offset = address + done - block * BLOCK_BYTES;
      const count = Math.min(size - done, bytes.length - offset);
      if (count <= 0)
        throw new RangeError(`args at ${address} lie outside the ${this.#sizeBytes} bytes that were read`);
      copyBytes(bytes, offset, target, at + done, count);
      done += count;
    }
  }

  async #load(block: number): Promise<Uint8Array> {
    const cached = this.#cache.get(block);
    this.#cache.delete(block);
    const bytes =
      cached ?? (await this.#read(block * BLOCK_BYTES, Math.min((block + 1) * BLOCK_BYTES, this.#sizeBytes)));
    this.#cache.set(block, bytes);
    if (this.#cache.size > BLOCKS_KEPT) this.#cache.delete(this.#cache.keys().next().value as number);
    return bytes;
  }

  get #sizeBytes(): number {
    const last = this.#parts.at(-1);
    return last === undefined ? 0 : last.base + last.source.sizeBytes;
  }

  async #read(from: number, to: number): Promise<Uint8Array> {
    const result = new Uint8Array(Math.max(0, to - from));
    for (const { source, base } of this.#parts) {
      const start = Math.max(from, base);
      const end = Math.min(to, base + source.sizeBytes);
      if (start < end) result.set(await source.slice(start - base, end - base), start - from);
    }
    return result;
  }
}

/** Rows as given when the cache can hold all they span, else in file order, so that no block is read twice. */
function visitingOrder(columns: ArgsColumns, rows: ArrayLike<number>): Uint32Array {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = 0;
  const order = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    order[i] = i;
    if (columns.argsBytes[rows[i]] === 0) continue;
    lowest = Math.min(lowest, columns.argsFrom[rows[i]]);
    highest = Math.max(highest, columns.argsFrom[rows[i]]);
  }
  if (highest - lowest < (BLOCKS_KEPT * BLOCK_BYTES) / 2) return order;
  return order.sort((a, b) => columns.argsFrom[rows[a]] - columns.argsFrom[rows[b]]);
}

/** A loop beats a view and `set` for the hundred bytes of ordinary args. */
function copyBytes(from: Uint8Array, offset: number, to: Uint8Array, at: number, size: number): void {
  if (size > 200) to.set(from.subarray(offset, offset + size), at);
  else for (let i = 0; i < size; i++) to[at + i] = from[offset + i];
}
