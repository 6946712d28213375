// The sequences of all lanes, by track and lane.
import { allocate, copyBytes } from '../../../../bytes/wasm/assembly/table';
import { startLane } from './caller';
import { newSequence } from './sequences';

const FIRST_LANES: u32 = 4;

/** Per track: the address of its sequences, their count, the room for them. */
const TRACK_BYTES: usize = 12;
let tracks: usize = 0;

export function startTracks(count: u32): void {
  tracks = allocate(<usize>count * TRACK_BYTES);
}

@inline
export function laneCount(track: u32): u32 {
  return load<u32>(tracks + <usize>track * TRACK_BYTES, 4);
}

@inline
export function sequenceAt(track: u32, lane: u32): usize {
  const entry = tracks + <usize>track * TRACK_BYTES;
  return <usize>load<u32>(<usize>load<u32>(entry) + (<usize>lane << 2));
}

/** Lanes are filled from the first, so a new one comes right behind the last. */
export function openLanes(track: u32, lane: u32): void {
  for (let next = laneCount(track); next <= lane; next++) {
    const sequence = newSequence(startLane(track, next));
    const entry = tracks + <usize>track * TRACK_BYTES;
    if (next == load<u32>(entry, 8)) growLanes(entry, next);
    store<u32>(<usize>load<u32>(entry) + (<usize>next << 2), <u32>sequence);
    store<u32>(entry, next + 1, 4);
  }
}

function growLanes(entry: usize, count: u32): void {
  const room = max(FIRST_LANES, count * 2);
  const bigger = allocate(<usize>room << 2);
  copyBytes(bigger, <usize>load<u32>(entry), <usize>count << 2);
  store<u32>(entry, <u32>bigger);
  store<u32>(entry, room, 8);
}
