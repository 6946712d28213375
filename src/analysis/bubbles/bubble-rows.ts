import { NONE } from '../../timeline/index.ts';
import type { DeviceBubbles } from './bubble.ts';
import type { Gap } from './gap.ts';

type Columns = Pick<
  DeviceBubbles,
  'startNs' | 'durNs' | 'before' | 'after' | 'during' | 'frameworkNs' | 'launchNs' | 'stream' | 'cause' | 'confidence'
>;
type Totals = Pick<DeviceBubbles, 'totalNs' | 'belowThresholdNs' | 'belowThresholdCount'>;

/** Why, as position in BUBBLE_CAUSES, and what shows it. */
export interface Explanation {
  readonly cause: number;
  readonly confidence: number;
  readonly during: number;
  readonly frameworkNs: number;
  readonly launchNs: number;
}

/** Collects bubbles, and sums up the gaps that are too short to be listed. */
export class BubbleRows {
  readonly #thresholdNs: number;
  #length = 0;
  #columns: Columns;
  #totalNs = 0;
  #belowThresholdNs = 0;
  #belowThresholdCount = 0;

  constructor(thresholdNs: number, capacity: number) {
    this.#thresholdNs = thresholdNs;
    this.#columns = columnsOf(Math.max(capacity, 16));
  }

  /** Counts a gap, once; whether it is long enough for its bubbles to be listed. */
  count(gapNs: number): boolean {
    this.#totalNs += gapNs;
    if (gapNs >= this.#thresholdNs) return true;
    this.#belowThresholdNs += gapNs;
    this.#belowThresholdCount++;
    return false;
  }

  add({ startNs, endNs, before, after }: Readonly<Gap>, why: Explanation, stream = NONE): void {
    const row = this.#length++;
    if (row === this.#columns.startNs.length) this.#columns = columnsOf(2 * row, this.#columns);
    const columns = this.#columns;
    columns.startNs[row] = startNs;
    columns.durNs[row] = endNs - startNs;
    columns.before[row] = before;
    columns.after[row] = after;
    columns.during[row] = why.during;
    columns.frameworkNs[row] = why.frameworkNs;
    columns.launchNs[row] = why.launchNs;
    columns.stream[row] = stream;
    columns.cause[row] = why.cause;
    columns.confidence[row] = why.confidence;
  }

  finish(): Columns & Totals & { readonly length: number } {
    const { startNs, durNs, before, after, during, frameworkNs, launchNs, stream, cause, confidence } = this.#columns;
    const length = this.#length;
    return {
      ...{ length, startNs: startNs.subarray(0, length), durNs: durNs.subarray(0, length) },
      ...{ before: before.subarray(0, length), after: after.subarray(0, length), during: during.subarray(0, length) },
      ...{ frameworkNs: frameworkNs.subarray(0, length), launchNs: launchNs.subarray(0, length) },
      ...{ stream: stream.subarray(0, length), cause: cause.subarray(0, length) },
      confidence: confidence.subarray(0, length),
      totalNs: this.#totalNs,
      belowThresholdNs: this.#belowThresholdNs,
      belowThresholdCount: this.#belowThresholdCount,
    };
  }
}

/** Room for that many rows, with those there are. */
function columnsOf(capacity: number, filled?: Columns): Columns {
  const columns = {
    ...{ startNs: new Float64Array(capacity), durNs: new Float64Array(capacity) },
    ...{ before: new Int32Array(capacity), after: new Int32Array(capacity), during: new Int32Array(capacity) },
    ...{ frameworkNs: new Float64Array(capacity), launchNs: new Float64Array(capacity) },
    ...{ stream: new Int32Array(capacity), cause: new Uint8Array(capacity), confidence: new Float32Array(capacity) },
  };
  if (filled === undefined) return columns;
  for (const name of Object.keys(columns) as (keyof Columns)[]) columns[name].set(filled[name]);
  return columns;
}
