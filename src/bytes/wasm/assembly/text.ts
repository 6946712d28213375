// Walking over JSON bytes, 16 at a time. Behind the data stand zero bytes: they stop every loop.
import { BRACKETS, BRACKETS_DEPTH } from './layout';

export const QUOTE: u32 = 0x22;
export const BACKSLASH: u32 = 0x5c;
export const COMMA: u32 = 0x2c;
export const COLON: u32 = 0x3a;
export const OPEN: u32 = 0x7b;
export const CLOSE: u32 = 0x7d;
export const DOT: u32 = 0x2e;
export const MINUS: u32 = 0x2d;

@inline
export function skipSpace(p: usize): usize {
  let c = <u32>load<u8>(p);
  while (c <= 0x20) {
    if (c != 0x20 && c != 0x0a && c != 0x0d && c != 0x09) break;
    c = <u32>load<u8>(++p);
  }
  return p;
}

/** From behind a key's closing quote to the value; to address 0, where no value is, when there is no colon. */
@inline
export function valueAt(p: usize): usize {
  p = skipSpace(p);
  return <u32>load<u8>(p) == COLON ? skipSpace(p + 1) : 0;
}

/** 1 bits for what ends the plain run of a string: quote, backslash, control bytes. */
@inline
function stringStops(bytes: v128): u32 {
  const quotes = i8x16.eq(bytes, i8x16.splat(0x22));
  const backslashes = i8x16.eq(bytes, i8x16.splat(0x5c));
  const controls = i8x16.eq(i8x16.min_u(bytes, i8x16.splat(0x1f)), bytes);
  return <u32>i8x16.bitmask(v128.or(v128.or(quotes, backslashes), controls));
}

/** The first byte that ends the plain run of a string. */
@inline
export function plainEnd(p: usize): usize {
  while (true) {
    const stops = stringStops(v128.load(p));
    if (stops != 0) return p + ctz(stops);
    p += 16;
  }
}

/** Whether the run found last holds bytes over 0x7f. */
export let beyondAscii: u32 = 0;

/** Like plainEnd, and notices bytes over 0x7f. */
@inline
export function noticingEnd(p: usize): usize {
  let high: u32 = 0;
  while (true) {
    const bytes = v128.load(p);
    const stops = stringStops(bytes);
    const highBits = <u32>i8x16.bitmask(bytes);
    if (stops != 0) {
      const size = ctz(stops);
      beyondAscii = high | (highBits & ((1 << size) - 1));
      return p + size;
    }
    high |= highBits;
    p += 16;
  }
}

/** Valid UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
export function isUtf8(from: usize, to: usize): bool {
  while (from < to) {
    const lead = <u32>load<u8>(from++);
    if (lead < 0x80) continue;
    if (lead < 0xc2 || lead > 0xf4) return false;
    const more: usize = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (from + more > to) return false;
    const second = <u32>load<u8>(from);
    const least: u32 = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const most: u32 = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) return false;
    for (let k: usize = 1; k < more; k++) if ((load<u8>(from + k) & 0xc0) != 0x80) return false;
    from += more;
  }
  return true;
}

/** From the opening quote to behind the closing one; 0 when it is not there. Control bytes are let through. */
export function skipString(p: usize, limit: usize): usize {
  p++;
  while (true) {
    p = plainEnd(p);
    if (p >= limit) return 0;
    const c = <u32>load<u8>(p);
    if (c == QUOTE) return p + 1;
    p += c == BACKSLASH ? 2 : 1;
  }
}

/** A number or literal; 0 where there is none or it goes on behind the limit. */
export function skipWord(p: usize, limit: usize): usize {
  const from = p;
  while (isWordByte(<u32>load<u8>(p))) p++;
  return p >= limit || p == from ? 0 : p;
}

function isWordByte(c: u32): bool {
  return (c >= 0x30 && c <= 0x39) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a) || c == 0x2d || c == 0x2b || c == 0x2e;
}

/** What may follow a number inside a container. */
@inline
export function endsNumber(c: u32): bool {
  return c == COMMA || c == CLOSE || c == 0x5d || c == 0x20 || c == 0x0a || c == 0x0d || c == 0x09;
}

/** From the opening bracket to behind the one that closes it; 0 when brackets do not match or go too deep. */
export function skipContainer(p: usize, limit: usize): usize {
  let depth: u32 = 0;
  while (true) {
    const c = <u32>load<u8>(p);
    if (c == QUOTE) {
      p = skipString(p, limit);
      if (p == 0) return 0;
      continue;
    }
    if (p >= limit) return 0;
    if (c == OPEN || c == 0x5b) {
      if (depth == BRACKETS_DEPTH) return 0;
      store<u8>(BRACKETS + depth++, c + 2);
    } else if (c == CLOSE || c == 0x5d) {
      if (<u32>load<u8>(BRACKETS + --depth) != c) return 0;
      if (depth == 0) return p + 1;
    }
    p++;
  }
}
