/**
 * How long after its launch call an op or a copy begins: its start less the end of the call, which is time in the queue and
 * on the way to the device. Clocks that are apart, or a device that is quicker than the call returns, make it less than 0;
 * that counts as 0, and how often it does is told.
 */
import type { DeviceAnalysis } from '../analyse-run.ts';
import type { DeviceId } from '../device-id.ts';
import { nearestRanks } from '../../base/index.ts';
import { groupRows } from '../row-groups.ts';
import type { TextId } from '../run-texts.ts';
import type { LaunchedTasks } from './launched-tasks.ts';

/** Nearest ranks, so each of them occurs. */
export interface DelaySpread {
  readonly count: number;
  /** How many began before their call was over. */
  readonly clampedCount: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly maxNs: number;
  readonly totalNs: number;
}

export interface LaunchDelays extends DeviceId {
  /** undefined where no launch is known. */
  readonly all: DelaySpread | undefined;
  /** Ops and copies that nothing tells the launch of. */
  readonly unknownCount: number;
  /** By the type of op, those with the longest sum first. */
  readonly byOp: readonly (DelaySpread & { readonly op: TextId })[];
  /** By position among the streams of the device. */
  readonly byStream: readonly (DelaySpread & { readonly stream: number })[];
}

export function launchDelays({ tasks }: Pick<DeviceAnalysis, 'tasks'>, launched: LaunchedTasks): LaunchDelays {
  const { rank, device, capture } = tasks;
  const { length, task, callEndNs, workCount } = launched;
  const delayNs = new Float64Array(length).map((_, row) => tasks.startNs[task[row]] - callEndNs[row]);
  const byType = spreads(delayNs, (row) => tasks.type[task[row]]);
  const byStream = spreads(delayNs, (row) => tasks.stream[task[row]]);
  return {
    ...{ rank, device, capture },
    all: length === 0 ? undefined : spreadOf(delayNs.slice()),
    unknownCount: workCount - length,
    byOp: byType.map(({ key, spread }) => ({ op: key, ...spread })).sort((a, b) => b.totalNs - a.totalNs),
    byStream: byStream.map(({ key, spread }) => ({ stream: key, ...spread })).sort((a, b) => a.stream - b.stream),
  };
}

function spreads(values: Float64Array, keyOf: (row: number) => number): { key: number; spread: DelaySpread }[] {
  const { count, from, rows } = groupRows(values.map((_, row) => keyOf(row)));
  return Array.from({ length: count }, (_, group) => {
    const own = rows.subarray(from[group], from[group + 1]);
    return { key: keyOf(own[0]), spread: spreadOf(Float64Array.from(own, (row) => values[row])) };
  });
}

/** Moves the values about. */
function spreadOf(values: Float64Array): DelaySpread {
  let [clampedCount, totalNs] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (values[row] < 0) {
      clampedCount++;
      values[row] = 0;
    }
    totalNs += values[row];
  }
  const [p50Ns, p95Ns, maxNs] = nearestRanks(values, [50, 95, 100]);
  return { count: values.length, clampedCount, p50Ns, p95Ns, maxNs, totalNs };
}
