import { NONE } from '../../timeline/index.ts';
import { Peaks } from './peaks.ts';
import type { TimeColumns } from './time-columns.ts';
import { TimeIndex } from './time-index.ts';

/** By column: the values that held in it, NaN where none did. */
export interface CounterPicture {
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly last: Float64Array;
}

/** Samples of one counter in the order of time. A value holds until the next sample. */
export class CounterDetail {
  readonly #timesNs: Float64Array;
  readonly #values: Float64Array;
  readonly #index: TimeIndex;
  readonly #most: Peaks;
  /** Of the values with their signs turned, so that the least is a peak, too. */
  readonly #least: Peaks;
  /** NaN of no samples. */
  readonly range: readonly [least: number, most: number];

  constructor(timesNs: Float64Array, values: Float64Array) {
    this.#timesNs = timesNs;
    this.#values = values;
    this.#index = new TimeIndex(timesNs);
    this.#most = new Peaks(values);
    this.#least = new Peaks(values.map((value) => -value));
    this.range = [this.#leastOf(0, values.length), this.#mostOf(0, values.length)];
  }

  /** Fills the picture. `endNs`: until when the last value holds, in the time of the samples and columns. */
  draw(columns: TimeColumns, endNs: number, { least, most, last }: CounterPicture): void {
    const { startNs: originNs, widthNs, columnCount } = columns;
    const firsts = this.#index.firstOfColumns(columns);
    for (let column = 0; column < columnCount; column++) {
      const next = firsts[column + 1];
      const first = this.#holds(firsts[column], originNs, column * widthNs, endNs)
        ? firsts[column] - 1
        : firsts[column];
      least[column] = this.#leastOf(first, next);
      most[column] = this.#mostOf(first, next);
      last[column] = next > first ? this.#values[next - 1] : Number.NaN;
    }
  }

  /** Whether the value before a position still holds at a time behind the origin. */
  #holds(next: number, originNs: number, sinceNs: number, endNs: number): boolean {
    const untilNs = next < this.#timesNs.length ? this.#timesNs[next] : endNs;
    return next > 0 && untilNs - originNs > sinceNs;
  }

  #leastOf(from: number, to: number): number {
    return this.#valueAt(this.#least.highest(from, to));
  }

  #mostOf(from: number, to: number): number {
    return this.#valueAt(this.#most.highest(from, to));
  }

  #valueAt(position: number): number {
    return position === NONE ? Number.NaN : this.#values[position];
  }
}
