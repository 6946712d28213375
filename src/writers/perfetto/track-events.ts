import type { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { closeLength, MAX_VARINT_BYTES, putDouble, putFixed64, putInt64, putVarint } from '../../bytes/proto.ts';
import { type ArgsBlock, NONE, type StringId, type StringTable } from '../../timeline/index.ts';
import { AnnotationStrings } from './annotation-strings.ts';
import { Annotations } from './annotations.ts';
import type { FlowEnds } from './flow-ends.ts';
import { INTERNED, InternedData } from './interned-data.ts';
import type { Sequence } from './sequence.ts';

/** TrackEvent.type. */
const BEGIN = 1;
const END = 2;
const INSTANT = 3;
const COUNTER = 4;

/** Tags of Trace, TracePacket and TrackEvent. */
const PACKET = 0x0a;
const TRACK_EVENT = 0x5a;
const TYPE = 0x48;
const NAME_IID = 0x50;
const CATEGORY_IIDS = 0x18;
const FLOW_IDS = [0xf9, 0x02];
const COUNTER_VALUE = [0xf0, 0x01];
const DOUBLE_COUNTER_VALUE = [0xe1, 0x02];

const FLOW_BYTES = 2 + 8;
/** Room for everything of a packet but args, flows and interned strings. */
const PACKET_BYTES = 16 + 6 * MAX_VARINT_BYTES;
const ONE_BYTE_LENGTH = 0x80;

/** What slices and instants have in common. */
interface NamedColumns {
  readonly name: Int32Array;
  readonly category: Int32Array;
}

/** Encodes the packets that a trace has millions of, straight into the output's bytes. Times are from the run's origin. */
export class TrackEvents {
  readonly annotations: Annotations;
  readonly #buffer: ByteBuffer;
  readonly #interned = new InternedData();
  readonly #strings: StringTable;
  #reserved = 1;
  #packetAt = 0;
  #eventAt = 0;

  constructor(buffer: ByteBuffer, strings: StringTable) {
    this.#buffer = buffer;
    this.#strings = strings;
    this.annotations = new Annotations(buffer, new AnnotationStrings(this.#interned));
  }

  /** `index`: where the row stands in the block of args. */
  begin(
    sequence: Sequence,
    timeNs: number,
    columns: NamedColumns,
    row: number,
    args: ArgsBlock,
    index: number,
    flows: FlowEnds | undefined,
  ): void {
    this.#open(sequence, timeNs, BEGIN, sequence.lengthBytes);
    this.#words(sequence, columns.name[row], columns.category[row]);
    this.#args(sequence, args, index);
    if (flows !== undefined) this.#flows(flows, row);
    this.#close(sequence);
  }

  instant(
    sequence: Sequence,
    timeNs: number,
    columns: NamedColumns,
    row: number,
    args: ArgsBlock,
    index: number,
  ): void {
    this.#open(sequence, timeNs, INSTANT, sequence.lengthBytes);
    this.#words(sequence, columns.name[row], columns.category[row]);
    this.#args(sequence, args, index);
    this.#close(sequence);
  }

  /** Ends the innermost open slice of the sequence's track. */
  end(sequence: Sequence, timeNs: number): void {
    this.#open(sequence, timeNs, END, 1);
    this.#closeShort();
  }

  sample(sequence: Sequence, timeNs: number, value: number): void {
    this.#open(sequence, timeNs, COUNTER, 1);
    const bytes = this.#buffer.bytes;
    let at = this.#buffer.length;
    if (Number.isSafeInteger(value)) {
      bytes[at++] = COUNTER_VALUE[0];
      bytes[at++] = COUNTER_VALUE[1];
      at = putInt64(bytes, at, value);
    } else {
      bytes[at++] = DOUBLE_COUNTER_VALUE[0];
      bytes[at++] = DOUBLE_COUNTER_VALUE[1];
      at = putDouble(bytes, at, value);
    }
    this.#buffer.length = at;
    this.#closeShort();
  }

  #open(sequence: Sequence, timeNs: number, type: number, reserved: number): void {
    const buffer = this.#buffer;
    buffer.reserve(PACKET_BYTES);
    const bytes = buffer.bytes;
    const head = sequence.head;
    let at = buffer.length;
    bytes[at++] = PACKET;
    this.#packetAt = at;
    at += reserved;
    for (let i = 0; i < head.length; i++) bytes[at++] = head[i];
    at = putVarint(bytes, at, timeNs - sequence.lastNs);
    sequence.lastNs = timeNs;
    bytes[at++] = TRACK_EVENT;
    this.#eventAt = at;
    at += reserved;
    bytes[at++] = TYPE;
    bytes[at++] = type;
    this.#reserved = reserved;
    buffer.length = at;
  }

  #close(sequence: Sequence): void {
    const buffer = this.#buffer;
    closeLength(buffer, this.#eventAt, this.#reserved);
    sequence.lengthBytes = buffer.length - this.#packetAt - this.#reserved < ONE_BYTE_LENGTH ? 1 : 2;
    this.#interned.moveTo(buffer);
    closeLength(buffer, this.#packetAt, this.#reserved);
  }

  /** For packets of a few bytes with one byte reserved. */
  #closeShort(): void {
    const { bytes, length } = this.#buffer;
    bytes[this.#eventAt] = length - this.#eventAt - 1;
    bytes[this.#packetAt] = length - this.#packetAt - 1;
  }

  #args(sequence: Sequence, { bytes, from }: ArgsBlock, index: number): void {
    if (from[index] < from[index + 1]) this.annotations.write(sequence, bytes, from[index], from[index + 1]);
  }

  #words(sequence: Sequence, name: StringId, category: StringId): void {
    const buffer = this.#buffer;
    const bytes = buffer.bytes;
    let at = buffer.length;
    bytes[at++] = NAME_IID;
    at = putVarint(bytes, at, name + 1);
    if (category !== NONE) {
      bytes[at++] = CATEGORY_IIDS;
      at = putVarint(bytes, at, category + 1);
      if (sequence.categories.add(category)) {
        this.#interned.add(INTERNED.categories, category + 1, this.#strings.utf8(category));
      }
    }
    buffer.length = at;
    if (sequence.names.add(name)) this.#interned.add(INTERNED.eventNames, name + 1, this.#strings.utf8(name));
  }

  /** The ids of the arrows that start or end at the slice. */
  #flows(flows: FlowEnds, slice: number): void {
    const from = flows.range[slice];
    const to = flows.range[slice + 1];
    if (from === to) return;
    const buffer = this.#buffer;
    buffer.reserve((to - from) * FLOW_BYTES);
    const bytes = buffer.bytes;
    let at = buffer.length;
    for (let end = from; end < to; end++) {
      bytes[at++] = FLOW_IDS[0];
      bytes[at++] = FLOW_IDS[1];
      at = putFixed64(bytes, at, flows.ids[end]);
    }
    buffer.length = at;
  }
}
