import type { DeviceBubbles } from '../bubbles/bubble.ts';
import { Peaks } from './peaks.ts';
import type { TimeColumns } from './time-columns.ts';
import { TimeIndex } from './time-index.ts';

/** Finds the bubbles of a device, of which those of several streams may overlap, that are wide enough to be seen. */
export class WideBubbles {
  readonly bubbles: DeviceBubbles;
  readonly #index: TimeIndex;
  readonly #lengths: Peaks;
  readonly #ends: Peaks;

  constructor(bubbles: DeviceBubbles) {
    const { startNs, durNs } = bubbles;
    this.bubbles = bubbles;
    this.#index = new TimeIndex(startNs);
    this.#lengths = new Peaks(durNs);
    this.#ends = new Peaks(durNs.map((ns, row) => startNs[row] + ns));
  }

  /** Rows of what is at least as wide as a column and lies in the columns in part, in their order. */
  in({ startNs, widthNs, columnCount }: TimeColumns): number[] {
    const { durNs } = this.bubbles;
    const first = this.#index.firstFrom(0, startNs, 0);
    const end = this.#index.firstFrom(first, startNs, columnCount * widthNs);
    const rows: number[] = [];
    // Ends are whole ns: what is in the columns in part ends after their start.
    this.#ends.eachFrom(Math.floor(startNs) + 1, 0, first, (row) => {
      if (durNs[row] >= widthNs) rows.push(row);
    });
    this.#lengths.eachFrom(widthNs, first, end, (row) => rows.push(row));
    return rows;
  }
}
