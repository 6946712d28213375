// The ids of the arrows at the rows, one after the other.
import { allocate } from '../../../../bytes/wasm/assembly/table';
import { ROW_FLOWS_TO } from './layout';
import { outFrom, roomAt } from './output';

/** TrackEvent.flow_ids. */
const FLOW_IDS: u32 = 0x02f9;
const FLOW_BYTES: usize = 2 + 8;

let ids: usize = 0;
let capacity: u32 = 0;

export function startFlows(): void {
  ids = 0;
  capacity = 0;
}

/** Where the caller puts so many ids, as doubles. */
export function flowsFor(count: u32): usize {
  if (count > capacity) {
    capacity = max(count, capacity * 2);
    ids = allocate(<usize>capacity << 3);
  }
  return ids;
}

/** Appends the ids of the arrows that start or end at a row; returns the new length of the output. */
@inline
export function appendFlows(row: u32, outLength: usize): usize {
  const column = <usize>row << 2;
  let id = row == 0 ? 0 : load<u32>(ROW_FLOWS_TO + column - 4);
  const to = load<u32>(ROW_FLOWS_TO + column);
  return id == to ? outLength : appendIds(id, to, outLength);
}

function appendIds(id: u32, to: u32, outLength: usize): usize {
  let at = roomAt(outLength, <usize>(to - id) * FLOW_BYTES);
  for (; id < to; id++) {
    store<u16>(at, FLOW_IDS);
    store<u64>(at + 2, <u64>load<f64>(ids + (<usize>id << 3)));
    at += FLOW_BYTES;
  }
  return at - outFrom;
}
