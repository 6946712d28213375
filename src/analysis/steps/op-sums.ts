import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { IntervalUnion } from '../intervals.ts';
import { isOp, CLASS } from '../op-class.ts';
import type { DeviceSteps } from './step.ts';

/** The ops of steps, by step and by type: step s has the rows [from[s], from[s + 1]), in the order in which types come. */
export interface OpSums {
  readonly from: Uint32Array;
  /** A text of the run. */
  readonly type: Uint32Array;
  readonly count: Uint32Array;
  readonly totalNs: Float64Array;
}

/** A kernel that communicates while a collective of the device's own row runs is how that one ran, and does not count again. */
export function opSums(tasks: DeviceTasks, { stepOf, steps }: Pick<DeviceSteps, 'steps' | 'stepOf'>): OpSums {
  const { length, startNs, endNs, opClass, type, texts } = tasks;
  const isRepeated = repeatedCollectives(tasks);
  const rows = new SumRows(texts.length, length);
  for (let task = 0; task < length; task++) {
    if (stepOf[task] === NONE || !isOp(opClass[task]) || isRepeated?.[task] === 1) continue;
    rows.add(stepOf[task], type[task], 1, endNs[task] - startNs[task]);
  }
  return rows.byStep(steps.length);
}

/**
 * Sums by step and type. Ops of two steps may come by turns where the steps meet on several streams: each turn makes a row of
 * its own then, until rows are put together by step.
 */
class SumRows {
  readonly #lastOfType: Uint32Array;
  #length = 0;
  /** Memory that is not written to costs nothing. */
  readonly #step: Uint32Array;
  readonly #type: Uint32Array;
  readonly #count: Uint32Array;
  readonly #totalNs: Float64Array;

  constructor(typeCount: number, mostRows: number) {
    this.#lastOfType = new Uint32Array(typeCount);
    this.#step = new Uint32Array(mostRows);
    this.#type = new Uint32Array(mostRows);
    this.#count = new Uint32Array(mostRows);
    this.#totalNs = new Float64Array(mostRows);
  }

  add(step: number, type: number, count: number, totalNs: number): void {
    let row = this.#lastOfType[type];
    if (row >= this.#length || this.#type[row] !== type || this.#step[row] !== step) {
      this.#lastOfType[type] = row = this.#length++;
      this.#step[row] = step;
      this.#type[row] = type;
    }
    this.#count[row] += count;
    this.#totalNs[row] += totalNs;
  }

  byStep(stepCount: number): OpSums {
    const { order, range } = this.#orderByStep(stepCount);
    const sums = new SumRows(this.#lastOfType.length, this.#length);
    const from = new Uint32Array(stepCount + 1);
    for (let step = 0; step < stepCount; step++) {
      for (let at = range[step]; at < range[step + 1]; at++) {
        const row = order[at];
        sums.add(step, this.#type[row], this.#count[row], this.#totalNs[row]);
      }
      from[step + 1] = sums.#length;
    }
    return { from, type: sums.#type, count: sums.#count, totalNs: sums.#totalNs };
  }

  #orderByStep(stepCount: number): { order: Uint32Array; range: Uint32Array } {
    const range = new Uint32Array(stepCount + 1);
    for (let row = 0; row < this.#length; row++) range[this.#step[row] + 1]++;
    for (let step = 0; step < stepCount; step++) range[step + 1] += range[step];
    const next = range.slice();
    const order = new Uint32Array(this.#length);
    for (let row = 0; row < this.#length; row++) order[next[this.#step[row]]++] = row;
    return { order, range };
  }
}

/** 1 for kernels of a stream in whose middle a collective of a row of its own runs; undefined where there are none. */
function repeatedCollectives({
  length,
  startNs,
  endNs,
  opClass,
  stream,
  streams,
}: DeviceTasks): Uint8Array | undefined {
  const isRow = streams.map(({ kind }) => kind === 'communication');
  if (!isRow.includes(true)) return undefined;
  const rows = new IntervalUnion();
  let kernelCount = 0;
  for (let task = 0; task < length; task++) {
    if (opClass[task] !== CLASS.communication) continue;
    if (isRow[stream[task]]) rows.add(startNs[task], endNs[task]);
    else kernelCount++;
  }
  if (kernelCount === 0) return undefined;
  const collectives = rows.finish();
  const isRepeated = new Uint8Array(length);
  let next = 0;
  for (let task = 0; task < length; task++) {
    if (opClass[task] !== CLASS.communication || isRow[stream[task]]) continue;
    while (next < collectives.length && collectives[next + 1] <= startNs[task]) next += 2;
    const middleNs = (startNs[task] + endNs[task]) / 2;
    let at = next;
    while (at < collectives.length && collectives[at + 1] <= middleNs) at += 2;
    if (at < collectives.length && collectives[at] <= middleNs) isRepeated[task] = 1;
  }
  return isRepeated;
}
