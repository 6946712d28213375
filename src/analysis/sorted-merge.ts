import { NONE } from '../timeline/index.ts';

/** Rows [from, to) of columns, sorted by (start, longest first), at times that `shiftNs` is added to. */
export interface SortedRows {
  readonly startNs: Float64Array;
  readonly durNs: Float64Array;
  readonly shiftNs: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Hands out the rows of several lists in the order of (start, longest first); of equal rows those of the earlier list come
 * first. Rows of one list that follow one another are handed out together, [from, to) at a time. The lists wait in a heap
 * by their next rows, so a row costs log of the number of lists at most.
 */
export function mergeSorted(
  lists: readonly SortedRows[],
  take: (list: number, from: number, to: number) => void,
): void {
  const heap = new ListHeap(lists);
  for (let list = heap.first; list !== NONE; list = heap.first) {
    const from = heap.nextRow(list);
    take(list, from, heap.takeRun());
  }
}

/** The same for lists that stand one behind the other: list i has the rows [bounds[i], bounds[i + 1]). */
export function mergedOrder(bounds: readonly number[], startNs: Float64Array, durNs: Float64Array): Uint32Array {
  const order = new Uint32Array(startNs.length);
  const lists = bounds.slice(1).map((to, list) => ({ startNs, durNs, shiftNs: 0, from: bounds[list], to }));
  let at = 0;
  mergeSorted(lists, (_, from, to) => {
    for (let row = from; row < to; row++) order[at++] = row;
  });
  return order;
}

class ListHeap {
  readonly #lists: readonly SortedRows[];
  /** Numbers of the lists that have rows left; each comes before those at 2i + 1 and 2i + 2. */
  readonly #heap: Int32Array;
  #size = 0;
  /** By list: its next row, and the times of that. */
  readonly #row: Uint32Array;
  readonly #startNs: Float64Array;
  readonly #durNs: Float64Array;

  constructor(lists: readonly SortedRows[]) {
    this.#lists = lists;
    this.#heap = new Int32Array(lists.length);
    this.#row = Uint32Array.from(lists, ({ from }) => from);
    this.#startNs = new Float64Array(lists.length);
    this.#durNs = new Float64Array(lists.length);
    for (const [list, { from, to }] of lists.entries()) {
      if (from === to) continue;
      this.#look(list);
      this.#heap[this.#size++] = list;
    }
    for (let at = (this.#size >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  /** The list with the next row; NONE at the end. */
  get first(): number {
    return this.#size === 0 ? NONE : this.#heap[0];
  }

  nextRow(list: number): number {
    return this.#row[list];
  }

  /** Takes the rows of the first list that come before those of all others; returns where they end. */
  takeRun(): number {
    const list = this.#heap[0];
    const { startNs, durNs, shiftNs, to } = this.#lists[list];
    const other = this.#second();
    const otherNs = other === NONE ? Number.POSITIVE_INFINITY : this.#startNs[other];
    let row = this.#row[list] + 1;
    for (; row < to; row++) {
      const ns = startNs[row] + shiftNs;
      if (ns < otherNs) continue;
      if (ns > otherNs) break;
      const longerNs = durNs[row] - this.#durNs[other];
      if (longerNs < 0 || (longerNs === 0 && list > other)) break;
    }
    this.#row[list] = row;
    if (row === to) this.#heap[0] = this.#heap[--this.#size];
    else this.#look(list);
    this.#sink(0);
    return row;
  }

  #look(list: number): void {
    const { startNs, durNs, shiftNs } = this.#lists[list];
    this.#startNs[list] = startNs[this.#row[list]] + shiftNs;
    this.#durNs[list] = durNs[this.#row[list]];
  }

  #second(): number {
    if (this.#size < 2) return NONE;
    if (this.#size === 2) return this.#heap[1];
    return this.#isBefore(this.#heap[1], this.#heap[2]) ? this.#heap[1] : this.#heap[2];
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const list = heap[from];
    let at = from;
    for (let child = 2 * at + 1; child < this.#size; child = 2 * at + 1) {
      if (child + 1 < this.#size && this.#isBefore(heap[child + 1], heap[child])) child++;
      if (!this.#isBefore(heap[child], list)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = list;
  }

  #isBefore(a: number, b: number): boolean {
    const sooner = this.#startNs[a] - this.#startNs[b];
    if (sooner !== 0) return sooner < 0;
    const longer = this.#durNs[a] - this.#durNs[b];
    return longer === 0 ? a < b : longer > 0;
  }
}
