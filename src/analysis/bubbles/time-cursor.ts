/** Finds positions in a list of ascending times; quick where one question is about a time near that of the last. */
export class TimeCursor {
  readonly #timesNs: Float64Array;
  #at = 0;

  constructor(timesNs: Float64Array) {
    this.#timesNs = timesNs;
  }

  /** The first position at a time or later; the length where there is none. */
  firstFrom(timeNs: number): number {
    const times = this.#timesNs;
    let low = this.#at;
    let high = low;
    let step = 1;
    while (low > 0 && times[low - 1] >= timeNs) {
      high = low;
      low = Math.max(0, low - step);
      step *= 2;
    }
    while (high < times.length && times[high] < timeNs) {
      low = high + 1;
      high = Math.min(times.length, high + step);
      step *= 2;
    }
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (times[middle] < timeNs) low = middle + 1;
      else high = middle;
    }
    return (this.#at = low);
  }
}
