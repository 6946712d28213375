/** Bounds of the one number that brings a clock to another: what must come before, and what must come after. */
export class ShiftWindow {
  earliestNs = Number.NEGATIVE_INFINITY;
  latestNs = Number.POSITIVE_INFINITY;
  pairCount = 0;

  atLeast(shiftNs: number): void {
    this.earliestNs = Math.max(this.earliestNs, shiftNs);
    this.pairCount++;
  }

  atMost(shiftNs: number): void {
    this.latestNs = Math.min(this.latestNs, shiftNs);
    this.pairCount++;
  }

  /** Below 0 where no shift suits all; infinite where one side is open. */
  get widthNs(): number {
    return this.latestNs - this.earliestNs;
  }

  /** The earliest shift that suits all; the latest where nothing says what is too early. */
  get firstNs(): number {
    return Number.isFinite(this.earliestNs) ? this.earliestNs : this.latestNs;
  }

  get middleNs(): number {
    return Number.isFinite(this.widthNs) ? (this.earliestNs + this.latestNs) / 2 : this.firstNs;
  }
}
