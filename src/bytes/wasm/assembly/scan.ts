// Runs of usual events to rows. What this does not take as it stands is left to the caller, whole and untouched:
// escapes, exponents, other phases, other keys, keys written twice, anything not complete.
import { argsStrict, forgetArgs, memberCount, PLAIN_DIGITS, scanArgs, typedColumns, typedTextCount } from './args';
import { takeCounter } from './counters';
import { idHigh, idLow, splitId, stemEnd } from './flows';
import { foundNothing, foundOne, foundUnusual } from './found';
import { BUFFER, CATEGORY_COLUMNS, TYPED_FROM, TYPED_TEXTS, TYPED_TO, TYPED_VALUE } from './layout';
import { integerAt, isDigit, nonDigits } from './number';
import { hasRoomForStrings, NONE, stringOf } from './strings';
import { addFlowEnd, addSlice, hasRoomForEvent } from './tape';
import { CLOSE, COMMA, DOT, endsNumber, OPEN, plainEnd, QUOTE, skipContainer, skipSpace, skipWord, valueAt } from './text';
import { hasRoomForTracks, threadTrack } from './tracks';

const NAME: u32 = 1;
const PHASE: u32 = 2;
const CATEGORY: u32 = 4;
const TS: u32 = 8;
const DUR: u32 = 16;
const PID: u32 = 32;
const TID: u32 = 64;
const ARGS: u32 = 128;
const ID: u32 = 256;
const BP: u32 = 512;
const ALWAYS: u32 = NAME | PHASE | TS | PID;

const MOST_MICROS: i64 = 9007199254740991;
const MOST_DUR_DIGITS: u32 = 12;
export const REACH_MICROS: i64 = 4500000000000;
const REACH_NS: i64 = REACH_MICROS * 1000;

let limit: usize = 0;
let baseMicros: i64 = 0;
let fileBase: f64 = 0;
let categoryColumnCount: u32 = 0;
let flowNamesEndInId: bool = false;

/** How many of CATEGORY_COLUMNS there are. */
export function setCategoryColumnCount(count: u32): void {
  categoryColumnCount = count;
}

export function setFlowNamesEndInId(endInId: bool): void {
  flowNamesEndInId = endInId;
}

/**
 * Takes events from the brace at `from` on, until one is not usual or the tape is full, and adds them to it. Args of the rows stand at
 * `base` + their place in the buffer. Returns the position behind the last event taken, or `from`.
 */
export function scan(from: usize, to: usize, base: f64, micros: i64): usize {
  limit = to;
  fileBase = base;
  baseMicros = micros;
  foundNothing();
  let done = from;
  let p = from;
  while (hasRoomForEvent() && hasRoomForStrings() && hasRoomForTracks()) {
    const end = takeEvent(p);
    if (end == 0) {
      foundUnusual(p);
      break;
    }
    done = end;
    p = skipSpace(end);
    if (<u32>load<u8>(p) != COMMA) break;
    p = skipSpace(p + 1);
    if (<u32>load<u8>(p) != OPEN) break;
  }
  return done;
}

/** The brace of what looks like an event behind another one, from `from` on; 0 when there is none before `to`. */
export function findEvent(from: usize, to: usize): usize {
  for (let p = from; p < to; p++) {
    if (<u32>load<u8>(p) != CLOSE) continue;
    const next = eventBehind(p + 1);
    if (next != 0 && next < to) return next;
  }
  return 0;
}

/** The brace of the event behind the one at `p`; 0 when that is not complete or something else follows. */
export function nextEvent(p: usize, to: usize): usize {
  const end = skipContainer(p, to);
  return end == 0 ? 0 : eventBehind(end);
}

/** The brace of the event that follows what ends at `p`; 0 when something else does. */
export function eventBehind(p: usize): usize {
  p = skipSpace(p);
  if (<u32>load<u8>(p) != COMMA) return 0;
  p = skipSpace(p + 1);
  return <u32>load<u8>(p) == OPEN && <u32>load<u8>(skipSpace(p + 1)) == QUOTE ? p : 0;
}

/** Appends the event at p to the tape; returns the position behind it, 0 when it was not taken. */
function takeEvent(p: usize): usize {
  let present: u32 = 0;
  let phase: u32 = 0;
  let nameFrom: usize = 0;
  let nameTo: usize = 0;
  let categoryFrom: usize = 0;
  let categoryTo: usize = 0;
  let micros: i64 = 0;
  let nanos: i64 = 0;
  let durNs: i64 = 0;
  let rounded: u32 = 0;
  let pid: i64 = 0;
  let tid: i64 = -1;
  let argsFrom: usize = BUFFER;
  let argsTo: usize = BUFFER;
  let idFrom: usize = 0;
  let idTo: usize = 0;
  let encloses: bool = false;
  forgetArgs();
  p = skipSpace(p + 1);
  while (true) {
    if (<u32>load<u8>(p) != QUOTE) return 0;
    const head = load<u32>(p, 1);
    let field: u32;
    if (head == 0x656d616e) {
      // name
      if (<u32>load<u8>(p, 5) != QUOTE) return 0;
      field = NAME;
      p = valueAt(p + 6);
      if (<u32>load<u8>(p) != QUOTE) return 0;
      nameFrom = p + 1;
      nameTo = plainEnd(nameFrom);
      if (<u32>load<u8>(nameTo) != QUOTE) return 0;
      p = nameTo + 1;
    } else if (head == 0x22646970 || head == 0x22646974) {
      // pid, tid
      field = head == 0x22646970 ? PID : TID;
      p = valueAt(p + 5);
      const quoted = <u32>load<u8>(p) == QUOTE;
      if (quoted) p++;
      const digits = ctz(nonDigits(p));
      if (digits == 0 || digits > PLAIN_DIGITS || (digits > 1 && load<u8>(p) == 0x30)) return 0;
      const value = integerAt(p, digits);
      if (field == PID) pid = value;
      else tid = value;
      p += digits;
      if (quoted) {
        if (<u32>load<u8>(p++) != QUOTE) return 0;
      } else if (!endsNumber(<u32>load<u8>(p))) return 0;
    } else if ((head & 0xffffff) == 0x227374) {
      // ts
      field = TS;
      p = valueAt(p + 4);
      const quoted = <u32>load<u8>(p) == QUOTE;
      if (quoted) p++;
      const digits = ctz(nonDigits(p));
      if (digits == 0) return 0;
      micros = integerAt(p, digits);
      if (micros > MOST_MICROS) return 0;
      p += digits;
      if (<u32>load<u8>(p) == DOT) {
        p++;
        nanos = 0;
        let places: u32 = 0;
        for (let c = <u32>load<u8>(p); places < 3 && isDigit(c); c = <u32>load<u8>(++p)) {
          nanos = nanos * 10 + (c - 0x30);
          places++;
        }
        if (places == 0) return 0;
        if (places < 3) nanos *= places == 1 ? 100 : 10;
      }
      if (quoted) {
        if (<u32>load<u8>(p++) != QUOTE) return 0;
      } else if (!endsNumber(<u32>load<u8>(p))) return 0;
    } else if (head == 0x22727564) {
      // dur: half up on the fourth decimal
      field = DUR;
      p = valueAt(p + 5);
      const quoted = <u32>load<u8>(p) == QUOTE;
      if (quoted) p++;
      const stops = nonDigits(p);
      const digits = ctz(stops);
      if (digits == 0 || digits > MOST_DUR_DIGITS) return 0;
      durNs = integerAt(p, digits) * 1000;
      const whole = p;
      p += digits;
      if (<u32>load<u8>(p) == DOT) {
        p++;
        const end = ctz(stops & (stops - 1));
        let to = whole + end;
        if (end == 16) while (isDigit(<u32>load<u8>(to))) to++;
        const places = <u32>(to - p);
        if (places == 0) return 0;
        if (places >= 3) durNs += integerAt(p, 3);
        else durNs += integerAt(p, places) * (places == 1 ? 100 : 10);
        if (places > 3) {
          if (load<u8>(p, 3) >= 0x35) durNs++;
          let rest: u32 = 0;
          for (let q = p + 3; q < to; q++) rest |= <u32>load<u8>(q) & 15;
          rounded = <u32>(rest != 0);
        }
        p = to;
      }
      if (quoted) {
        if (<u32>load<u8>(p++) != QUOTE) return 0;
      } else if (!endsNumber(<u32>load<u8>(p))) return 0;
    } else if ((head & 0xffffff) == 0x226870) {
      // ph
      field = PHASE;
      p = valueAt(p + 4);
      const value = load<u32>(p);
      if ((value & 0xff00ff) != 0x220022) return 0;
      phase = (value >> 8) & 0xff;
      p += 3;
    } else if (head == 0x73677261) {
      // args
      if (<u32>load<u8>(p, 5) != QUOTE) return 0;
      field = ARGS;
      if ((present & ARGS) != 0) return 0;
      argsFrom = valueAt(p + 6);
      if (<u32>load<u8>(argsFrom) != OPEN) return 0;
      p = scanArgs(argsFrom, limit);
      if (p == 0) return 0;
      argsTo = p;
    } else if (head == 0x22746163) {
      // cat
      field = CATEGORY;
      p = valueAt(p + 5);
      if (<u32>load<u8>(p) != QUOTE) return 0;
      categoryFrom = p + 1;
      categoryTo = plainEnd(categoryFrom);
      if (<u32>load<u8>(categoryTo) != QUOTE) return 0;
      p = categoryTo + 1;
    } else if ((head & 0xffffff) == 0x226469) {
      // id
      field = ID;
      p = valueAt(p + 4);
      if (<u32>load<u8>(p) == QUOTE) {
        idFrom = p + 1;
        idTo = plainEnd(idFrom);
        if (<u32>load<u8>(idTo) != QUOTE) return 0;
        p = idTo + 1;
      } else {
        idFrom = p;
        idTo = skipWord(p, limit);
        if (idTo == 0) return 0;
        p = idTo;
      }
    } else if ((head & 0xffffff) == 0x227062) {
      // bp
      field = BP;
      p = valueAt(p + 4);
      if (<u32>load<u8>(p) != QUOTE) return 0;
      encloses = <u32>load<u8>(p, 1) == 0x65;
      p = plainEnd(p + 1);
      if (<u32>load<u8>(p++) != QUOTE) return 0;
    } else return 0;
    if ((present & field) != 0) return 0;
    present |= field;
    p = skipSpace(p);
    const c = <u32>load<u8>(p);
    if (c == COMMA) p = skipSpace(p + 1);
    else if (c == CLOSE) break;
    else return 0;
  }
  if ((present & ALWAYS) != ALWAYS || p >= limit) return 0;
  const sinceBase = micros - baseMicros;
  if (sinceBase >= REACH_MICROS || sinceBase <= -REACH_MICROS) return 0;
  const timeNs = sinceBase * 1000 + nanos;
  let taken = false;
  if (phase == 0x58) {
    if ((present & DUR) == 0 || timeNs + durNs >= REACH_NS) return 0;
    const track = threadTrack(pid, tid);
    if (!internTyped()) return 0;
    const name = stringOf(nameFrom, nameTo);
    if (name == NONE) return 0;
    let category = NONE;
    if ((present & CATEGORY) != 0) {
      category = stringOf(categoryFrom, categoryTo);
      if (category == NONE) return 0;
    } else category = categoryFromArgs();
    const args = fileBase + <f64>(argsFrom - BUFFER);
    const size = memberCount > 0 ? <u32>(argsTo - argsFrom) : 0;
    addSlice(track, <f64>timeNs, <f64>durNs, name, category, args, size, argsStrict, typedColumns);
    taken = true;
  } else if (phase == 0x43) {
    if ((present & ID) != 0 || !internTyped()) return 0;
    const name = stringOf(nameFrom, nameTo);
    if (name == NONE) return 0;
    if ((present & CATEGORY) != 0 && stringOf(categoryFrom, categoryTo) == NONE) return 0;
    taken = takeCounter(pid, name, <f64>timeNs);
  } else if (phase == 0x73 || phase == 0x74 || phase == 0x66) {
    if ((present & ID) == 0 || !splitId(idFrom, idTo)) return 0;
    const track = threadTrack(pid, tid);
    if (!internTyped()) return 0;
    const name = stringOf(nameFrom, flowNamesEndInId ? stemEnd(nameFrom, nameTo, idFrom, idTo) : nameTo);
    if (name == NONE) return 0;
    let category = NONE;
    if ((present & CATEGORY) != 0) {
      category = stringOf(categoryFrom, categoryTo);
      if (category == NONE) return 0;
    }
    const end: u32 = phase == 0x73 ? 0 : phase == 0x74 ? 1 : encloses ? 2 : 3;
    addFlowEnd(track, <f64>timeNs, name, category, idHigh, idLow, end);
    taken = true;
  }
  if (!taken) return 0;
  foundOne(rounded);
  return p + 1;
}

/** Typed text becomes string numbers, in the same places. */
function internTyped(): bool {
  for (let k: u32 = 0; k < typedTextCount; k++) {
    const column = <usize>load<u8>(TYPED_TEXTS + <usize>k);
    const text = stringOf(<usize>load<u32>(TYPED_FROM + (column << 2)), <usize>load<u32>(TYPED_TO + (column << 2)));
    if (text == NONE) return false;
    store<f64>(TYPED_VALUE + (column << 3), <f64>text);
  }
  return true;
}

function categoryFromArgs(): i32 {
  for (let k: u32 = 0; k < categoryColumnCount; k++) {
    const column = <usize>load<u32>(CATEGORY_COLUMNS + (<usize>k << 2));
    if ((typedColumns & (1 << <u32>column)) != 0) return <i32>load<f64>(TYPED_VALUE + (column << 3));
  }
  return NONE;
}
