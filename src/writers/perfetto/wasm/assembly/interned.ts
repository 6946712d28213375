// Strings by number, as interned-data.ts, annotation-strings.ts and text-pool.ts have them.
import { add, allocate, copyBytes, countOf, find, hashOf, makeTable } from '../../../../bytes/wasm/assembly/table';
import { NAMES, RECENT, RECENT_SLOTS, TEXTS } from './layout';
import { MAX_VARINT_BYTES, outFrom, putVarint, roomAt, varintBytes } from './output';
import { addKnown, KNOWN_ARG_NAMES, KNOWN_ARG_TEXTS } from './sequences';

/** FNV-1a, as hashBytes. */
const HASH_SEED: u32 = 0x811c9dc5;
const HASH_PRIME: u32 = 0x01000193;

/** Fields of InternedData. */
export const CATEGORIES: u32 = 1;
export const EVENT_NAMES: u32 = 2;
const ANNOTATION_NAMES: u32 = 3;
const ANNOTATION_TEXTS: u32 = 29;

const INTERNED_DATA: u32 = 0x62;
const LARGEST_NAME_TABLE: u32 = 1 << 16;
const LARGEST_POOL: u32 = 1 << 18;
const SHORTEST_TEXT: u32 = 3;
const LONGEST_TEXT: u32 = 64;
const FIRST_ENTRIES_BYTES: usize = 1 << 12;

/** The InternedData of the packet being written. */
let entries: usize = 0;
let entriesBytes: usize = 0;
let entriesLength: usize = 0;

export function startStrings(): void {
  entries = 0;
  entriesBytes = 0;
  entriesLength = 0;
  makeTable(NAMES, 8);
  makeTable(TEXTS, 8);
}

@inline
export function hasNewStrings(): bool {
  return entriesLength != 0;
}

export function addEntry(field: u32, iid: u32, text: usize, size: u32): void {
  const needed = entriesLength + <usize>size + 5 * MAX_VARINT_BYTES;
  if (needed > entriesBytes) growEntries(needed);
  let at = putVarint(entries + entriesLength, (field << 3) | 2);
  at = putVarint(at, 1 + varintBytes(iid) + 1 + varintBytes(size) + size);
  store<u8>(at, 0x08); // iid
  at = putVarint(at + 1, iid);
  store<u8>(at, 0x12); // name or str
  at = putVarint(at + 1, size);
  memory.copy(at, text, size);
  entriesLength = at + size - entries;
}

function growEntries(needed: usize): void {
  const bytes = max(needed, max(entriesBytes * 2, FIRST_ENTRIES_BYTES));
  const bigger = allocate(bytes);
  copyBytes(bigger, entries, entriesLength);
  entries = bigger;
  entriesBytes = bytes;
}

/** Appends the field interned_data; returns the new length of the output. */
export function appendEntries(outLength: usize): usize {
  const length = entriesLength;
  if (length == 0) return outLength;
  let at = roomAt(outLength, length + 2 * MAX_VARINT_BYTES);
  store<u8>(at, INTERNED_DATA);
  at = putVarint(at + 1, length);
  memory.copy(at, entries, length);
  entriesLength = 0;
  return at + length - outFrom;
}

/** The iid of a name, or 0 when the table is full. */
export function nameIid(sequence: usize, from: usize, size: u32): u32 {
  if (countOf(NAMES) >= LARGEST_NAME_TABLE) return 0;
  const hash = hashOf(from, size);
  const known = find(NAMES, from, size, hash);
  const iid = load<u32>(known != 0 ? known : add(NAMES, from, size, hash)) + 1;
  introduceName(sequence, iid, from, size);
  return iid;
}

@inline
export function introduceName(sequence: usize, iid: u32, from: usize, size: u32): void {
  if (addKnown(sequence + KNOWN_ARG_NAMES, iid)) addEntry(ANNOTATION_NAMES, iid, from, size);
}

/** The iid of a text that repeats, or 0 when it should be written in place. */
export function textIid(sequence: usize, from: usize, size: u32): u32 {
  if (size < SHORTEST_TEXT || size > LONGEST_TEXT || countOf(TEXTS) == LARGEST_POOL) return 0;
  const tableHash = hashOf(from, size);
  let record = find(TEXTS, from, size, tableHash);
  // Hashing byte by byte is slow, so records keep that hash as their value.
  const hash = record != 0 ? load<u32>(record, 8) : hashBytes(from, size);
  const recent = RECENT + (<usize>((hash ^ (hash >>> 16)) & (RECENT_SLOTS - 1)) << 2);
  if (load<u32>(recent) != hash) {
    store<u32>(recent, hash);
    return 0;
  }
  if (record == 0) {
    record = add(TEXTS, from, size, tableHash);
    store<u32>(record, hash, 8);
  }
  const iid = load<u32>(record) + 1;
  introduceText(sequence, iid, from, size);
  return iid;
}

function hashBytes(from: usize, size: u32): u32 {
  let hash = HASH_SEED;
  for (let at = from; at < from + size; at++) hash = (hash ^ <u32>load<u8>(at)) * HASH_PRIME;
  return hash;
}

@inline
export function introduceText(sequence: usize, iid: u32, from: usize, size: u32): void {
  if (addKnown(sequence + KNOWN_ARG_TEXTS, iid)) addEntry(ANNOTATION_TEXTS, iid, from, size);
}
