// The cells of a row of CSV: RFC 4180 with what exporters make of it, as in csv-scanner.ts.
import { COMMA, QUOTE } from './text';

const LINE_FEED: u32 = 0x0a;
const CARRIAGE_RETURN: u32 = 0x0d;
const DOUBLED_QUOTE: u32 = 0x2222;
/** N/A */
const NOTHING: u32 = 0x412f4e;
/** Longer quoted cells are not usual. */
const MOST_QUOTED_BYTES: usize = 1 << 16;

/** How many cells every row has to have. */
let cellCount: u32 = 0;
/** Where each cell of the row found last ends: at a comma, or at the end of the line. */
let cellEnds: usize = 0;
let rowStart: usize = 0;
/** Of the row found last: where its line feed stands, and where its last cell ends. */
export let lineEnd: usize = 0;
export let rowEnd: usize = 0;

/** Of the cell looked at last: its text without padding and the quotes around it. */
export let textFrom: usize = 0;
export let textTo: usize = 0;
let isQuoted: bool = false;

/** Rows from here on have so many cells; `memory` has four bytes for each. */
export function expectCells(count: u32, memory: usize): void {
  cellCount = count;
  cellEnds = memory;
}

/** 1 bits for commas, quotes and line feeds among the next 64 bytes. */
@inline
function cellStops(p: usize): u64 {
  const low = stopsIn(v128.load(p)) | (stopsIn(v128.load(p, 16)) << 16);
  const high = stopsIn(v128.load(p, 32)) | (stopsIn(v128.load(p, 48)) << 16);
  return <u64>low | (<u64>high << 32);
}

@inline
function stopsIn(bytes: v128): u32 {
  const commas = i8x16.eq(bytes, i8x16.splat(0x2c));
  const quotes = i8x16.eq(bytes, i8x16.splat(0x22));
  const lineFeeds = i8x16.eq(bytes, i8x16.splat(0x0a));
  return <u32>i8x16.bitmask(v128.or(v128.or(commas, quotes), lineFeeds));
}

/** Finds the cells of the row at `from`. False where they are too many or too few, or the row goes on behind the limit. */
export function findCells(from: usize, limit: usize): bool {
  rowStart = from;
  let cellFrom = from;
  let ends = cellEnds;
  const lastEnd = cellEnds + (<usize>(cellCount - 1) << 2);
  for (let at = from; at < limit; ) {
    let stops = cellStops(at);
    let next = at + 64;
    while (stops != 0) {
      const p = at + <usize>ctz(stops);
      stops &= stops - 1;
      const c = <u32>load<u8>(p);
      if (c == COMMA) {
        if (ends == lastEnd) return false;
        store<u32>(ends, <u32>p);
        ends += 4;
        cellFrom = p + 1;
      } else if (c == QUOTE) {
        if (skipPadding(cellFrom) != p) continue;
        next = quotedEnd(p, limit);
        if (next == 0) return false;
        break;
      } else {
        lineEnd = p;
        rowEnd = p > cellFrom && <u32>load<u8>(p - 1) == CARRIAGE_RETURN ? p - 1 : p;
        store<u32>(ends, <u32>rowEnd);
        return ends == lastEnd;
      }
    }
    at = next;
  }
  return false;
}

/** From the opening quote of a cell to the comma or line end behind it; 0 where no such thing follows. */
function quotedEnd(quote: usize, limit: usize): usize {
  const most = min(limit, quote + MOST_QUOTED_BYTES);
  let p = quote + 1;
  while (true) {
    p = quoteOrLineFeed(p, most);
    if (p >= most || <u32>load<u8>(p) == LINE_FEED) return 0;
    if (<u32>load<u8>(p, 1) != QUOTE) break;
    p += 2;
  }
  p = skipPadding(p + 1);
  const c = <u32>load<u8>(p);
  const isEnd = c == COMMA || c == LINE_FEED || (c == CARRIAGE_RETURN && <u32>load<u8>(p, 1) == LINE_FEED);
  return isEnd && p < limit ? p : 0;
}

@inline
function quoteOrLineFeed(p: usize, limit: usize): usize {
  for (; p < limit; p += 16) {
    const bytes = v128.load(p);
    const quotes = i8x16.eq(bytes, i8x16.splat(0x22));
    const stops = <u32>i8x16.bitmask(v128.or(quotes, i8x16.eq(bytes, i8x16.splat(0x0a))));
    if (stops != 0) return p + ctz(stops);
  }
  return limit;
}

@inline
function isPadding(c: u32): bool {
  return c == 0x20 || c == 0x09;
}

@inline
function skipPadding(p: usize): usize {
  while (isPadding(<u32>load<u8>(p))) p++;
  return p;
}

@inline
function trim(): void {
  while (textTo > textFrom && isPadding(<u32>load<u8>(textTo - 1))) textTo--;
  while (textFrom < textTo && isPadding(<u32>load<u8>(textFrom))) textFrom++;
}

@inline
export function lookAt(cell: u32): void {
  const at = cellEnds + (<usize>cell << 2);
  textFrom = cell == 0 ? rowStart : <usize>load<u32>(at - 4) + 1;
  textTo = <usize>load<u32>(at);
  trim();
  isQuoted = textFrom < textTo && <u32>load<u8>(textFrom) == QUOTE;
  if (!isQuoted) return;
  textFrom++;
  textTo--;
  trim();
}

/** How profilers spell that a cell holds nothing. */
@inline
export function saysNothing(): bool {
  const size = textTo - textFrom;
  return size == 0 || (size == 3 && (load<u32>(textFrom) & 0xffffff) == NOTHING);
}

/** Takes the quotes off that shapes stand in, which are doubled in their cell. False where others stand in the text. */
@inline
export function takePlainText(): bool {
  if (!isQuoted || !hasQuotes()) return true;
  if (textTo - textFrom < 4 || !isDoubledQuote(textFrom) || !isDoubledQuote(textTo - 2)) return false;
  textFrom += 2;
  textTo -= 2;
  return !hasQuotes();
}

@inline
function isDoubledQuote(at: usize): bool {
  return <u32>load<u16>(at) == DOUBLED_QUOTE;
}

@inline
function hasQuotes(): bool {
  for (let p = textFrom; p < textTo; p += 16) {
    const stops = <u32>i8x16.bitmask(i8x16.eq(v128.load(p), i8x16.splat(0x22)));
    if (stops != 0) return p + ctz(stops) < textTo;
  }
  return false;
}
