// Tracks by what the events say of them. The caller makes the tracks: on an unknown one it is asked.
import { IS_SELECTOR, memberCount } from './args';
import { KEY, KEY_BYTES, MEMBER_FROM, MEMBER_KEY, MEMBER_TO, SERIES, THREADS } from './layout';
import { NONE } from './strings';
import { add, copyBytes, find, hashOf } from './table';

const ASKS_NOTHING: u32 = 0;
const ASKS_THREAD: u32 = 1;
const ASKS_SERIES: u32 = 2;

/** What would let the event be taken that was declined: the track of its thread, or of the series of a member. */
export let asks: u32 = ASKS_NOTHING;
export let askedMember: u32 = 0;
let askedSize: u32 = 0;

let lastPid: i64 = -2;
let lastTid: i64 = -2;
let lastTrack: i32 = 0;

export function forgetQuestion(): void {
  asks = ASKS_NOTHING;
}

/** The answer to what the last scan asked for. */
export function answer(track: i32): void {
  if (asks == ASKS_NOTHING) return;
  const record = add(asks == ASKS_THREAD ? THREADS : SERIES, KEY, askedSize, hashOf(KEY, askedSize));
  store<i32>(record, track, 8);
  asks = ASKS_NOTHING;
}

/** The track of a thread, NONE where the caller must say. */
export function threadTrack(pid: i64, tid: i64): i32 {
  if (pid == lastPid && tid == lastTid) return lastTrack;
  store<i64>(KEY, pid);
  store<i64>(KEY, tid, 8);
  const record = find(THREADS, KEY, 16, hashOf(KEY, 16));
  if (record == 0) {
    asks = ASKS_THREAD;
    askedSize = 16;
    return NONE;
  }
  lastPid = pid;
  lastTid = tid;
  lastTrack = load<i32>(record, 8);
  return lastTrack;
}

/** The track of a series: by process, name and key, and by what the selectors among the args say. */
export function seriesTrack(pid: i64, name: i32, key: u32, member: u32): i32 {
  store<i64>(KEY, pid);
  store<i32>(KEY, name, 8);
  store<u32>(KEY, key, 12);
  let at = KEY + 16;
  for (let m: u32 = 0; m < memberCount; m++) {
    const selector = load<u32>(MEMBER_KEY + (<usize>m << 2));
    if ((load<u32>(<usize>selector, 8) & IS_SELECTOR) == 0) continue;
    const from = <usize>load<u32>(MEMBER_FROM + (<usize>m << 2));
    const size = <usize>load<u32>(MEMBER_TO + (<usize>m << 2)) - from;
    if (at + size + 8 > KEY + KEY_BYTES) return NONE;
    store<u32>(at, selector);
    store<u32>(at, <u32>size, 4);
    copyBytes(at + 8, from, size);
    at += size + 8;
  }
  const size = <u32>(at - KEY);
  const record = find(SERIES, KEY, size, hashOf(KEY, size));
  if (record != 0) return load<i32>(record, 8);
  asks = ASKS_SERIES;
  askedMember = member;
  askedSize = size;
  return NONE;
}
