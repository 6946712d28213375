// Packet sequences, as sequence.ts has them.
import { allocate, copyBytes } from '../../../../bytes/wasm/assembly/table';
import { putVarint } from './output';

// A sequence: the bytes between a packet's length and its time (16), how many these are, bytes to leave for lengths,
// time of the last packet (i64), ends of open slices (address, count, capacity), and four sets of ids.
const HEAD_BYTES: usize = 16;
const LENGTH_BYTES: usize = 20;
const LAST_NS: usize = 24;
const OPEN_ENDS: usize = 32;
const OPEN_COUNT: usize = 36;
const OPEN_CAPACITY: usize = 40;
/** Sets of the ids whose strings the sequence knows: address and size in words. */
export const KNOWN_NAMES: usize = 48;
export const KNOWN_CATEGORIES: usize = 56;
export const KNOWN_ARG_NAMES: usize = 64;
export const KNOWN_ARG_TEXTS: usize = 72;
const SEQUENCE_BYTES: usize = 80;

/** Tags of TracePacket. */
const SEQUENCE_ID: u32 = 0x50;
const SEQUENCE_FLAGS: u32 = 0x68;
const TIMESTAMP: u32 = 0x40;
const NEEDS_INCREMENTAL_STATE: u32 = 2;

const FIRST_OPEN: u32 = 8;
const FIRST_WORDS: u32 = 8;

export function newSequence(id: u32): usize {
  const sequence = allocate(SEQUENCE_BYTES);
  store<u8>(sequence, SEQUENCE_ID);
  const at = putVarint(sequence + 1, id);
  store<u32>(at, SEQUENCE_FLAGS | (NEEDS_INCREMENTAL_STATE << 8) | (TIMESTAMP << 16));
  store<u32>(sequence, <u32>(at + 3 - sequence), HEAD_BYTES);
  store<u32>(sequence, 1, LENGTH_BYTES);
  return sequence;
}

@inline
export function lengthBytesOf(sequence: usize): usize {
  return <usize>load<u32>(sequence, LENGTH_BYTES);
}

@inline
export function setLengthBytes(sequence: usize, bytes: u32): void {
  store<u32>(sequence, bytes, LENGTH_BYTES);
}

/** What a packet begins with: sequence, flags, time since the packet before. */
@inline
export function putHead(at: usize, sequence: usize, timeNs: i64): usize {
  v128.store(at, v128.load(sequence));
  const sinceLastNs = timeNs - load<i64>(sequence, LAST_NS);
  store<i64>(sequence, timeNs, LAST_NS);
  return putVarint(at + <usize>load<u32>(sequence, HEAD_BYTES), sinceLastNs);
}

@inline
export function openCount(sequence: usize): u32 {
  return load<u32>(sequence, OPEN_COUNT);
}

/** The end of the innermost open slice, of which there must be one. */
@inline
export function innermostEnd(sequence: usize): i64 {
  const count = load<u32>(sequence, OPEN_COUNT);
  return load<i64>(<usize>load<u32>(sequence, OPEN_ENDS) + (<usize>(count - 1) << 3));
}

@inline
export function popEnd(sequence: usize): void {
  store<u32>(sequence, load<u32>(sequence, OPEN_COUNT) - 1, OPEN_COUNT);
}

@inline
export function pushEnd(sequence: usize, endNs: i64): void {
  const count = load<u32>(sequence, OPEN_COUNT);
  if (count == load<u32>(sequence, OPEN_CAPACITY)) growOpen(sequence, count);
  store<i64>(<usize>load<u32>(sequence, OPEN_ENDS) + (<usize>count << 3), endNs);
  store<u32>(sequence, count + 1, OPEN_COUNT);
}

function growOpen(sequence: usize, count: u32): void {
  const capacity = max(FIRST_OPEN, count * 2);
  const bigger = allocate(<usize>capacity << 3);
  copyBytes(bigger, <usize>load<u32>(sequence, OPEN_ENDS), <usize>count << 3);
  store<u32>(sequence, <u32>bigger, OPEN_ENDS);
  store<u32>(sequence, capacity, OPEN_CAPACITY);
}

/** Adds to one of the sets; true when the id was not in it before. */
@inline
export function addKnown(set: usize, id: u32): bool {
  const word = id >>> 5;
  if (word >= load<u32>(set, 4)) growSet(set, word + 1);
  const at = <usize>load<u32>(set) + (<usize>word << 2);
  const bits = load<u32>(at);
  const bit: u32 = 1 << (id & 31);
  if ((bits & bit) != 0) return false;
  store<u32>(at, bits | bit);
  return true;
}

function growSet(set: usize, needed: u32): void {
  const old = load<u32>(set, 4);
  const words = max(needed, max(old * 2, FIRST_WORDS));
  const bigger = allocate(<usize>words << 2);
  memory.copy(bigger, <usize>load<u32>(set), <usize>old << 2);
  store<u32>(set, <u32>bigger);
  store<u32>(set, words, 4);
}
