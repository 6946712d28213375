/** Times from the run's origin. */
export interface TimeWindow {
  readonly startNs: number;
  readonly endNs: number;
}

/** The first start and the last end of anything added, also of what has no length. */
export class Extent {
  startNs = Number.POSITIVE_INFINITY;
  endNs = Number.NEGATIVE_INFINITY;

  add(startNs: number, endNs: number): void {
    if (startNs < this.startNs) this.startNs = startNs;
    if (endNs > this.endNs) this.endNs = endNs;
  }

  get isEmpty(): boolean {
    return this.startNs > this.endNs;
  }

  window(): TimeWindow {
    return { startNs: this.startNs, endNs: this.endNs };
  }
}
