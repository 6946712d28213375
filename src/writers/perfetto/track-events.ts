import type { Diagnostics } from '../../base/index.ts';
import type { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { closeLength, MAX_VARINT_BYTES, putDouble, putInt64, putVarint } from '../../bytes/proto.ts';
import { NONE, type StringId, type StringTable } from '../../timeline/index.ts';
import type { WindowArgs } from '../args-memory.ts';
import { AnnotationStrings } from './annotation-strings.ts';
import { Annotations } from './annotations.ts';
import { FlatArgs } from './flat-args.ts';
import { appendFlows, type FlowEnds } from './flow-ends.ts';
import { INTERNED, InternedData } from './interned-data.ts';
import type { Sequence } from './sequence.ts';

/** TrackEvent.type. */
const BEGIN = 1;
const END = 2;
const INSTANT = 3;
const COUNTER = 4;

/** Tags of Trace, TracePacket and TrackEvent. */
const PACKET = 0x0a;
const SEQUENCE_ID = 0x50;
const SEQUENCE_FLAGS = 0x68;
const TIMESTAMP = 0x40;
const TRACK_EVENT = 0x5a;
const TYPE = 0x48;
const NAME_IID = 0x50;
const CATEGORY_IIDS = 0x18;
const COUNTER_VALUE = [0xf0, 0x01];
const DOUBLE_COUNTER_VALUE = [0xe1, 0x02];

/** SEQ_NEEDS_INCREMENTAL_STATE. */
const NEEDS_INCREMENTAL_STATE = 2;

/** Room for everything of a packet but args, flows and interned strings. */
const PACKET_BYTES = 16 + 6 * MAX_VARINT_BYTES;
const ONE_BYTE_LENGTH = 0x80;
/** Longer args need no fast path. */
const LONGEST_FLAT_BYTES = 1 << 24;

/** What slices and instants have in common. */
interface NamedColumns {
  readonly name: Int32Array;
  readonly category: Int32Array;
}

/** Encodes the packets that a trace has millions of, straight into the output's bytes. Times are from the run's origin. */
export class TrackEvents {
  readonly #annotationStrings: AnnotationStrings;
  readonly #flatArgs: FlatArgs;
  readonly #annotations: Annotations;
  readonly #buffer: ByteBuffer;
  readonly #interned = new InternedData();
  readonly #strings: StringTable;

  constructor(buffer: ByteBuffer, strings: StringTable, diagnostics: Diagnostics) {
    this.#buffer = buffer;
    this.#strings = strings;
    this.#annotationStrings = new AnnotationStrings(this.#interned);
    this.#flatArgs = new FlatArgs(buffer, this.#annotationStrings);
    this.#annotations = new Annotations(buffer, this.#annotationStrings, diagnostics);
  }

  /** `index`: where the row stands in the window. */
  begin(
    sequence: Sequence,
    timeNs: number,
    columns: NamedColumns,
    row: number,
    args: WindowArgs,
    index: number,
    flows: FlowEnds | undefined,
  ): void {
    this.#named(BEGIN, sequence, timeNs, columns.name[row], columns.category[row], args, index, flows, row);
  }

  instant(
    sequence: Sequence,
    timeNs: number,
    columns: NamedColumns,
    row: number,
    args: WindowArgs,
    index: number,
  ): void {
    this.#named(INSTANT, sequence, timeNs, columns.name[row], columns.category[row], args, index, undefined, row);
  }

  /** Ends the innermost open slice of the sequence's track. */
  end(sequence: Sequence, timeNs: number): void {
    const buffer = this.#buffer;
    buffer.reserve(PACKET_BYTES);
    const bytes = buffer.bytes;
    const packetAt = buffer.length + 1;
    let at = putHead(bytes, packetAt, 1, sequence, timeNs);
    bytes[at] = TRACK_EVENT;
    bytes[at + 1] = 2;
    bytes[at + 2] = TYPE;
    bytes[at + 3] = END;
    at += 4;
    bytes[packetAt] = at - packetAt - 1;
    buffer.length = at;
  }

  sample(sequence: Sequence, timeNs: number, value: number): void {
    const buffer = this.#buffer;
    buffer.reserve(PACKET_BYTES);
    const bytes = buffer.bytes;
    const packetAt = buffer.length + 1;
    let at = putHead(bytes, packetAt, 1, sequence, timeNs);
    const eventAt = at + 1;
    bytes[at] = TRACK_EVENT;
    bytes[at + 2] = TYPE;
    bytes[at + 3] = COUNTER;
    at += 4;
    if (Number.isSafeInteger(value)) {
      bytes[at++] = COUNTER_VALUE[0];
      bytes[at++] = COUNTER_VALUE[1];
      at = putInt64(bytes, at, value);
    } else {
      bytes[at++] = DOUBLE_COUNTER_VALUE[0];
      bytes[at++] = DOUBLE_COUNTER_VALUE[1];
      at = putDouble(bytes, at, value);
    }
    bytes[eventAt] = at - eventAt - 1;
    bytes[packetAt] = at - packetAt - 1;
    buffer.length = at;
  }

  #named(
    type: number,
    sequence: Sequence,
    timeNs: number,
    name: StringId,
    category: StringId,
    args: WindowArgs,
    index: number,
    flows: FlowEnds | undefined,
    row: number,
  ): void {
    const buffer = this.#buffer;
    buffer.reserve(PACKET_BYTES);
    const bytes = buffer.bytes;
    const reserved = sequence.lengthBytes;
    const packetAt = buffer.length + 1;
    let at = putHead(bytes, packetAt, reserved, sequence, timeNs);
    const eventAt = at + 1;
    bytes[at] = TRACK_EVENT;
    at = eventAt + reserved;
    bytes[at] = TYPE;
    bytes[at + 1] = type;
    bytes[at + 2] = NAME_IID;
    at = putVarint(bytes, at + 3, name + 1);
    if (category !== NONE) {
      bytes[at] = CATEGORY_IIDS;
      at = putVarint(bytes, at + 1, category + 1);
      if (sequence.categories.add(category)) this.#introduce(INTERNED.categories, category);
    }
    if (sequence.names.add(name)) this.#introduce(INTERNED.eventNames, name);
    buffer.length = at;
    this.#args(sequence, args, index);
    if (flows !== undefined) appendFlows(buffer, flows, row);
    const packetBytes = buffer.length - packetAt - 1;
    if (reserved === 1 && packetBytes < ONE_BYTE_LENGTH && this.#interned.isEmpty) {
      buffer.bytes[eventAt] = buffer.length - eventAt - 1;
      buffer.bytes[packetAt] = packetBytes;
      return;
    }
    closeLength(buffer, eventAt, reserved);
    sequence.lengthBytes = buffer.length - packetAt - reserved < ONE_BYTE_LENGTH ? 1 : 2;
    this.#interned.moveTo(buffer);
    closeLength(buffer, packetAt, reserved);
  }

  #args(sequence: Sequence, { bytes, from, size }: WindowArgs, index: number): void {
    if (size[index] === 0) return;
    const start = from[index];
    const end = start + size[index];
    this.#annotationStrings.sequence = sequence;
    if (size[index] <= LONGEST_FLAT_BYTES && this.#flatArgs.write(bytes, start, end)) return;
    this.#annotations.write(bytes, start, end);
  }

  #introduce(field: number, string: StringId): void {
    this.#interned.add(field, string + 1, this.#strings.utf8(string));
  }
}

/** Starts a packet whose length is to stand at `packetAt`: sequence, flags, time since the packet before. */
function putHead(bytes: Uint8Array, packetAt: number, reserved: number, sequence: Sequence, timeNs: number): number {
  const at = packetAt + reserved;
  bytes[packetAt - 1] = PACKET;
  bytes[at] = SEQUENCE_ID;
  const flagsAt = putVarint(bytes, at + 1, sequence.id);
  bytes[flagsAt] = SEQUENCE_FLAGS;
  bytes[flagsAt + 1] = NEEDS_INCREMENTAL_STATE;
  bytes[flagsAt + 2] = TIMESTAMP;
  const sinceLastNs = timeNs - sequence.lastNs;
  sequence.lastNs = timeNs;
  return putVarint(bytes, flagsAt + 3, sinceLastNs);
}
