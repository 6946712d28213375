import type { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { putFixed64 } from '../../bytes/proto.ts';
import type { FlowColumns } from '../../timeline/index.ts';
import type { BoundArrows } from '../flow-binding.ts';

/** TrackEvent.flow_ids. */
const FLOW_IDS = [0xf9, 0x02];
const FLOW_BYTES = 2 + 8;

/** The arrows at each slice: slice s has the ids [range[s], range[s + 1]). */
export interface FlowEnds {
  readonly range: Uint32Array;
  readonly ids: Float64Array;
}

/** Sorts the ends of all arrows by slice, counting instead of comparing. Arrows are numbered from `firstId`. */
export function flowEnds(flows: FlowColumns, arrows: BoundArrows, sliceCount: number, firstId: number): FlowEnds {
  const { fromSlice, toSlice } = flows;
  const { length, flow } = arrows;
  const range = new Uint32Array(sliceCount + 1);
  for (let arrow = 0; arrow < length; arrow++) {
    range[fromSlice[flow[arrow]]]++;
    range[toSlice[flow[arrow]]]++;
  }
  for (let slice = 1; slice <= sliceCount; slice++) range[slice] += range[slice - 1];
  const ids = new Float64Array(length * 2);
  // range[s] is now the end of slice s and walks back to its start.
  for (let arrow = 0; arrow < length; arrow++) {
    ids[--range[fromSlice[flow[arrow]]]] = firstId + arrow;
    ids[--range[toSlice[flow[arrow]]]] = firstId + arrow;
  }
  return { range, ids };
}

/** Appends the ids of the arrows that start or end at the slice to its packet. */
export function appendFlows(buffer: ByteBuffer, { range, ids }: FlowEnds, slice: number): void {
  const from = range[slice];
  const to = range[slice + 1];
  if (from === to) return;
  buffer.reserve((to - from) * FLOW_BYTES);
  const bytes = buffer.bytes;
  let at = buffer.length;
  for (let end = from; end < to; end++) {
    bytes[at++] = FLOW_IDS[0];
    bytes[at++] = FLOW_IDS[1];
    at = putFixed64(bytes, at, ids[end]);
  }
  buffer.length = at;
}
