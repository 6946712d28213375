import type { Diagnostics } from '../base/index.ts';
import { NONE, type Timeline } from '../timeline/index.ts';

/** The arrows of a timeline that have a slice at both ends, each written from the slice that starts first. */
export interface BoundArrows {
  readonly length: number;
  /** Row in the timeline's flows. */
  readonly flow: Uint32Array;
  /** 1 where the arrow's destination starts before its source, so that the two have changed places. */
  readonly backwards: Uint8Array;
}

/** Picks out what can be drawn; the rest and what had to be turned round is counted. */
export function boundArrows({ flows, slices }: Timeline, diagnostics: Diagnostics): BoundArrows {
  const flow = new Uint32Array(flows.length);
  const backwards = new Uint8Array(flows.length);
  let length = 0;
  let backwardsCount = 0;
  let unpairedCount = 0;
  for (let row = 0; row < flows.length; row++) {
    const from = flows.fromSlice[row];
    const to = flows.toSlice[row];
    if (flows.fromTrack[row] === NONE || flows.toTrack[row] === NONE) unpairedCount++;
    if (from === NONE || to === NONE) continue;
    flow[length] = row;
    backwards[length] = slices.startNs[to] < slices.startNs[from] ? 1 : 0;
    backwardsCount += backwards[length];
    length++;
  }
  const unboundCount = flows.length - length - unpairedCount;
  if (unpairedCount > 0) diagnostics.add('flow_unpaired', undefined, undefined, unpairedCount);
  if (unboundCount > 0) diagnostics.add('flow_unbound', undefined, undefined, unboundCount);
  if (backwardsCount > 0) diagnostics.add('flow_backwards', undefined, undefined, backwardsCount);
  return { length, flow: flow.subarray(0, length), backwards: backwards.subarray(0, length) };
}
