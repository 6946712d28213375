import type { ArgsColumns, ArgsStore, Timeline, TrackId } from '../timeline/index.ts';
import { type TimeWindow, timeWindows } from './windows.ts';

const PAGE_BYTES = 1 << 16;
/** Enough for the rows of a window wherever captures keep what is close in time together. */
export const ARGS_MEMORY_BYTES = 1 << 25;

/** Where the args of rows begin in `bytes`; how long they are stands in their columns. */
export interface PlacedArgs {
  readonly bytes: Uint8Array;
  readonly from: Uint32Array;
}

/** A window whose args are in memory, and how far a writer has come in it. */
export interface PagedWindow {
  readonly order: Int32Array;
  readonly sliceArgs: PlacedArgs;
  readonly instantArgs: PlacedArgs;
  /** The next of `order`, and where its args stand among those of its kind. */
  at: number;
  sliceAt: number;
  instantAt: number;
}

/**
 * The windows of loadedWindows, with the args as they stand in the file: whole pages of it in `memory`, none of them
 * copied row by row, which would cost as much as writing the row. A window ends the one before.
 */
export async function* pagedWindows(
  timeline: Timeline,
  tracks: readonly TrackId[],
  memory: Uint8Array,
): AsyncGenerator<PagedWindow> {
  const { slices, instants, args } = timeline;
  const pages = new ArgsPages(args, memory);
  for (const window of timeWindows(timeline, tracks)) {
    const { order, sliceRows, instantRows } = window;
    const placed = (await pages.load(timeline, window)) ? pages : undefined;
    const sliceArgs = placed?.place(slices, sliceRows) ?? (await args.block(slices, sliceRows, memory));
    const instantArgs = placed?.place(instants, instantRows) ?? (await args.block(instants, instantRows));
    if (placed === undefined) pages.forget();
    yield { order, sliceArgs, instantArgs, at: 0, sliceAt: 0, instantAt: 0 };
  }
}

/** Pages of the address space of args in a memory, in the order of their addresses, so that neighbours adjoin. */
class ArgsPages {
  readonly #args: ArgsStore;
  readonly #memory: Uint8Array;
  #slots = new Map<number, number>();

  constructor(args: ArgsStore, memory: Uint8Array) {
    this.#args = args;
    this.#memory = memory;
  }

  /** What stands in the memory is no longer what was loaded. */
  forget(): void {
    this.#slots.clear();
  }

  /** Loads the pages that rows of the window touch. False, and nothing done, when there is no room for all of them. */
  async load({ slices, instants }: Timeline, { sliceRows, instantRows }: TimeWindow): Promise<boolean> {
    const touched = new Set<number>();
    const end = Math.max(touchPages(slices, sliceRows, touched), touchPages(instants, instantRows, touched));
    if (touched.size * PAGE_BYTES > this.#memory.length) return false;
    const pages = Float64Array.from(touched).sort();
    const missing = this.#keep(pages);
    for (let i = 0; i < missing.length;) {
      const first = missing[i];
      let count = 1;
      while (missing[i + count] === first + count) count++;
      await this.#read(first, count, end);
      i += count;
    }
    return true;
  }

  place({ argsFrom, argsBytes }: ArgsColumns, rows: Int32Array): PlacedArgs {
    const from = new Uint32Array(rows.length);
    let page = -1;
    let shift = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (argsBytes[row] === 0) continue;
      const address = argsFrom[row];
      const pageOfRow = Math.floor(address / PAGE_BYTES);
      if (pageOfRow !== page) {
        page = pageOfRow;
        shift = (this.#slots.get(page)! - page) * PAGE_BYTES;
      }
      from[i] = address + shift;
    }
    return { bytes: this.#memory, from };
  }

  /** Gives each page its slot, moves down those that are here already and returns the others. */
  #keep(pages: Float64Array): number[] {
    const missing: number[] = [];
    const slots = new Map<number, number>();
    // Upwards, so that nothing lands on what has yet to be moved.
    for (const [slot, page] of pages.entries()) {
      slots.set(page, slot);
      const old = this.#slots.get(page) ?? -1;
      if (old < slot) missing.push(page);
      else if (old > slot) {
        this.#memory.copyWithin(slot * PAGE_BYTES, old * PAGE_BYTES, (old + 1) * PAGE_BYTES);
      }
    }
    this.#slots = slots;
    return missing;
  }

  async #read(page: number, count: number, end: number): Promise<void> {
    const slot = this.#slots.get(page)!;
    const address = page * PAGE_BYTES;
    const target = this.#memory.subarray(slot * PAGE_BYTES, (slot + count) * PAGE_BYTES);
    const readTo = address + (await this.#args.read(address, target));
    if (readTo < Math.min(address + target.length, end))
      throw new RangeError(`args up to ${end} lie outside the ${readTo} bytes that were read`);
  }
}

/** Adds the pages that args of the rows touch; returns where the last of them ends. */
function touchPages({ argsFrom, argsBytes }: ArgsColumns, rows: Int32Array, touched: Set<number>): number {
  let end = 0;
  let seen = -1;
  for (const row of rows) {
    if (argsBytes[row] === 0) continue;
    const to = argsFrom[row] + argsBytes[row];
    const last = Math.floor((to - 1) / PAGE_BYTES);
    const first = Math.floor(argsFrom[row] / PAGE_BYTES);
    if (to > end) end = to;
    if (first === seen && last === seen) continue;
    for (let page = first; page <= last; page++) touched.add(page);
    seen = last;
  }
  return end;
}
