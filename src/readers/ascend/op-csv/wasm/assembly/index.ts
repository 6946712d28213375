// Rows of tables to JSON args. See ../args-module.ts.
import { expectCells, findCells, lineEnd, lookAt, saysNothing, takePlainText, textFrom, textTo } from '../../../../../bytes/wasm/assembly/cells';
import { nonDigits } from '../../../../../bytes/wasm/assembly/number';
import { allocate, copyBytes, startHeap } from '../../../../../bytes/wasm/assembly/table';
import { CLOSE, COMMA, DOT, MINUS, OPEN, QUOTE } from '../../../../../bytes/wasm/assembly/text';

const LINE_FEED: u32 = 0x0a;
/** Longer integers would not come back as they are. */
const MOST_DIGITS: u32 = 15;
/** Of a member, beside its key and value: quotes and a comma. */
const MEMBER_BYTES: usize = 3;
/** Copies go on for so many bytes behind their end. */
const MARGIN: usize = 64;

export const CSV_BYTES: usize = 1 << 18;
export const MOST_ROWS: u32 = 1 << 10;
/** Where the rows stand, one behind the other, and where each of them begins, counted from there; the last ends there. */
export const CSV: usize = 0x8000;
export const ROW_FROM: usize = CSV + CSV_BYTES + MARGIN;
/** Where the args of each row end, counted from `json`. */
export const JSON_TO: usize = ROW_FROM + (<usize>MOST_ROWS << 2) + 16;
const HEAP: usize = (JSON_TO + (<usize>MOST_ROWS << 2) + 0xffff) & ~0xffff;

/** Where the args of the rows stand. */
export let json: usize = 0;
/** Of each cell: address and size of its key with quotes and colon; 0 for cells that are no args. */
let keys: usize = 0;
let cellCount: u32 = 0;
/** Where the next byte of args goes. */
let out: usize = 0;

/** Rows from here on have so many cells, with keys of so many bytes in all, which are to be put there. Returns where. */
export function startTable(cells: u32, keyBytes: usize): usize {
  startHeap(HEAP);
  cellCount = cells;
  expectCells(cells, allocate(<usize>cells << 2));
  keys = allocate(<usize>cells << 3);
  const bytes = allocate(keyBytes + MARGIN);
  json = allocate(CSV_BYTES + <usize>MOST_ROWS * (keyBytes + <usize>cells * MEMBER_BYTES + 2) + MARGIN);
  return bytes;
}

export function setKey(cell: u32, at: usize, size: u32): void {
  store<u32>(keys + (<usize>cell << 3), <u32>at);
  store<u32>(keys + (<usize>cell << 3), size, 4);
}

/** Writes args of the rows [first, end); returns the first that is left: `end`, or one that is not usual. */
export function writeRows(first: u32, end: u32): u32 {
  out = json;
  for (let row = first; row < end; row++) {
    const place = ROW_FROM + (<usize>row << 2);
    const from = CSV + <usize>load<u32>(place);
    const to = CSV + <usize>load<u32>(place, 4);
    if (to > from && !writeRow(from, to)) return row;
    store<u32>(JSON_TO + (<usize>row << 2), <u32>(out - json));
  }
  return end;
}

/** The rows have lost their line ends, so one is put behind for as long as it takes. */
function writeRow(from: usize, to: usize): bool {
  const behind = load<u8>(to);
  store<u8>(to, LINE_FEED);
  const begin = out;
  const isWritten = findCells(from, to + 1) && lineEnd == to && writeMembers();
  if (!isWritten) out = begin;
  store<u8>(to, behind);
  return isWritten;
}

@inline
function writeMembers(): bool {
  put(OPEN);
  const first = out;
  for (let cell: u32 = 0; cell < cellCount; cell++) {
    const key = <usize>load<u32>(keys + (<usize>cell << 3));
    if (key == 0) continue;
    lookAt(cell);
    if (saysNothing()) continue;
    if (!takePlainText()) return false;
    if (out > first) put(COMMA);
    putBytes(key, <usize>load<u32>(keys + (<usize>cell << 3), 4));
    const size = textTo - textFrom;
    if (isPlainNumber()) putBytes(textFrom, size);
    else {
      if (!isPlainText()) return false;
      put(QUOTE);
      putBytes(textFrom, size);
      put(QUOTE);
    }
  }
  put(CLOSE);
  return true;
}

@inline
function put(c: u32): void {
  store<u8>(out++, c);
}

@inline
function putBytes(from: usize, size: usize): void {
  copyBytes(out, from, size);
  out += size;
}

/** How many digits stand at p, up to `to`. */
@inline
function digitsAt(p: usize, to: usize): usize {
  const from = p;
  while (p < to) {
    const digits = ctz(nonDigits(p));
    p += digits;
    if (digits < 16) break;
  }
  return min(p, to) - from;
}

/** A JSON number without an exponent that keeps its value: `-12.50`, but not `007`, `.5` or `5.`. */
@inline
function isPlainNumber(): bool {
  const whole = <u32>load<u8>(textFrom) == MINUS ? textFrom + 1 : textFrom;
  const digits = digitsAt(whole, textTo);
  if (digits - 1 >= <usize>MOST_DIGITS || (digits > 1 && <u32>load<u8>(whole) == 0x30)) return false;
  const point = whole + digits;
  if (point == textTo) return true;
  const places = textTo - point - 1;
  return <u32>load<u8>(point) == DOT && places > 0 && digitsAt(point + 1, textTo) == places;
}

/** Printable ASCII that stands for itself in a JSON string. */
@inline
function isPlainText(): bool {
  for (let p = textFrom; p < textTo; p += 16) {
    const bytes = v128.load(p);
    const quotes = v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c)));
    // As signed bytes those over 0x7f are below the space.
    const others = v128.or(i8x16.lt_s(bytes, i8x16.splat(0x20)), i8x16.eq(bytes, i8x16.splat(0x7f)));
    const stops = <u32>i8x16.bitmask(v128.or(quotes, others));
    if (stops != 0 && p + ctz(stops) < textTo) return false;
  }
  return true;
}
