// The args object of an event: its end, whether it is strict JSON, its typed keys and the places of its members.
import {
  ARGS_KEYS,
  COUNTER_MEMBERS,
  FIRST_KEY,
  MEMBER_FROM,
  MEMBER_KEY,
  MEMBER_TO,
  POWERS_F64,
  TYPED_FROM,
  TYPED_TEXTS,
  TYPED_TO,
  TYPED_VALUE,
} from './layout';
import { integerAt, isDigit, nonDigits, powerOfTen } from './number';
import { add, countOf, find, hashOf, isSame, RECORD_BYTES } from './table';
import {
  BACKSLASH,
  beyondAscii,
  CLOSE,
  COMMA,
  DOT,
  endsNumber,
  MINUS,
  noticingEnd,
  OPEN,
  QUOTE,
  skipContainer,
  skipSpace,
  skipWord,
  valueAt,
} from './text';

/** Integers of more digits may exceed int64 or a double, so a JSON writer must look at them. */
export const PLAIN_DIGITS: u32 = 15;
const MOST_KEYS: u32 = 4096;

/** The value of a key's record: its column of typed args + 1, and what else it is. */
export const COLUMN_MASK: u32 = 0xff;
export const IS_TEXT: u32 = 0x100;
export const IS_SELECTOR: u32 = 0x200;

/** Of the args scanned last. */
export let argsStrict: u32 = 0;
export let memberCount: u32 = 0;
/** Bits of the columns that were found. */
export let typedColumns: u32 = 0;
export let typedTextCount: u32 = 0;
/** Of the number scanned last. */
export let numberDigits: u32 = 0;
export let numberPlaces: u32 = 0;

export function forgetArgs(): void {
  argsStrict = 0;
  memberCount = 0;
  typedColumns = 0;
  typedTextCount = 0;
}

/** `p` stands on the opening brace; returns the position behind the closing one, 0 for what is not taken. */
export function scanArgs(p: usize, limit: usize): usize {
  argsStrict = 1;
  let count: u32 = 0;
  p = skipSpace(p + 1);
  if (<u32>load<u8>(p) == CLOSE) return p + 1;
  let before = FIRST_KEY;
  while (true) {
    if (<u32>load<u8>(p) != QUOTE) return 0;
    p++;
    // Exporters repeat the same keys in the same order: the one that came last time is tried first.
    let key = <usize>load<u32>(before, 12);
    let size = load<u32>(key, 4);
    if (key == 0 || !isSame(key + RECORD_BYTES, p, size)) {
      key = keyAt(p);
      if (key == 0) return 0;
      size = load<u32>(key, 4);
      store<u32>(before, <u32>key, 12);
    }
    before = key;
    p = valueAt(p + size);
    const from = p;
    const meaning = load<u32>(key, 8);
    p = (meaning & COLUMN_MASK) == 0 ? skipValue(p, limit) : scanTyped(p, meaning);
    if (p == 0) return 0;
    if (count < COUNTER_MEMBERS) {
      store<u32>(MEMBER_KEY + (<usize>count << 2), <u32>key);
      store<u32>(MEMBER_FROM + (<usize>count << 2), <u32>from);
      store<u32>(MEMBER_TO + (<usize>count << 2), <u32>p);
    }
    count++;
    p = skipSpace(p);
    const c = <u32>load<u8>(p);
    if (c == COMMA) p = skipSpace(p + 1);
    else if (c == CLOSE) break;
    else return 0;
  }
  memberCount = count;
  return p + 1;
}

/** The record of the key at p, with its closing quote; 0 for keys with escapes or over 0x7f, or too many keys. */
function keyAt(p: usize): usize {
  const end = noticingEnd(p);
  if (<u32>load<u8>(end) != QUOTE || beyondAscii != 0) return 0;
  const size = <u32>(end + 1 - p);
  const hash = hashOf(p, size);
  const key = find(ARGS_KEYS, p, size, hash);
  if (key != 0) return key;
  return countOf(ARGS_KEYS) < MOST_KEYS ? add(ARGS_KEYS, p, size, hash) : 0;
}

function scanTyped(p: usize, meaning: u32): usize {
  const column = (meaning & COLUMN_MASK) - 1;
  if ((typedColumns & (1 << column)) != 0) return 0;
  typedColumns |= 1 << column;
  if ((meaning & IS_TEXT) != 0) {
    if (<u32>load<u8>(p) != QUOTE) return 0;
    const end = noticingEnd(p + 1);
    if (<u32>load<u8>(end) != QUOTE) return 0;
    if (beyondAscii != 0) argsStrict = 0;
    store<u8>(TYPED_TEXTS + <usize>typedTextCount, column);
    typedTextCount++;
    store<u32>(TYPED_FROM + (<usize>column << 2), <u32>(p + 1));
    store<u32>(TYPED_TO + (<usize>column << 2), <u32>end);
    return end + 1;
  }
  const c = <u32>load<u8>(p);
  if (c != MINUS && !isDigit(c)) return 0;
  const end = plainNumberEnd(p);
  if (end == 0 || numberDigits == 0 || numberDigits > PLAIN_DIGITS) return 0;
  store<f64>(TYPED_VALUE + (<usize>column << 3), numberAt(p));
  return end;
}

function skipValue(p: usize, limit: usize): usize {
  const c = <u32>load<u8>(p);
  if (c == QUOTE) {
    const end = noticingEnd(p + 1);
    if (beyondAscii != 0) argsStrict = 0;
    return <u32>load<u8>(end) == QUOTE ? end + 1 : endOfUnusualString(end, limit);
  }
  if (c == MINUS || isDigit(c)) {
    const end = plainNumberEnd(p);
    if (end != 0) return end;
    argsStrict = 0;
    return skipWord(p, limit);
  }
  if (c == OPEN || c == 0x5b) {
    argsStrict = 0;
    return skipContainer(p, limit);
  }
  const end = literalEnd(p);
  if (end == 0 || !endsNumber(<u32>load<u8>(end))) argsStrict = 0;
  return skipWord(p, limit);
}

function literalEnd(p: usize): usize {
  const word = load<u32>(p);
  if (word == 0x65757274 || word == 0x6c6c756e) return p + 4; // true, null
  return word == 0x736c6166 && load<u8>(p, 4) == 0x65 ? p + 5 : 0; // false
}

/** From the first backslash or control byte to behind the closing quote. Only well-known escapes are strict. */
function endOfUnusualString(p: usize, limit: usize): usize {
  while (true) {
    if (p >= limit) return 0;
    const c = <u32>load<u8>(p);
    if (c == QUOTE) return p + 1;
    if (c != BACKSLASH || !isPlainEscape(<u32>load<u8>(p, 1))) argsStrict = 0;
    p = noticingEnd(p + (c == BACKSLASH ? 2 : 1));
    if (beyondAscii != 0) argsStrict = 0;
  }
}

function isPlainEscape(c: u32): bool {
  return c == 0x22 || c == 0x5c || c == 0x2f || c == 0x62 || c == 0x66 || c == 0x6e || c == 0x72 || c == 0x74;
}

/** Behind a number without exponent that something proper follows, else 0. Unusual digits make the args not strict. */
function plainNumberEnd(p: usize): usize {
  if (<u32>load<u8>(p) == MINUS) p++;
  const from = p;
  const stops = nonDigits(p);
  let whole = ctz(stops);
  if (whole == 16) whole = <u32>(digitsEnd(p + 16) - p);
  if (whole == 0 || whole > PLAIN_DIGITS || (whole > 1 && load<u8>(from) == 0x30)) argsStrict = 0;
  p += whole;
  let places: u32 = 0;
  if (<u32>load<u8>(p) == DOT) {
    p++;
    const end = whole < 15 ? ctz(stops & (stops - 1)) : 16;
    const to = end < 16 ? from + end : digitsEnd(p);
    places = <u32>(to - p);
    if (places == 0) argsStrict = 0;
    p = to;
  }
  numberDigits = whole + places;
  numberPlaces = places;
  return endsNumber(<u32>load<u8>(p)) ? p : 0;
}

function digitsEnd(p: usize): usize {
  while (isDigit(<u32>load<u8>(p))) p++;
  return p;
}

/** The number at p that plainNumberEnd has just measured, of at most 15 digits: one division rounds once. */
export function numberAt(p: usize): f64 {
  const negative = <u32>load<u8>(p) == MINUS;
  if (negative) p++;
  const whole = numberDigits - numberPlaces;
  let digits: i64 = whole > 0 ? integerAt(p, whole) : 0;
  if (numberPlaces > 0) digits = digits * powerOfTen(numberPlaces) + integerAt(p + whole + 1, numberPlaces);
  let value = <f64>digits;
  if (numberPlaces > 0) value /= load<f64>(POWERS_F64 + (<usize>numberPlaces << 3));
  return negative ? -value : value;
}

/** Measures a number that makes up [from, to); false for anything else. */
export function isNumberRange(from: usize, to: usize): bool {
  const c = <u32>load<u8>(from);
  return (c == MINUS || isDigit(c)) && plainNumberEnd(from) == to && numberDigits > 0;
}
