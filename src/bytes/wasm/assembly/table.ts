// Byte strings to records, each record with the number of the string, a value, and room for a link.

/** Record: number, size, value, link (u32 each), then the bytes, padded to 16. */
export const RECORD_BYTES: usize = 16;
const GROWTH_PAGES: i32 = 16;
const ARENA_BYTES: usize = 1 << 16;

let top: usize = 0;

/** Everything allocated stands from here on; what was allocated before is gone. The memory there is zero again. */
export function startHeap(at: usize): void {
  if (top > at) memory.fill(at, 0, top - at);
  top = at;
}

export function allocate(bytes: usize): usize {
  const at = top;
  top = (at + bytes + 15) & ~15;
  const missing = <i32>((top + 0xffff) >> 16) - memory.size();
  if (missing > 0 && memory.grow(max(missing, GROWTH_PAGES)) < 0) unreachable();
  return at;
}

/** In steps of 16: writes up to 15 bytes more. */
@inline
export function copyBytes(to: usize, from: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 16) v128.store(to + at, v128.load(from + at));
}

// A table: slots, mask, count, next free byte of its arena, end of it.
export function makeTable(table: usize, slotBits: u32): void {
  const slotCount: u32 = 1 << slotBits;
  store<u32>(table, <u32>allocate(slotCount << 3));
  store<u32>(table, slotCount - 1, 4);
}

@inline
export function countOf(table: usize): u32 {
  return load<u32>(table, 8);
}

@inline
function mixed(hash: u64, word: u64): u64 {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15;
  return hash ^ (hash >> 32);
}

@inline
export function hashOf(from: usize, size: u32): u32 {
  let hash: u64 = size;
  let rest = size;
  while (rest >= 8) {
    hash = mixed(hash, load<u64>(from));
    from += 8;
    rest -= 8;
  }
  if (rest > 0) hash = mixed(hash, load<u64>(from) & (((<u64>1) << (rest << 3)) - 1));
  return <u32>hash;
}

/** Whether two ranges are equal; up to 15 bytes behind them are read and ignored. */
@inline
export function isSame(a: usize, b: usize, size: u32): bool {
  let rest = size;
  while (rest > 16) {
    if (i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) != 0xffff) return false;
    a += 16;
    b += 16;
    rest -= 16;
  }
  return ((i8x16.bitmask(i8x16.eq(v128.load(a), v128.load(b))) | (0xffff << rest)) & 0xffff) == 0xffff;
}

/** The record of the bytes, or 0. */
@inline
export function find(table: usize, from: usize, size: u32, hash: u32): usize {
  const slots = <usize>load<u32>(table);
  const mask = load<u32>(table, 4);
  let slot = hash & mask;
  while (true) {
    const entry = load<u64>(slots + (<usize>slot << 3));
    if (entry == 0) return 0;
    const record = <usize>(<u32>entry);
    if (<u32>(entry >> 32) == hash && load<u32>(record, 4) == size && isSame(record + RECORD_BYTES, from, size))
      return record;
    slot = (slot + 1) & mask;
  }
}

/** Adds bytes that are not there yet. */
export function add(table: usize, from: usize, size: u32, hash: u32): usize {
  const needed = (RECORD_BYTES + <usize>size + 15) & ~15;
  let record = <usize>load<u32>(table, 12);
  if (record + needed > <usize>load<u32>(table, 16)) {
    const arena = max(needed, ARENA_BYTES);
    record = allocate(arena);
    store<u32>(table, <u32>(record + arena), 16);
  }
  store<u32>(table, <u32>(record + needed), 12);
  const count = countOf(table);
  store<u32>(table, count + 1, 8);
  store<u32>(record, count);
  store<u32>(record, size, 4);
  copyBytes(record + RECORD_BYTES, from, size);
  if ((count + 1) * 2 > load<u32>(table, 4)) rehash(table);
  claimSlot(table, ((<u64>hash) << 32) | <u64>record);
  return record;
}

function claimSlot(table: usize, entry: u64): void {
  const slots = <usize>load<u32>(table);
  const mask = load<u32>(table, 4);
  let slot = <u32>(entry >> 32) & mask;
  while (load<u64>(slots + (<usize>slot << 3)) != 0) slot = (slot + 1) & mask;
  store<u64>(slots + (<usize>slot << 3), entry);
}

function rehash(table: usize): void {
  const old = <usize>load<u32>(table);
  const oldCount = load<u32>(table, 4) + 1;
  store<u32>(table, <u32>allocate(<usize>oldCount << 4));
  store<u32>(table, oldCount * 2 - 1, 4);
  for (let slot: u32 = 0; slot < oldCount; slot++) {
    const entry = load<u64>(old + (<usize>slot << 3));
    if (entry != 0) claimSlot(table, entry);
  }
}
