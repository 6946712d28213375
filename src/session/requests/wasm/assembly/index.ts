// Draws a row of slices as row-detail.ts does, which is the specification. To wait for memory is most of what a far zoom
// costs, so the blocks of all borders are asked for before one is looked into, and the slices of a block are compared at
// once, without a branch.

/** As slice-blocks.ts lays a block out: eight starts, then eight sums of lengths. */
const BLOCK_BITS: i32 = 3;
const BLOCK_BYTES: i32 = 64;
const SUMS: i32 = 32;
const NONE: i32 = -1;
const MOST_NS: f64 = 2147483647;
/** As share-code.ts. */
const ROUNDING: f64 = 2.220446049250313e-16;

/** Of each border between columns, then of each column: as many as there may be. */
export const MOST_COLUMNS: i32 = 8192;
const BORDERS: i32 = MOST_COLUMNS + 8;
const BLOCK: i32 = 0x10000;
const COUNT: i32 = BLOCK + 4 * BORDERS;
const START: i32 = COUNT + 4 * BORDERS;
const DUR: i32 = START + 8 * BORDERS;
const BEFORE: i32 = DUR + 8 * BORDERS;
export const WIDE: i32 = BEFORE + 8 * BORDERS;
export const LONGEST: i32 = WIDE + 4 * BORDERS;
export const COVERAGE: i32 = LONGEST + 4 * BORDERS;
let freeFrom: usize = COVERAGE + BORDERS;

/** Of the row: where it stands, as `choose` was told. */
let words: i32 = 0;
let firstNs: i32 = 0;
let beforeNs: i32 = 0;
let parts: i32 = 0;
let mostNs: i32 = 0;
let mostRow: i32 = 0;
/** By position; 0: the position itself. */
let rows: i32 = 0;
let lastPart: i32 = 0;
let partsPerNs: f64 = 0;

/** How long the slice found last lasts, and its row; of `longestOfPart` its position is told. */
let foundNs: i32 = 0;
let foundRow: i32 = 0;
/** So that nobody takes the look at all blocks for useless. */
let asked: i32 = 0;

/** An address where a line of the processor's cache begins; 0: memory is full. */
export function allocate(sizeBytes: u32): usize {
  const from = (freeFrom + 63) & ~63;
  const end = u64(from) + u64(sizeBytes);
  const missing = i64(end + 0xffff >> 16) - i64(memory.size());
  if (end > 0xffff0000 || (missing > 0 && memory.grow(i32(missing)) < 0)) return 0;
  freeFrom = usize(end);
  return from;
}

/** The row that is drawn next. */
export function choose(
  itsWords: i32, itsFirstNs: i32, itsBeforeNs: i32, itsParts: i32, itsMostNs: i32, itsMostRow: i32, itsRows: i32,
  itsLastPart: i32, itsPartsPerNs: f64,
): void {
  words = itsWords;
  firstNs = itsFirstNs;
  beforeNs = itsBeforeNs;
  parts = itsParts;
  mostNs = itsMostNs;
  mostRow = itsMostRow;
  rows = itsRows;
  lastPart = itsLastPart;
  partsPerNs = itsPartsPerNs;
}

/** Fills LONGEST, COVERAGE and WIDE, and tells how many are wide. */
export function draw(originNs: f64, widthNs: f64, columnCount: i32, leastWideNs: f64): i32 {
  findBlocks(originNs, widthNs, columnCount);
  const wideCount = lookAtBorders(originNs, widthNs, columnCount, leastWideNs);
  for (let column = 0; column < columnCount; column++) drawColumn(column, widthNs);
  return wideCount;
}

function findBlocks(originNs: f64, widthNs: f64, columnCount: i32): void {
  const shiftNs = originNs - load<f64>(firstNs);
  let block = 0;
  let seen = 0;
  for (let i = 0; i <= columnCount; i++) {
    const sinceNs = f64(i) * widthNs;
    const part = i32(min(max((shiftNs + sinceNs) * partsPerNs, 0), f64(lastPart)));
    const end = load<i32>(parts + part * 4, 4);
    block = max(block, load<i32>(parts + part * 4));
    block = lastBefore(originNs, sinceNs, block, end);
    store<i32>(BLOCK + i * 4, block);
    seen += load<i32>(words + block * BLOCK_BYTES);
  }
  asked = seen;
}

/** The last block in [block, end] that begins before a time, else `block`. Soon found where it is not far. */
function lastBefore(originNs: f64, sinceNs: f64, block: i32, end: i32): i32 {
  let before = block;
  let step = 1;
  while (before + step <= end && load<f64>(firstNs + (before + step) * 8) - originNs < sinceNs) {
    before += step;
    step *= 2;
  }
  while (step > 1) {
    step >>= 1;
    if (before + step <= end && load<f64>(firstNs + (before + step) * 8) - originNs < sinceNs) before += step;
  }
  return before;
}

/** Starts are whole ns, so what begins before a time begins before the next whole one. */
function lookAtBorders(originNs: f64, widthNs: f64, columnCount: i32, leastWideNs: f64): i32 {
  const wholeNs = Math.floor(originNs);
  const partNs = originNs - wholeNs;
  const endNs = f64(columnCount) * widthNs;
  let wideCount = 0;
  let known = NONE;
  for (let i = 0; i <= columnCount; i++) {
    const block = load<i32>(BLOCK + i * 4);
    const at = words + block * BLOCK_BYTES;
    const first = load<f64>(firstNs + block * 8) - wholeNs;
    const sinceNs = min(max(Math.ceil(f64(i) * widthNs + partNs) - first, 0), MOST_NS);
    const slot = startsBefore(at, i32x4.splat(i32(sinceNs)));
    const doneNs = slot < 2 ? 0 : load<i32>(at + slot * 4, SUMS - 8);
    const startNs = slot == 0 ? 0 : first - partNs + f64(load<i32>(at + slot * 4 - 4));
    const durNs = slot == 0 ? 0 : f64(load<i32>(at + slot * 4, SUMS - 4) - doneNs);
    const count = (block << BLOCK_BITS) + slot;
    store<i32>(COUNT + i * 4, count);
    store<f64>(START + i * 8, startNs);
    store<f64>(DUR + i * 8, durNs);
    store<f64>(BEFORE + i * 8, load<f64>(beforeNs + block * 8) + f64(doneNs));
    if (count != known && min(startNs + durNs, endNs) - max(0, startNs) >= leastWideNs) {
      store<i32>(WIDE + wideCount++ * 4, rowOf(count - 1));
    }
    known = count;
  }
  return wideCount;
}

function startsBefore(at: i32, sinceNs: v128): i32 {
  const low = i32x4.bitmask(i32x4.lt_s(v128.load(at), sinceNs));
  return popcnt(low | (i32x4.bitmask(i32x4.lt_s(v128.load(at, 16), sinceNs)) << 4));
}

function drawColumn(column: i32, widthNs: f64): void {
  const fromNs = f64(column) * widthNs;
  const toNs = f64(column + 1) * widthNs;
  const first = load<i32>(COUNT + column * 4);
  const last = load<i32>(COUNT + column * 4, 4) - 1;
  const durNs = load<f64>(DUR + column * 8);
  // Of the slice that began last before the column.
  let leadNs = min(load<f64>(START + column * 8) + durNs, toNs) - fromNs;
  let lead = leadNs > 0 ? rowOf(first - 1) : NONE;
  let busyNs = max(leadNs, 0);
  if (last > first) {
    busyNs += load<f64>(BEFORE + column * 8, 8) - (load<f64>(BEFORE + column * 8) + durNs);
    findLongest(first, last);
    if (lead == NONE || f64(foundNs) > leadNs) {
      lead = foundRow;
      leadNs = f64(foundNs);
    }
  }
  if (last >= first) {
    const startNs = load<f64>(START + column * 8, 8);
    const lastNs = min(startNs + load<f64>(DUR + column * 8, 8), toNs) - startNs;
    busyNs += lastNs;
    if (lead == NONE || lastNs > leadNs) lead = rowOf(last);
  }
  store<i32>(LONGEST + column * 4, lead);
  store<u8>(COVERAGE + column, shareCode(busyNs, fromNs, toNs));
}

function shareCode(partNs: f64, fromNs: f64, toNs: f64): u8 {
  if (partNs <= 0) return 0;
  const wholeNs = toNs - fromNs;
  return partNs >= wholeNs - toNs * ROUNDING ? 255 : u8(1 + i32((partNs / wholeNs) * 254));
}

function rowOf(position: i32): i32 {
  return rows == 0 ? position : load<i32>(rows + position * 4);
}

/** The first of the longest slices in [from, to), which is not empty. */
function findLongest(from: i32, to: i32): void {
  const firstBlock = (from + 7) >> BLOCK_BITS;
  const endBlock = to >> BLOCK_BITS;
  foundNs = NONE;
  if (firstBlock > endBlock) {
    findInPart(from, to, NONE);
    return;
  }
  if (firstBlock < endBlock) findInBlocks(firstBlock, endBlock);
  const start = firstBlock << BLOCK_BITS;
  const end = endBlock << BLOCK_BITS;
  // Of equally long ones the first counts, so what is before the whole blocks may be as long as the best of them.
  if (from < start && load<i32>(mostNs + firstBlock * 4 - 4) >= foundNs) findInPart(from, start, foundNs - 1);
  if (end < to && load<i32>(mostNs + endBlock * 4) > foundNs) findInPart(end, to, foundNs);
}

function findInBlocks(from: i32, to: i32): void {
  let most = i32x4.splat(NONE);
  let block = from;
  for (; block + 4 <= to; block += 4) most = i32x4.max_s(most, v128.load(mostNs + block * 4));
  foundNs = highest(most);
  for (; block < to; block++) foundNs = max(foundNs, load<i32>(mostNs + block * 4));
  most = i32x4.splat(foundNs);
  block = from;
  let equal = i32x4.bitmask(i32x4.eq(v128.load(mostNs + block * 4), most));
  while (equal == 0) {
    block += 4;
    equal = i32x4.bitmask(i32x4.eq(v128.load(mostNs + block * 4), most));
  }
  foundRow = load<i32>(mostRow + (block + ctz(equal)) * 4);
}

/** In a part of a block: if it is longer than `leastNs`. */
function findInPart(from: i32, to: i32, leastNs: i32): void {
  const at = words + (from >> BLOCK_BITS) * BLOCK_BYTES;
  const low = v128.load(at, SUMS);
  const high = v128.load(at, SUMS + 16);
  const beforeLow = i8x16.shuffle(i32x4.splat(0), low, 0, 1, 2, 3, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27);
  const beforeHigh = i8x16.shuffle(low, high, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27);
  const first = from & 7;
  const end = first + to - from;
  const lowNs = within(i32x4.sub(low, beforeLow), i32x4(0, 1, 2, 3), first, end);
  const highNs = within(i32x4.sub(high, beforeHigh), i32x4(4, 5, 6, 7), first, end);
  const longestNs = highest(i32x4.max_s(lowNs, highNs));
  if (longestNs <= leastNs) return;
  const most = i32x4.splat(longestNs);
  const equal = i32x4.bitmask(i32x4.eq(lowNs, most)) | (i32x4.bitmask(i32x4.eq(highNs, most)) << 4);
  foundNs = longestNs;
  foundRow = rowOf((from & ~7) + ctz(equal));
}

/** NONE where a slot is not in [first, end). */
function within(values: v128, slots: v128, first: i32, end: i32): v128 {
  const isIn = v128.and(i32x4.ge_s(slots, i32x4.splat(first)), i32x4.lt_s(slots, i32x4.splat(end)));
  return v128.bitselect(values, i32x4.splat(NONE), isIn);
}

function highest(values: v128): i32 {
  const halves = i32x4.max_s(values, i64x2.shuffle(values, values, 1, 0));
  return i32x4.extract_lane(i32x4.max_s(halves, i32x4.shuffle(halves, halves, 1, 0, 3, 2)), 0);
}
