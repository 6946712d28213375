import type { TimeWindow } from './time-window.ts';

/** Changes that follow one another so fast are one gesture. */
const GESTURE_MS = 500;
const MOST_KEPT = 200;

/** The windows before each zoom, one for each gesture. */
export class ZoomHistory {
  readonly #before: TimeWindow[] = [];
  #lastMs = -Infinity;
  #isUndoing = false;

  /** Whether a change now is the first of a gesture. */
  isNew(nowMs: number): boolean {
    return nowMs - this.#lastMs > GESTURE_MS;
  }

  changed(before: TimeWindow, nowMs: number): void {
    if (this.isNew(nowMs) && !this.#isUndoing) {
      this.#before.push({ startNs: before.startNs, endNs: before.endNs });
      if (this.#before.length > MOST_KEPT) this.#before.shift();
    }
    this.#lastMs = nowMs;
  }

  undo(set: (window: TimeWindow) => void): void {
    const window = this.#before.pop();
    if (window === undefined) return;
    this.#isUndoing = true;
    set(window);
    this.#isUndoing = false;
    this.#lastMs = -Infinity;
  }
}
