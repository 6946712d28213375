import { decimalValue } from '../../bytes/args-scanner.ts';
import { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { ByteInterner, hashBytes } from '../../bytes/interner.ts';
import { appendUnescaped, isJsonNumber } from '../../bytes/json-text.ts';
import { type JsonVisitor, JsonWalker, MAX_JSON_DEPTH } from '../../bytes/json-walk.ts';
import { closeLength, MAX_VARINT_BYTES, putBigVarint, putDouble, putInt64, putVarint } from '../../bytes/proto.ts';
import { INTERNED, type InternedData } from './interned-data.ts';
import type { Sequence } from './sequence.ts';
import { NOT_POOLED, TextPool } from './text-pool.ts';

/** Tags of DebugAnnotation, and of TrackEvent for the outermost ones. */
const TAG = {
  eventAnnotations: 0x22,
  dictEntries: 0x5a,
  arrayValues: 0x62,
  nameIid: 0x08,
  name: 0x52,
  bool: 0x10,
  uint: 0x18,
  int: 0x20,
  double: 0x29,
  text: 0x32,
} as const;
const TEXT_IID_TAG = [0x88, 0x01];

/** Integers of up to so many digits are exact in a double. */
const EXACT_DIGITS = 15;
const LONGEST_UINT64 = '18446744073709551615'.length;
const LARGEST_NAME_TABLE = 1 << 16;
const NOT_A_NAME = -1;

/** Turns args, a JSON object in bytes, into typed debug annotations. Common values never become JavaScript strings. */
export class Annotations implements JsonVisitor {
  readonly #buffer: ByteBuffer;
  readonly #interned: InternedData;
  readonly #walker = new JsonWalker();
  readonly #names = new ByteInterner();
  readonly #texts = new TextPool();
  readonly #scratch = new ByteBuffer();
  /** Per open object or array: the tag of what is in it, and where its own length goes. */
  readonly #childTag = new Uint8Array(MAX_JSON_DEPTH + 1);
  readonly #lengthAt = new Float64Array(MAX_JSON_DEPTH + 1);
  readonly #contentAt = new Float64Array(MAX_JSON_DEPTH + 1);
  #depth = 0;
  #sequence!: Sequence;
  #bytes: Uint8Array = new Uint8Array(0);
  /** The key just read: its number, or where it stands when it has none. */
  #nameId = NOT_A_NAME;
  #nameFrom = 0;
  #nameTo = 0;
  #nameBytes: Uint8Array = new Uint8Array(0);
  #annotationAt = 0;
  /** Whether the args last written had to be changed, and whether any of it was nested too deep. */
  repaired = false;
  depthLimited = false;

  constructor(buffer: ByteBuffer, interned: InternedData) {
    this.#buffer = buffer;
    this.#interned = interned;
    this.#childTag[0] = TAG.eventAnnotations;
  }

  write(sequence: Sequence, bytes: Uint8Array, from: number, to: number): void {
    this.#sequence = sequence;
    this.#bytes = bytes;
    this.#depth = 0;
    this.repaired = false;
    this.depthLimited = false;
    const start = this.#buffer.length;
    if (this.#walker.walk(bytes, from, to, this)) return;
    this.#buffer.length = start;
    this.#depth = 0;
    this.#writeRaw(from, to);
    this.repaired = true;
  }
}
