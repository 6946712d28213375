// Tracks by what the events say of them, numbered as they come.
import { IS_SELECTOR, memberCount } from './args';
import {
  CELL_TRACKS,
  KEY,
  KEY_BYTES,
  MEMBER_FROM,
  MEMBER_KEY,
  MEMBER_TO,
  NEW_TRACK,
  NEW_TRACKS,
  SERIES,
  THREADS,
} from './layout';
import { NONE } from './strings';
import { add, copyBytes, countOf, find, hashOf } from './table';

/** One event brings fewer new tracks than this. */
const MOST_PER_EVENT: u32 = 128;
const IS_SERIES: u32 = 1;
const IS_OF_CELLS: u32 = 2;

/** Tracks that the caller does not know yet. */
export let newTrackCount: u32 = 0;

let lastPid: i64 = -2;
let lastTid: i64 = -2;
let lastTrack: i32 = 0;

export function forgetNewTracks(): void {
  newTrackCount = 0;
}

export function hasRoomForTracks(): bool {
  return newTrackCount + MOST_PER_EVENT <= NEW_TRACKS;
}

/** The number of the track whose key of `size` bytes stands at KEY. */
function trackOf(table: usize, size: u32, kind: u32): i32 {
  const hash = hashOf(KEY, size);
  const known = find(table, KEY, size, hash);
  if (known != 0) return load<i32>(known, 8);
  const track = countOf(THREADS) + countOf(SERIES) + countOf(CELL_TRACKS);
  const record = add(table, KEY, size, hash);
  store<i32>(record, track, 8);
  store<u32>(NEW_TRACK + (<usize>newTrackCount << 2), <u32>record | kind);
  newTrackCount++;
  return track;
}

/** The track of a thread. */
export function threadTrack(pid: i64, tid: i64): i32 {
  if (pid == lastPid && tid == lastTid) return lastTrack;
  store<i64>(KEY, pid);
  store<i64>(KEY, tid, 8);
  lastPid = pid;
  lastTid = tid;
  lastTrack = trackOf(THREADS, 16, 0);
  return lastTrack;
}

/** The track of a series: by process, name and key, and by what the selectors among the args say. NONE if that is long. */
export function seriesTrack(pid: i64, name: i32, key: u32): i32 {
  store<i64>(KEY, pid);
  store<i32>(KEY, name, 8);
  store<u32>(KEY, key, 12);
  let at = KEY + 16;
  for (let m: u32 = 0; m < memberCount; m++) {
    const selector = load<u32>(MEMBER_KEY + (<usize>m << 2));
    if ((load<u32>(<usize>selector, 8) & IS_SELECTOR) == 0) continue;
    const from = <usize>load<u32>(MEMBER_FROM + (<usize>m << 2));
    const size = <usize>load<u32>(MEMBER_TO + (<usize>m << 2)) - from;
    if (at + size + 24 > KEY + KEY_BYTES) return NONE;
    store<u32>(at, selector);
    store<u32>(at, <u32>size, 4);
    copyBytes(at + 8, from, size);
    at += size + 8;
  }
  return trackOf(SERIES, <u32>(at - KEY), IS_SERIES);
}

/** Where the key of the next track told by cells ends. */
let cellsEnd: usize = 0;

export function beginCellsTrack(category: i32): void {
  store<i32>(KEY, category);
  cellsEnd = KEY + 4;
}

/** False for what is too long. */
export function addCellOfTrack(from: usize, to: usize): bool {
  const size = to - from;
  if (cellsEnd + size + 24 > KEY + KEY_BYTES) return false;
  store<u32>(cellsEnd, <u32>size);
  copyBytes(cellsEnd + 4, from, size);
  cellsEnd += size + 4;
  return true;
}

/** The track of the category and the cells. */
export function cellsTrack(): i32 {
  return trackOf(CELL_TRACKS, <u32>(cellsEnd - KEY), IS_OF_CELLS);
}
