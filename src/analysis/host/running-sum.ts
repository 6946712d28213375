import type { TimeWindow } from '../extent.ts';

/** What adds up over time, at each moment at which it changes: ascending moments, of which several may be equal. */
export interface RunningSum {
  readonly at: Float64Array;
  readonly value: Float64Array;
}

/**
 * The sum of parts that each count from a rise to a fall: by 1, or by an amount. Where moments are equal, rises come first,
 * so that nothing falls before it has risen.
 */
export function runningSum(rises: Float64Array, falls: Float64Array, amounts?: Float64Array): RunningSum {
  const [up, down] = [inOrder(rises, amounts), inOrder(falls, amounts)];
  const length = up.at.length + down.at.length;
  const [at, value] = [new Float64Array(length), new Float64Array(length)];
  let sum = 0;
  for (let row = 0, i = 0, j = 0; row < length; row++) {
    if (i < up.at.length && !(up.at[i] > down.at[j])) {
      at[row] = up.at[i];
      sum += up.amounts?.[i] ?? 1;
      i++;
    } else {
      at[row] = down.at[j];
      sum -= down.amounts?.[j] ?? 1;
      j++;
    }
    value[row] = sum;
  }
  return { at, value };
}

/** The last of the values of each moment, which are those that hold. */
export function lastOfMoments({ at, value }: RunningSum): RunningSum {
  const kept = { at: new Float64Array(at.length), value: new Float64Array(at.length) };
  let length = 0;
  for (let row = 0; row < at.length; row++) {
    if (row + 1 < at.length && at[row + 1] === at[row]) continue;
    kept.at[length] = at[row];
    kept.value[length++] = value[row];
  }
  return { at: kept.at.subarray(0, length), value: kept.value.subarray(0, length) };
}

interface Moments {
  readonly at: Float64Array;
  readonly amounts: Float64Array | undefined;
}

/** Equal moments stay in their order: sums of fractions depend on it. */
function inOrder(at: Float64Array, amounts: Float64Array | undefined): Moments {
  if (amounts === undefined) return { at: at.slice().sort(), amounts };
  const order = Uint32Array.from(at.keys()).sort((a, b) => at[a] - at[b] || a - b);
  return {
    at: Float64Array.from(order, (row) => at[row]),
    amounts: Float64Array.from(order, (row) => amounts[row]),
  };
}

/** The mean of what holds in each of several equal parts of a window. */
export function meansOver({ at, value }: RunningSum, { startNs, endNs }: TimeWindow, parts: number): Float64Array {
  const sums = new Float64Array(parts);
  const partNs = (endNs - startNs) / parts;
  if (!(partNs > 0)) return sums;
  for (let row = 0; row < at.length; row++) {
    if (value[row] === 0) continue;
    const toNs = Math.min(endNs, row + 1 < at.length ? at[row + 1] : endNs);
    let fromNs = Math.max(startNs, at[row]);
    for (let part = Math.floor((fromNs - startNs) / partNs); fromNs < toNs && part < parts; part++) {
      const untilNs = part === parts - 1 ? toNs : Math.min(toNs, startNs + (part + 1) * partNs);
      sums[part] += (value[row] * Math.max(0, untilNs - fromNs)) / partNs;
      fromNs = Math.max(fromNs, untilNs);
    }
  }
  return sums;
}
