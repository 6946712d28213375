import { decimalValue } from '../args-scanner.ts';
import type { ScannerInstance } from './scanner-module.ts';
import type { NewTrack, Tape } from './tape.ts';

export const MOST_COLUMNS = 31;
/** A record's number, size, value and link stand before its bytes. */
const RECORD_BYTES = 16;
/** Kinds of tracks stand in the lowest bits of the address of their record. */
const KIND_BITS = 3;
const IS_SERIES = 1;
const IS_OF_CELLS = 2;

/** The tape as views of the scanner's memory, valid until its next call. */
export function readTape(instance: ScannerInstance, columnCount: number): Tape {
  const { exports, places, findings } = instance;
  fillLongValues(instance);
  const newStrings = newStringsOf(instance);
  const newTracks = newTracksOf(instance);
  const { buffer } = exports.memory;
  const i32 = (at: number, length: number): Int32Array => new Int32Array(buffer, at, length);
  const u32 = (at: number, length: number): Uint32Array => new Uint32Array(buffer, at, length);
  const f64 = (at: number, length: number): Float64Array => new Float64Array(buffer, at, length);
  const [slices, counters, flows] = [findings.sliceCount.value, findings.counterCount.value, findings.flowCount.value];
  return {
    newStrings,
    newTracks,
    slices: {
      track: i32(places.SLICE_TRACK, slices),
      startNs: f64(places.SLICE_START, slices),
      durNs: f64(places.SLICE_DUR, slices),
      name: i32(places.SLICE_NAME, slices),
      category: i32(places.SLICE_CATEGORY, slices),
      argsFrom: f64(places.SLICE_ARGS_FROM, slices),
      argsBytes: u32(places.SLICE_ARGS_BYTES, slices),
      argsStrict: new Uint8Array(buffer, places.SLICE_ARGS_STRICT, slices),
    },
    typed: Array.from(u32(places.TYPED_COUNT, columnCount), (count, column) => ({
      rows: u32(places.TYPED_ROWS + column * places.TAPE_ROWS * 4, count),
      values: f64(places.TYPED_VALUES + column * places.TAPE_ROWS * 8, count),
    })),
    counters: {
      track: i32(places.COUNTER_TRACK, counters),
      timeNs: f64(places.COUNTER_TIME, counters),
      value: f64(places.COUNTER_VALUE, counters),
    },
    flows: {
      track: i32(places.FLOW_TRACK, flows),
      timeNs: f64(places.FLOW_TIME, flows),
      end: new Uint8Array(buffer, places.FLOW_END, flows),
      name: i32(places.FLOW_NAME, flows),
      category: i32(places.FLOW_CATEGORY, flows),
      idHigh: f64(places.FLOW_ID_HIGH, flows),
      idLow: f64(places.FLOW_ID_LOW, flows),
    },
  };
}

function newStringsOf({ exports, places, findings }: ScannerInstance): Tape['newStrings'] {
  const memory = new Uint8Array(exports.memory.buffer);
  const words = new Uint32Array(exports.memory.buffer);
  const records = words.subarray(places.NEW_STRING / 4).subarray(0, findings.newStringCount.value);
  let size = 0;
  const ends = records.map((record) => (size += words[record / 4 + 1]));
  const bytes = new Uint8Array(size);
  records.forEach((record, k) => {
    const from = record + RECORD_BYTES;
    bytes.set(memory.subarray(from, from + words[record / 4 + 1]), k === 0 ? 0 : ends[k - 1]);
  });
  return { bytes, ends };
}

function newTracksOf({ exports, places, findings }: ScannerInstance): NewTrack[] {
  const records = new Uint32Array(exports.memory.buffer, places.NEW_TRACK, findings.newTrackCount.value);
  return Array.from(records, (record) => newTrack(exports.memory.buffer, record & ~KIND_BITS, record & KIND_BITS));
}

/** The keys of tracks as assembly/tracks.ts puts them together. */
function newTrack(memory: ArrayBuffer, record: number, kind: number): NewTrack {
  const view = new DataView(memory, record);
  const end = RECORD_BYTES + view.getUint32(4, true);
  if (kind === IS_OF_CELLS) {
    const cells = Array.from(sizedBytes(view, RECORD_BYTES + 4, 4, end), ({ bytes }) => bytes);
    return { kind: 'cells', category: view.getInt32(RECORD_BYTES, true), cells };
  }
  const pid = Number(view.getBigInt64(RECORD_BYTES, true));
  if (kind !== IS_SERIES) return { kind: 'thread', pid, tid: Number(view.getBigInt64(RECORD_BYTES + 8, true)) };
  const selectors = Array.from(sizedBytes(view, RECORD_BYTES + 16, 8, end), ({ at, bytes }) => ({
    key: keyText(memory, view.getUint32(at, true)),
    value: bytes,
  }));
  const name = view.getInt32(RECORD_BYTES + 8, true);
  return { kind: 'series', pid, name, key: keyText(memory, view.getUint32(RECORD_BYTES + 12, true)), selectors };
}

/** Pieces of the record, each behind `headBytes` that end in its size. */
function* sizedBytes(
  view: DataView<ArrayBuffer>,
  from: number,
  headBytes: number,
  end: number,
): Generator<{ at: number; bytes: Uint8Array }> {
  for (let at = from; at < end;) {
    const bytesFrom = view.byteOffset + at + headBytes;
    const size = view.getUint32(at + headBytes - 4, true);
    yield { at, bytes: new Uint8Array(view.buffer.slice(bytesFrom, bytesFrom + size)) };
    at += headBytes + size;
  }
}

/** A key of args, which stands in its record with the closing quote. */
function keyText(memory: ArrayBuffer, record: number): string {
  const size = new DataView(memory, record).getUint32(4, true);
  return new TextDecoder().decode(new Uint8Array(memory, record + RECORD_BYTES, size - 1));
}

/** Counter values of more digits than an integer holds are only noted where they stand. */
function fillLongValues({ exports, places, findings }: ScannerInstance): void {
  const count = findings.longValueCount.value;
  if (count === 0) return;
  const { buffer } = exports.memory;
  const memory = new Uint8Array(buffer);
  const triples = new Uint32Array(buffer, places.LONG_VALUE, count * 3);
  const values = new Float64Array(buffer, places.COUNTER_VALUE, places.TAPE_ROWS);
  for (let k = 0; k < triples.length; k += 3) {
    values[triples[k]] = decimalValue(memory, triples[k + 1], triples[k + 2]);
  }
}
