/** The time of the ops of each step by kind. */
import { NONE } from '../../timeline/index.ts';
import type { DeviceTasks } from '../device-tasks.ts';
import { CLASS } from '../op-class.ts';
import { opKind } from './op-kind.ts';

export type OpSums = ReadonlyMap<string, { readonly count: number; readonly totalNs: number }>;

interface Sum {
  count: number;
  totalNs: number;
}

/**
 * By the position of the step. A kernel that communicates while a collective of the device's own row runs is how that one
 * ran, and does not count again.
 */
export function sumsOfSteps(tasks: DeviceTasks, stepOf: Int32Array, count: number): OpSums[] {
  const { length, startNs, endNs, opClass, stream, streams, type, texts } = tasks;
  const sums = Array.from({ length: count }, () => new Map<string, Sum>());
  /** By step: the sums by the text of the type, so that no text is looked up for each op. */
  const ofTypes = Array.from({ length: count }, () => new Map<number, Sum>());
  let collectiveEndNs = Number.NEGATIVE_INFINITY;
  for (let task = 0; task < length; task++) {
    const isCommunication = opClass[task] === CLASS.communication;
    if (!isCommunication && opClass[task] !== CLASS.compute) continue;
    if (isCommunication && streams[stream[task]].kind === 'communication') {
      collectiveEndNs = Math.max(collectiveEndNs, endNs[task]);
    } else if (isCommunication && startNs[task] < collectiveEndNs) continue;
    const step = stepOf[task];
    if (step === NONE) continue;
    const sum = ofTypes[step].get(type[task]) ?? sumOf(sums[step], opKind(texts.get(type[task])));
    ofTypes[step].set(type[task], sum);
    sum.count++;
    sum.totalNs += endNs[task] - startNs[task];
  }
  return sums;
}

function sumOf(sums: Map<string, Sum>, kind: string): Sum {
  const known = sums.get(kind) ?? { count: 0, totalNs: 0 };
  sums.set(kind, known);
  return known;
}
