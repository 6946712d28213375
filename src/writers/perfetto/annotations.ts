import type { Diagnostics } from '../../base/index.ts';
import { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { hashBytes } from '../../bytes/interner.ts';
import { appendUnescaped } from '../../bytes/json-text.ts';
import { type JsonVisitor, JsonWalker } from '../../bytes/json-walk.ts';
import { closeLength, MAX_VARINT_BYTES, putVarint } from '../../bytes/proto.ts';
import { putNumber } from './annotation-number.ts';
import type { StringNumbers } from './annotation-strings.ts';

/** Tags of DebugAnnotation, and the three tags under which one stands: in the event, in a dict, in an array. */
const IN_EVENT = 0x22;
const IN_DICT = 0x5a;
const IN_ARRAY = 0x62;
const NAME_IID = 0x08;
const NAME = 0x52;
const BOOL = 0x10;
const TEXT = 0x32;
const TEXT_IID = [0x88, 0x01];

/** Protobuf decoders give up at 100 levels, some of which lie around the args. */
const MAX_DEPTH = 95;
const LONGEST_HEAD_BYTES = 2 + 2 * MAX_VARINT_BYTES;
/** Marks the args object itself, whose entries belong to the event directly. */
const NO_ANNOTATION = -1;

const ARGS_NAME = new TextEncoder().encode('args');
const EMPTY_NAME = new TextEncoder().encode('(no name)');
const EMPTY_OBJECT = new TextEncoder().encode('{}');
const EMPTY_ARRAY = new TextEncoder().encode('[]');

/** Turns args of any shape, JSON in bytes, into typed debug annotations. Common values never become JavaScript strings. */
export class Annotations implements JsonVisitor {
  readonly #buffer: ByteBuffer;
  readonly #strings: StringNumbers;
  readonly #diagnostics: Diagnostics;
  readonly #walker = new JsonWalker(MAX_DEPTH);
  readonly #scratch = new ByteBuffer();
  readonly #nameScratch = new ByteBuffer();
  /** Per open object or array: the tag of what is in it, where its length goes, where its content starts. */
  readonly #childTag = new Uint8Array(MAX_DEPTH + 1);
  readonly #lengthAt = new Float64Array(MAX_DEPTH + 1);
  readonly #contentAt = new Float64Array(MAX_DEPTH + 1);
  #depth = 0;
  #bytes: Uint8Array = new Uint8Array(0);
  #nameBytes: Uint8Array = ARGS_NAME;
  #nameFrom = 0;
  #nameTo = 0;
  #nameHash = 0;
  /** Where the length of the annotation being written goes. */
  #annotationAt = 0;
  /** Whether the args last written had to be changed, and whether any of it was nested too deep. */
  #repaired = false;
  #depthLimited = false;

  constructor(buffer: ByteBuffer, strings: StringNumbers, diagnostics: Diagnostics) {
    this.#buffer = buffer;
    this.#strings = strings;
    this.#diagnostics = diagnostics;
    this.#childTag[0] = IN_EVENT;
  }

  /** Appends the annotations of the event being written, whatever the bytes are. */
  write(bytes: Uint8Array, from: number, to: number): void {
    this.#repaired = false;
    this.#depthLimited = false;
    this.#bytes = bytes;
    this.#depth = 0;
    const start = this.#buffer.length;
    this.#setName(ARGS_NAME, 0, ARGS_NAME.length, hashBytes(ARGS_NAME, 0, ARGS_NAME.length));
    if (!this.#walker.walk(bytes, from, to, this)) {
      this.#buffer.length = start;
      this.#depth = 0;
      this.#setName(ARGS_NAME, 0, ARGS_NAME.length, hashBytes(ARGS_NAME, 0, ARGS_NAME.length));
      this.#rawText(from, to);
      this.#repaired = true;
    }
    if (this.#repaired) this.#diagnostics.add('args_not_strict');
    if (this.#depthLimited) this.#diagnostics.add('depth_limited');
  }

  key(from: number, to: number, plain: boolean, hash: number): void {
    if (plain && from < to) {
      this.#setName(this.#bytes, from, to, hash);
      return;
    }
    // The engine refuses annotations without a name.
    const name = this.#nameScratch;
    name.length = 0;
    if (from === to) name.append(EMPTY_NAME);
    else if (!appendUnescaped(name, this.#bytes, from, to)) this.#repaired = true;
    this.#setName(name.bytes, 0, name.length, hashBytes(name.bytes, 0, name.length));
  }

  text(from: number, to: number, plain: boolean, hash: number): void {
    if (plain) {
      this.#text(this.#bytes, from, to, hash);
      return;
    }
    const text = this.#scratch;
    text.length = 0;
    if (!appendUnescaped(text, this.#bytes, from, to)) this.#repaired = true;
    this.#text(text.bytes, 0, text.length, hashBytes(text.bytes, 0, text.length));
  }

  word(from: number, to: number): void {
    this.#begin();
    const bytes = this.#buffer.bytes;
    const at = this.#buffer.length;
    const first = this.#bytes[from];
    let end = first === 0x2d || (first >= 0x30 && first <= 0x39) ? putNumber(bytes, at, this.#bytes, from, to) : at;
    if (end === at && (this.#isWord('true', from, to) || this.#isWord('false', from, to))) {
      bytes[end++] = BOOL;
      bytes[end++] = first === 0x74 ? 1 : 0;
    }
    if (end > at) {
      this.#buffer.length = end;
      bytes[this.#annotationAt] = end - this.#annotationAt - 1;
      return;
    }
    // Perfetto knows no null and nothing over 64 bits: such words stay readable as text.
    if (!this.#isWord('null', from, to)) this.#repaired = true;
    this.#inlineText(this.#bytes, from, to);
  }

  open(isArray: boolean): void {
    const depth = this.#depth + 1;
    if (depth === 1 && !isArray) {
      this.#lengthAt[depth] = NO_ANNOTATION;
      this.#childTag[depth] = IN_EVENT;
    } else {
      this.#begin();
      this.#lengthAt[depth] = this.#annotationAt;
      this.#contentAt[depth] = this.#buffer.length;
      this.#childTag[depth] = isArray ? IN_ARRAY : IN_DICT;
    }
    this.#depth = depth;
  }

  close(isArray: boolean): void {
    const depth = this.#depth--;
    const lengthAt = this.#lengthAt[depth];
    if (lengthAt === NO_ANNOTATION) return;
    this.#annotationAt = lengthAt;
    const empty = isArray ? EMPTY_ARRAY : EMPTY_OBJECT;
    if (this.#buffer.length === this.#contentAt[depth]) this.#inlineText(empty, 0, empty.length);
    else closeLength(this.#buffer, lengthAt, 1);
  }

  tooDeep(from: number, to: number): void {
    this.#depthLimited = true;
    this.#rawText(from, to);
  }

  #setName(bytes: Uint8Array, from: number, to: number, hash: number): void {
    this.#nameBytes = bytes;
    this.#nameFrom = from;
    this.#nameTo = to;
    this.#nameHash = hash;
  }

  /** Tag, room for the length, and the name where there is one. */
  #begin(): void {
    const buffer = this.#buffer;
    const tag = this.#childTag[this.#depth];
    buffer.reserve(LONGEST_HEAD_BYTES);
    buffer.bytes[buffer.length++] = tag;
    this.#annotationAt = buffer.length++;
    if (tag !== IN_ARRAY) this.#name();
  }

  #name(): void {
    const buffer = this.#buffer;
    const from = this.#nameFrom;
    const to = this.#nameTo;
    const iid = this.#strings.nameIid(this.#nameBytes, from, to, this.#nameHash);
    if (iid !== 0) {
      buffer.bytes[buffer.length++] = NAME_IID;
      buffer.length = putVarint(buffer.bytes, buffer.length, iid);
      return;
    }
    buffer.bytes[buffer.length++] = NAME;
    buffer.length = putVarint(buffer.bytes, buffer.length, to - from);
    buffer.append(this.#nameBytes, from, to);
    buffer.reserve(LONGEST_HEAD_BYTES);
  }

  /** Valid UTF-8, by its number where it repeats. */
  #text(bytes: Uint8Array, from: number, to: number, hash: number): void {
    this.#begin();
    const iid = this.#strings.textIid(bytes, from, to, hash);
    if (iid === 0) {
      this.#inlineText(bytes, from, to);
      return;
    }
    const buffer = this.#buffer;
    buffer.bytes[buffer.length++] = TEXT_IID[0];
    buffer.bytes[buffer.length++] = TEXT_IID[1];
    buffer.length = putVarint(buffer.bytes, buffer.length, iid);
    buffer.bytes[this.#annotationAt] = buffer.length - this.#annotationAt - 1;
  }

  #inlineText(bytes: Uint8Array, from: number, to: number): void {
    const buffer = this.#buffer;
    buffer.reserve(1 + MAX_VARINT_BYTES);
    buffer.bytes[buffer.length++] = TEXT;
    buffer.length = putVarint(buffer.bytes, buffer.length, to - from);
    buffer.append(bytes, from, to);
    closeLength(buffer, this.#annotationAt, 1);
  }

  /** JSON text as it stands, valid UTF-8 or made so. */
  #rawText(from: number, to: number): void {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const text = new TextEncoder().encode(decoder.decode(this.#bytes.subarray(from, to)));
    this.#begin();
    this.#inlineText(text, 0, text.length);
  }

  #isWord(word: string, from: number, to: number): boolean {
    if (to - from !== word.length) return false;
    for (let i = 0; i < word.length; i++) if (this.#bytes[from + i] !== word.charCodeAt(i)) return false;
    return true;
  }
}
