// Packets of track events, as track-events.ts has them. Positions in the output are lengths where it may grow between.
import { appendArgs, introduceString } from './caller';
import { putFlatArgs } from './flat-args';
import { appendFlows } from './flows';
import { appendEntries, CATEGORIES, EVENT_NAMES, hasNewStrings } from './interned';
import {
  ARGS,
  LONGEST_FLAT_BYTES,
  ROW_ARGS_BYTES,
  ROW_ARGS_FROM,
  ROW_CATEGORY,
  ROW_NAME,
} from './layout';
import { closeLength, MAX_VARINT_BYTES, outFrom, outLength, putVarint, roomAt, setOutLength } from './output';
import {
  addKnown,
  KNOWN_CATEGORIES,
  KNOWN_NAMES,
  lengthBytesOf,
  putHead,
  setLengthBytes,
} from './sequences';

/** TrackEvent.type. */
export const BEGIN: u32 = 1;
const END: u32 = 2;
export const INSTANT: u32 = 3;
const COUNTER: u32 = 4;

/** Tags of Trace, TracePacket and TrackEvent. */
const PACKET: u32 = 0x0a;
const TRACK_EVENT: u32 = 0x5a;
const TYPE: u32 = 0x48;
const NAME_IID: u32 = 0x50;
const CATEGORY_IIDS: u32 = 0x18;
const COUNTER_VALUE: u32 = 0x01f0;
const DOUBLE_COUNTER_VALUE: u32 = 0x02e1;

const NONE: i32 = -1;
/** Room for everything of a packet but args, flows and interned strings. */
const PACKET_BYTES: usize = 32 + 6 * MAX_VARINT_BYTES;
/** Annotations are at most so many times as long as flat args. */
const ARGS_GROWTH: usize = 4;
const MOST_EXACT: f64 = 9007199254740991;

/** Ends the innermost open slice of the sequence's track. */
export function putEnd(sequence: usize, timeNs: i64): void {
  const packet = roomAt(outLength, PACKET_BYTES);
  store<u8>(packet, PACKET);
  let at = putHead(packet + 2, sequence, timeNs);
  store<u32>(at, TRACK_EVENT | (2 << 8) | (TYPE << 16) | (END << 24));
  at += 4;
  store<u8>(packet + 1, <u32>(at - packet - 2));
  setOutLength(at - outFrom);
}

export function putSample(sequence: usize, timeNs: i64, value: f64): void {
  const packet = roomAt(outLength, PACKET_BYTES);
  store<u8>(packet, PACKET);
  let at = putHead(packet + 2, sequence, timeNs);
  const event = at;
  store<u32>(at, TRACK_EVENT | (TYPE << 16) | (COUNTER << 24));
  at += 4;
  if (abs(value) <= MOST_EXACT && trunc(value) == value) {
    store<u16>(at, COUNTER_VALUE);
    at = putVarint(at + 2, <u64>(<i64>value));
  } else {
    store<u16>(at, DOUBLE_COUNTER_VALUE);
    store<f64>(at + 2, value);
    at += 10;
  }
  store<u8>(event + 1, <u32>(at - event - 2));
  store<u8>(packet + 1, <u32>(at - packet - 2));
  setOutLength(at - outFrom);
}

/** The packet of a slice's begin or an instant. */
export function putNamed(type: u32, sequence: usize, timeNs: i64, row: u32): void {
  const column = <usize>row << 2;
  const argsBytes = load<u32>(ROW_ARGS_BYTES + column);
  const isFlat = argsBytes <= LONGEST_FLAT_BYTES;
  const reserved = lengthBytesOf(sequence);
  const packetLength = outLength + 1;
  let at = roomAt(outLength, PACKET_BYTES + (isFlat ? <usize>argsBytes * ARGS_GROWTH : 0));
  store<u8>(at, PACKET);
  at = putHead(at + 1 + reserved, sequence, timeNs);
  store<u8>(at, TRACK_EVENT);
  const eventLength = at + 1 - outFrom;
  at += 1 + reserved;
  store<u32>(at, TYPE | (type << 8) | (NAME_IID << 16));
  const name = load<u32>(ROW_NAME + column);
  at = putVarint(at + 3, name + 1);
  const category = load<i32>(ROW_CATEGORY + column);
  if (category != NONE) {
    store<u8>(at, CATEGORY_IIDS);
    at = putVarint(at + 1, <u32>category + 1);
    if (addKnown(sequence + KNOWN_CATEGORIES, category)) introduceString(CATEGORIES, category);
  }
  if (addKnown(sequence + KNOWN_NAMES, name)) introduceString(EVENT_NAMES, name);
  let length = at - outFrom;
  if (argsBytes != 0) {
    const from = ARGS + <usize>load<u32>(ROW_ARGS_FROM + column);
    const end = isFlat ? putFlatArgs(at, sequence, from, from + argsBytes) : 0;
    length = end != 0 ? end - outFrom : appendArgs(row, length);
  }
  length = appendFlows(row, length);
  const packetBytes = length - packetLength;
  if (reserved == 1 && packetBytes < 0x80 && !hasNewStrings()) {
    store<u8>(outFrom + eventLength, <u32>(length - eventLength - 1));
    store<u8>(outFrom + packetLength, <u32>(packetBytes - 1));
    setOutLength(length);
  } else closePacket(sequence, packetLength, eventLength, reserved, length);
}

function closePacket(sequence: usize, packetLength: usize, eventLength: usize, reserved: usize, length: usize): void {
  roomAt(length, 2 * MAX_VARINT_BYTES);
  length = closeLength(outFrom + eventLength, reserved, outFrom + length) - outFrom;
  setLengthBytes(sequence, length - packetLength - reserved < 0x80 ? 1 : 2);
  length = appendEntries(length);
  setOutLength(closeLength(outFrom + packetLength, reserved, outFrom + length) - outFrom);
}
