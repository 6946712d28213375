/**
 * What the microcontroller of a BM168x core wrote down: when it gave commands to engines, and when it waited for them.
 * Records of 32 bytes: u32 number, u32 type, u64 id, u64 begin, u64 end, in ticks. The first is a header.
 */
import type { Diagnostics, Place } from '../../../base/index.ts';
import type { Engine } from '../chips.ts';
import { noteText, notesOf } from '../notes.ts';

export const MCU_TYPES: Readonly<Record<number, string>> = {
  ...{ 0: 'FUNC', 1: 'NODE_SET', 2: 'NODE_WAIT', 3: 'CDMA', 4: 'GDE', 5: 'SORT', 6: 'NMS', 100: 'CUSTOM' },
};
export const NODE_SET = 1;
export const NODE_WAIT = 2;

/** Times are ns from the first of them. Columns, as dynamic models write a record for each command. */
export interface McuLog {
  readonly core: number;
  readonly length: number;
  readonly type: Uint32Array;
  /** Counts of commands given to both engines: the one at hand, or those that are waited for. */
  readonly tiuId: Uint32Array;
  readonly gdmaId: Uint32Array;
  /** Position in MCU_ENGINES; of NODE_SET. */
  readonly engine: Uint8Array;
  readonly beginNs: Float64Array;
  /** NaN: a point in time. */
  readonly endNs: Float64Array;
  /** What it noted beside a record, by the record's number. */
  readonly texts: ReadonlyMap<number, string>;
  readonly number: Uint32Array;
  readonly place: Place;
}

export const MCU_ENGINES = ['TIU', 'GDMA', 'GDE', 'SORT', 'NMS', 'CDMA'] as const;
export const ENGINE_OF_MCU: readonly (Engine | undefined)[] = ['tiu', 'gdma'];

const RECORD_BYTES = 32;
const HEADER_TYPE = 0xffffffff;
const NO_END = 2n ** 64n - 1n;
/** Where the header has a time instead of the length of a tick, ticks are nanoseconds. */
const LONGEST_TICK_NS = 1000n;

/** Bytes of the core's records, and of the notes beside them. undefined where they are no such records. */
export function mcuLog(
  core: number,
  bytes: Uint8Array,
  notes: Uint8Array | undefined,
  place: Place,
  diagnostics: Diagnostics,
): McuLog | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.length / RECORD_BYTES);
  const hasHeader = count > 0 && view.getUint32(4, true) === HEADER_TYPE;
  if (!hasHeader) {
    diagnostics.add('block_unknown', place, 'records of a microcontroller without their header');
    return undefined;
  }
  const headerEnd = view.getBigUint64(24, true);
  const tickNs = headerEnd > LONGEST_TICK_NS || headerEnd === 0n ? 1 : Number(headerEnd);
  const length = count - 1;
  const log = {
    ...{ core, length, place, texts: textsOf(notes) },
    type: new Uint32Array(length),
    number: new Uint32Array(length),
    tiuId: new Uint32Array(length),
    gdmaId: new Uint32Array(length),
    engine: new Uint8Array(length),
    beginNs: new Float64Array(length),
    endNs: new Float64Array(length),
  };
  if (length === 0) return log;
  const base = view.getBigUint64(RECORD_BYTES + 16, true);
  for (let i = 0, at = RECORD_BYTES; i < length; i++, at += RECORD_BYTES) {
    log.number[i] = view.getUint32(at, true);
    log.type[i] = view.getUint32(at + 4, true);
    const [low, high] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
    log.tiuId[i] = low & 0xfffff;
    log.gdmaId[i] = ((low >>> 20) | (high << 12)) & 0xfffff;
    log.engine[i] = (high >>> 8) & 7;
    log.beginNs[i] = Number(view.getBigUint64(at + 16, true) - base) * tickNs;
    const end = view.getBigUint64(at + 24, true);
    log.endNs[i] = end === NO_END || end === 0n ? Number.NaN : Number(end - base) * tickNs;
  }
  return log;
}

const TEXT_NOTE = 0;

/** By the number of a record; only texts are of use. */
function textsOf(bytes: Uint8Array | undefined): Map<number, string> {
  const notes = bytes === undefined ? [] : notesOf(bytes);
  const texts = notes.filter(({ numbers: [, kind], bytes: { length } }) => kind === TEXT_NOTE && length > 0);
  return new Map(texts.map((note) => [note.numbers[0], noteText(note)]));
}
