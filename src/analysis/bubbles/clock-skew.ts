/**
 * How far the clock of the host is ahead of that of the device, as far as launches can show it.
 *
 * - distance of an op: from the start of its launch call, by the host's clock, to its own start, by the device's.
 * - No op starts before its launch began: with a skew of s the smallest distance is the smallest latency - s, so s is at
 *   least minus the smallest distance.
 * - An op that the device was idle for starts soon after its launch, within LATENCY_NS: so s is at most that much more.
 *   Only a distance that two more come close to counts, as one alone may be a wrong arrow.
 * - Where all distances are larger than that, either the host is ahead of the device with its launches, or its clock is
 *   behind. The latter is believed if many ops have the same distance; otherwise clocks are taken to agree within
 *   LATENCY_NS.
 *
 * The skew of a capture is taken to be constant.
 */
import type { DeviceTasks } from '../device-tasks.ts';
import type { Intervals } from '../intervals.ts';
import type { Launches } from '../launches.ts';
import { delimitsGaps } from './neighbours.ts';
import { TimeCursor } from './time-cursor.ts';

/** In integer ns. Host time - skew = device time. */
export interface ClockSkew {
  /** 0 where the band holds it, else the middle of the band. */
  readonly skewNs: number;
  /** The true skew is in this band. */
  readonly lowNs: number;
  readonly highNs: number;
  /** How many launches of ops that ended an idle time it rests on; 0: none is known, and the clocks are taken to agree. */
  readonly launchCount: number;
}

/** From the start of a launch call to the start of its op on an idle device: in real captures 4 to 12 µs. */
export const LATENCY_NS = 10_000;

/** Enough to find the smallest distance, few enough to sort. */
const SAMPLES = 1 << 16;

/** Idle times at least as long as this show the latency of a launch and not that of the device. */
const LONG_IDLE_NS = 10_000;

/** A share of ops this large does not have one distance by chance. */
const SAME_DISTANCE = 0.25;

export function estimateSkew(tasks: DeviceTasks, deviceIdle: Intervals, launches: Launches): ClockSkew {
  const { all, long } = launchDistances(tasks, deviceIdle, launches);
  if (all.length === 0) return { skewNs: 0, lowNs: 0, highNs: 0, launchCount: 0 };
  const smallestNs = confirmedSmallest(all);
  const nearCount = long.filter((ns) => ns >= smallestNs && ns <= smallestNs + LATENCY_NS).length;
  const isOffset = nearCount >= 3 && nearCount >= SAME_DISTANCE * long.length;
  const lowNs = -(isOffset ? smallestNs : Math.min(smallestNs, LATENCY_NS));
  const highNs = isOffset || smallestNs <= LATENCY_NS ? lowNs + LATENCY_NS : LATENCY_NS;
  const skewNs = lowNs <= 0 && highNs >= 0 ? 0 : lowNs + LATENCY_NS / 2;
  return { skewNs, lowNs, highNs, launchCount: all.length };
}

/** In ascending order, of ops that ended an idle time: of all of them, and of those that ended a long one. */
function launchDistances(
  tasks: DeviceTasks,
  deviceIdle: Intervals,
  launches: Launches,
): { all: Float64Array; long: Float64Array } {
  const { length, startNs, streams, stream, slice } = tasks;
  const starts = new TimeCursor(startNs);
  const gapCount = deviceIdle.length / 2;
  const every = Math.max(1, Math.ceil(gapCount / SAMPLES));
  const all: number[] = [];
  const long: number[] = [];
  for (let gap = 0; gap < gapCount; gap += every) {
    const endNs = deviceIdle[2 * gap + 1];
    let after = starts.firstFrom(endNs);
    while (after < length && !delimitsGaps(tasks, after)) after++;
    if (after === length) break;
    const distanceNs = endNs - launches.ofShard(streams[stream[after]].shard).startNs(slice[after]);
    if (Number.isNaN(distanceNs)) continue;
    all.push(distanceNs);
    if (endNs - deviceIdle[2 * gap] >= LONG_IDLE_NS) long.push(distanceNs);
  }
  return { all: Float64Array.from(all).sort(), long: Float64Array.from(long).sort() };
}

function confirmedSmallest(distances: Float64Array): number {
  for (let at = 0; at + 2 < distances.length; at++) {
    if (distances[at + 2] - distances[at] <= LATENCY_NS) return distances[at];
  }
  return distances[0];
}
