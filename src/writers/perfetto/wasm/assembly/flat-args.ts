// Args of usual shape to annotations, as flat-args.ts has them, step by step: what is met before the first unusual
// value leaves the same traces in tables and sequences.
import { integerAt, nonDigits } from '../../../../bytes/wasm/assembly/number';
import { add, allocate, copyBytes, countOf, find, hashOf, isSame, makeTable } from '../../../../bytes/wasm/assembly/table';
import {
  beyondAscii,
  CLOSE,
  COLON,
  COMMA,
  DOT,
  MINUS,
  noticingEnd,
  OPEN,
  QUOTE,
  skipSpace,
} from '../../../../bytes/wasm/assembly/text';
import { putNumber } from './caller';
import { introduceName, introduceText, nameIid, textIid } from './interned';
import { JOINTS, START } from './layout';
import { decimal, tenTo } from './numbers';
import { closeLength, putVarint } from './output';

/** Tags of TrackEvent and DebugAnnotation. */
const ANNOTATION: u32 = 0x22;
const NAME_IID: u32 = 0x08;
const INT: u32 = 0x20;
const DOUBLE: u32 = 0x29;
const TEXT: u32 = 0x32;
const TEXT_IID: u32 = 0x0188;

const MOST_JOINTS: u32 = 1 << 12;
const LONGEST_JOINT: usize = 64;
const LONGEST_TEXT: u32 = 64;
const EXACT_DIGITS: u32 = 15;
/** Of decimals: they fit an integer. */
const MOST_DIGITS: u32 = 18;

// A joint: its bytes (64), the last text behind it (64), its size, the place of the key in it, the key's size and iid,
// size and iid of the last text, the joint expected next.
const LAST_TEXT: usize = 64;
const SIZE: usize = 128;
const NAME_AT: usize = 132;
const NAME_SIZE: usize = 136;
const IID: usize = 140;
const LAST_SIZE: usize = 144;
const LAST_IID: usize = 148;
const NEXT: usize = 152;
const JOINT_BYTES: usize = 160;

export function startJoints(): void {
  makeTable(JOINTS, 8);
}

/** Where the value ends that was written last. */
let valueEnd: usize = 0;

/** Writes the annotations; returns the position behind them, or 0 where the args are of another shape. */
export function putFlatArgs(at: usize, sequence: usize, from: usize, to: usize): usize {
  let joint = START;
  let p = from;
  do {
    const expected = <usize>load<u32>(joint, NEXT);
    if (expected != 0 && isSame(expected, p, load<u32>(expected, SIZE))) joint = expected;
    else {
      const found = jointAt(sequence, p, to, joint == START ? OPEN : COMMA);
      if (found == 0) return 0;
      store<u32>(joint, <u32>found, NEXT);
      joint = found;
    }
    p += <usize>load<u32>(joint, SIZE);
    const iid = load<u32>(joint, IID);
    if (p >= to || iid == 0) return 0;
    introduceName(sequence, iid, joint + <usize>load<u32>(joint, NAME_AT), load<u32>(joint, NAME_SIZE));
    const lengthAt = at + 1;
    store<u32>(at, ANNOTATION | (NAME_IID << 16));
    at = putVarint(at + 3, iid);
    const c = <u32>load<u8>(p);
    if (c == QUOTE) at = putText(at, sequence, joint, lengthAt, p + 1, to);
    else {
      at = putValue(at, p, c);
      if (at != 0) store<u8>(lengthAt, <u32>(at - lengthAt - 1));
    }
    if (at == 0) return 0;
    p = valueEnd;
  } while (p < to && <u32>load<u8>(p) != CLOSE);
  return p == to - 1 ? at : 0;
}

/** The joint at p, known or new; 0 where there is none, or no room for it. */
function jointAt(sequence: usize, p: usize, to: usize, opening: u32): usize {
  if (<u32>load<u8>(p) != opening) return 0;
  const key = skipSpace(p + 1) + 1;
  if (<u32>load<u8>(key - 1) != QUOTE) return 0;
  const end = noticingEnd(key);
  if (<u32>load<u8>(end) != QUOTE || beyondAscii != 0 || end == key) return 0;
  const colon = skipSpace(end + 1);
  const value = skipSpace(colon + 1);
  if (<u32>load<u8>(colon) != COLON || value >= to) return 0;
  if (value - p > LONGEST_JOINT || countOf(JOINTS) == MOST_JOINTS) return 0;
  const size = <u32>(value - p);
  const hash = hashOf(p, size);
  const known = find(JOINTS, p, size, hash);
  if (known != 0) return <usize>load<u32>(known, 8);
  const joint = allocate(JOINT_BYTES);
  store<u32>(add(JOINTS, p, size, hash), <u32>joint, 8);
  memory.copy(joint, p, size);
  store<u32>(joint, size, SIZE);
  store<u32>(joint, <u32>(key - p), NAME_AT);
  store<u32>(joint, <u32>(end - key), NAME_SIZE);
  store<u32>(joint, nameIid(sequence, key, <u32>(end - key)), IID);
  return joint;
}

/** A number; returns 0 where there is none. */
@inline
function putValue(at: usize, p: usize, first: u32): usize {
  const stops = nonDigits(p);
  const digits = ctz(stops);
  const c = <u32>load<u8>(p + digits);
  const isPlain = digits == 1 || (digits - 2 <= EXACT_DIGITS - 2 && first != 0x30);
  if (isPlain && (c == COMMA || c == CLOSE)) {
    valueEnd = p + digits;
    store<u8>(at, INT);
    return putVarint(at + 1, integerAt(p, digits));
  }
  return isPlain && c == DOT ? putDecimal(at, p, digits, first) : putUnusual(at, p);
}

function putDecimal(at: usize, p: usize, whole: u32, first: u32): usize {
  const fraction = p + whole + 1;
  let places = ctz(nonDigits(fraction));
  if (places == 16) places += ctz(nonDigits(fraction + 16));
  const c = <u32>load<u8>(fraction + places);
  const digits = first == 0x30 ? places : whole + places;
  if (places == 0 || digits > MOST_DIGITS || (c != COMMA && c != CLOSE)) return putUnusual(at, p);
  let value: u64 = integerAt(fraction, min(places, 16));
  if (places > 16) value = value * tenTo(places - 16) + integerAt(fraction + 16, places - 16);
  value += integerAt(p, whole) * tenTo(places);
  valueEnd = fraction + places;
  store<u8>(at, DOUBLE);
  store<f64>(at + 1, decimal(value, places));
  return at + 9;
}

/** Exponents, signs, numbers of many digits. */
function putUnusual(at: usize, p: usize): usize {
  let end = p;
  while (isNumberByte(<u32>load<u8>(end))) end++;
  if (end == p) return 0;
  const behind = putNumber(at, p, end);
  valueEnd = end;
  return behind == at ? 0 : behind;
}

function isNumberByte(c: u32): bool {
  return c - 0x30 <= 9 || c == MINUS || c == DOT || c == 0x2b || (c | 0x20) == 0x65;
}

@inline
function putText(at: usize, sequence: usize, joint: usize, lengthAt: usize, from: usize, limit: usize): usize {
  const size = load<u32>(joint, LAST_SIZE);
  const end = from + size;
  if (size == 0 || end >= limit || <u32>load<u8>(end) != QUOTE || !isSame(joint + LAST_TEXT, from, size))
    return putOtherText(at, sequence, joint, lengthAt, from, limit);
  const iid = load<u32>(joint, LAST_IID);
  introduceText(sequence, iid, joint + LAST_TEXT, size);
  valueEnd = end + 1;
  return closeWithIid(at, lengthAt, iid);
}

function putOtherText(at: usize, sequence: usize, joint: usize, lengthAt: usize, from: usize, limit: usize): usize {
  const end = noticingEnd(from);
  if (<u32>load<u8>(end) != QUOTE || beyondAscii != 0 || end >= limit) return 0;
  const size = <u32>(end - from);
  const iid = textIid(sequence, from, size);
  valueEnd = end + 1;
  if (iid == 0) {
    store<u8>(at, TEXT);
    at = putVarint(at + 1, size);
    memory.copy(at, from, size);
    return closeLength(lengthAt, 1, at + size);
  }
  if (size <= LONGEST_TEXT) {
    copyBytes(joint + LAST_TEXT, from, size);
    store<u32>(joint, size, LAST_SIZE);
    store<u32>(joint, iid, LAST_IID);
  }
  return closeWithIid(at, lengthAt, iid);
}

@inline
function closeWithIid(at: usize, lengthAt: usize, iid: u32): usize {
  store<u16>(at, TEXT_IID);
  at = putVarint(at + 2, iid);
  store<u8>(lengthAt, <u32>(at - lengthAt - 1));
  return at;
}
