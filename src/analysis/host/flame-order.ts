import { NONE } from '../../timeline/index.ts';
import type { Flame } from './flame-tree.ts';
import type { Measure } from './measures.ts';

/** Frames in the order in which a tree is read: each behind the one around it, and of one frame's those with most first. */
export function readingOrder(flame: Flame, measure: Measure): Uint32Array {
  const { length, parent } = flame;
  const [by, then] = measure === 'host' ? [flame.hostNs, flame.deviceNs] : [flame.deviceNs, flame.hostNs];
  const leastFirst = Uint32Array.from(parent.keys()).sort((a, b) => by[a] - by[b] || then[a] - then[b] || b - a);
  const firstInside = new Int32Array(length + 1).fill(NONE);
  const next = new Int32Array(length).fill(NONE);
  for (const frame of leastFirst) {
    const around = parent[frame] + 1;
    next[frame] = firstInside[around];
    firstInside[around] = frame;
  }
  const order = new Uint32Array(length);
  for (let at = 0, frame = firstInside[0]; at < length; at++) {
    order[at] = frame;
    let left = frame;
    frame = firstInside[left + 1];
    while (frame === NONE && left !== NONE) {
      frame = next[left];
      left = parent[left];
    }
  }
  return order;
}

/** The share of each frame in the host's or in the devices' time, whichever is more. No frame has more than its parent. */
export function frameShares({ length, parent, hostNs, deviceNs }: Flame): Float64Array {
  let [hostAllNs, deviceAllNs] = [0, 0];
  for (let frame = 0; frame < length; frame++) {
    if (parent[frame] !== NONE) continue;
    hostAllNs += hostNs[frame];
    deviceAllNs += deviceNs[frame];
  }
  const [perHostNs, perDeviceNs] = [hostAllNs > 0 ? 1 / hostAllNs : 0, deviceAllNs > 0 ? 1 / deviceAllNs : 0];
  return hostNs.map((ns, frame) => Math.max(ns * perHostNs, deviceNs[frame] * perDeviceNs));
}

/** Whether each frame is one of so many with the largest shares; what is around one of them is, too. */
export function largestFrames(shares: Float64Array, limit: number): Uint8Array {
  const largestFirst = Uint32Array.from(shares.keys()).sort((a, b) => shares[b] - shares[a] || a - b);
  const isChosen = new Uint8Array(shares.length);
  for (const frame of largestFirst.subarray(0, limit)) isChosen[frame] = 1;
  return isChosen;
}
