import type { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { ByteInterner, HASH_PRIME, HASH_SEED, hashBytes } from '../../bytes/interner.ts';
import { closeLength, MAX_VARINT_BYTES, putVarint } from '../../bytes/proto.ts';
import { putNumber } from './annotation-number.ts';
import type { AnnotationStrings } from './annotation-strings.ts';

/** Tags of TrackEvent and DebugAnnotation. */
const ANNOTATION = 0x22;
const NAME_IID = 0x08;
const INT = 0x20;
const TEXT = 0x32;
const TEXT_IID = [0x88, 0x01];

/** Room for an annotation but for a long text. */
const HEAD_BYTES = 4 + 4 * MAX_VARINT_BYTES;

const QUOTE = 0x22;
const ZERO = 0x30;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MOST_JOINTS = 1 << 12;
const LONGEST_JOINT_BYTES = 64;
const LONGEST_TEXT_BYTES = 64;
const EXACT_DIGITS = 15;
const NONE = -1;

/** Printable ASCII that stands for itself in a JSON string. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, c) => (c >= 0x20 && c < 0x80 && c !== 0x22 && c !== 0x5c ? 1 : 0));
const NUMBER = Uint8Array.from({ length: 256 }, (_, c) => (/[-+.0-9eE]/.test(String.fromCharCode(c)) ? 1 : 0));

/**
 * The fast path for args as profilers write them by the million: one object of numbers and plain texts, with the same
 * keys as the event before. What stands between two values, such as `,"Task Type": `, is a joint; comparing it with
 * the joint that came next last time is all that a known key costs. Everything else is left to Annotations.
 */
export class FlatArgs {
  readonly #buffer: ByteBuffer;
  readonly #strings: AnnotationStrings;
  readonly #joints = new ByteInterner();
  readonly #jointBytes = new Uint8Array(MOST_JOINTS * LONGEST_JOINT_BYTES);
  readonly #jointView = new DataView(this.#jointBytes.buffer);
  #view: DataView = new DataView(new ArrayBuffer(0));
  readonly #jointLength = new Uint8Array(MOST_JOINTS);
  /** The key's place in the joint and its iid. */
  readonly #nameFrom = new Uint8Array(MOST_JOINTS);
  readonly #nameTo = new Uint8Array(MOST_JOINTS);
  readonly #nameIid = new Uint32Array(MOST_JOINTS);
  /** The text that stood behind each joint last time, if it has an iid. */
  readonly #lastText = new Uint8Array(MOST_JOINTS * LONGEST_TEXT_BYTES);
  readonly #lastTextLength = new Uint8Array(MOST_JOINTS);
  readonly #lastTextIid = new Uint32Array(MOST_JOINTS);
  /** By joint + 1, 0 being the start of the object: the joint expected next, or NONE. */
  readonly #next = new Int32Array(MOST_JOINTS + 1).fill(NONE);

  constructor(buffer: ByteBuffer, strings: AnnotationStrings) {
    this.#buffer = buffer;
    this.#strings = strings;
  }

  /** Appends the annotations, or nothing and returns false where the args are of another shape. */
  write(bytes: Uint8Array, from: number, to: number): boolean {
    const buffer = this.#buffer;
    const start = buffer.length;
    this.#look(bytes);
    let joint = NONE;
    let at = from;
    do {
      joint = this.#joint(joint, bytes, at, to);
      if (joint === NONE) break;
      at += this.#jointLength[joint];
      at = at < to ? this.#annotation(joint, bytes, at, to) : NONE;
    } while (at > 0 && at < to && bytes[at] !== CLOSE_OBJECT);
    if (joint !== NONE && at === to - 1) return true;
    buffer.length = start;
    return false;
  }

  #look(bytes: Uint8Array): void {
    const { buffer, byteOffset, byteLength } = bytes;
    const view = this.#view;
    if (view.buffer === buffer && view.byteOffset === byteOffset && view.byteLength === byteLength) return;
    this.#view = new DataView(buffer, byteOffset, byteLength);
  }

  /** The joint at `at`: most often the one that followed `last` the time before. NONE where there is none. */
  #joint(last: number, bytes: Uint8Array, at: number, to: number): number {
    const expected = this.#next[last + 1];
    if (expected !== NONE && this.#stands(expected, bytes, at)) return expected;
    const found = this.#learn(bytes, at, to, last === NONE ? OPEN_OBJECT : COMMA);
    if (found !== NONE) this.#next[last + 1] = found;
    return found;
  }

  /** Compares four bytes at a time as long as there are so many. */
  #stands(joint: number, bytes: Uint8Array, at: number): boolean {
    const known = this.#jointBytes;
    let i = joint * LONGEST_JOINT_BYTES;
    const to = i + this.#jointLength[joint];
    if (at + LONGEST_JOINT_BYTES <= bytes.length) {
      const view = this.#view;
      const knownView = this.#jointView;
      for (; i + 4 <= to; i += 4, at += 4) if (knownView.getInt32(i) !== view.getInt32(at)) return false;
    }
    for (; i < to; i++, at++) if (known[i] !== bytes[at]) return false;
    return true;
  }

  /** The joint at `at`, known or new; NONE where there is none, or no room for it. */
  #learn(bytes: Uint8Array, at: number, to: number, opening: number): number {
    if (bytes[at] !== opening) return NONE;
    const quote = skipSpace(bytes, at + 1);
    if (bytes[quote] !== QUOTE) return NONE;
    let end = quote + 1;
    while (PLAIN[bytes[end]] === 1) end++;
    const colon = skipSpace(bytes, end + 1);
    const value = skipSpace(bytes, colon + 1);
    const length = value - at;
    if (bytes[end] !== QUOTE || end === quote + 1 || bytes[colon] !== 0x3a || value >= to) return NONE;
    if (length > LONGEST_JOINT_BYTES || this.#joints.size === MOST_JOINTS) return NONE;
    const known = this.#joints.size;
    const joint = this.#joints.add(bytes, at, value, hashBytes(bytes, at, value));
    if (joint < known) return joint;
    const hash = hashBytes(bytes, quote + 1, end);
    this.#jointBytes.set(bytes.subarray(at, value), joint * LONGEST_JOINT_BYTES);
    this.#jointLength[joint] = length;
    this.#nameFrom[joint] = quote + 1 - at;
    this.#nameTo[joint] = end - at;
    this.#nameIid[joint] = this.#strings.nameIid(bytes, quote + 1, end, hash);
    return joint;
  }

  /** Writes an annotation of the joint's name; returns where its value ends, or NONE where it is none for this path. */
  #annotation(joint: number, bytes: Uint8Array, from: number, limit: number): number {
    const buffer = this.#buffer;
    const iid = this.#nameIid[joint];
    if (iid === 0) return NONE;
    buffer.reserve(HEAD_BYTES);
    const base = joint * LONGEST_JOINT_BYTES;
    this.#strings.introduceName(iid, this.#jointBytes, base + this.#nameFrom[joint], base + this.#nameTo[joint]);
    const out = buffer.bytes;
    const lengthAt = buffer.length + 1;
    out[lengthAt - 1] = ANNOTATION;
    out[lengthAt + 1] = NAME_IID;
    let at = putVarint(out, lengthAt + 2, iid);
    let end = from;
    let c = bytes[end];
    if (c === QUOTE) {
      buffer.length = at;
      return this.#text(joint, lengthAt, bytes, from + 1, limit);
    }
    let value = 0;
    for (; c >= 0x30 && c <= 0x39; c = bytes[++end]) value = value * 10 + (c - 0x30);
    const digits = end - from;
    const isPlain = digits === 1 || (digits > 1 && digits <= EXACT_DIGITS && bytes[from] !== ZERO);
    if (isPlain && (c === COMMA || c === CLOSE_OBJECT)) {
      out[at] = INT;
      at = putVarint(out, at + 1, value);
    } else {
      while (NUMBER[bytes[end]] === 1) end++;
      const behind = end > from ? putNumber(out, at, bytes, from, end) : at;
      if (behind === at) return NONE;
      at = behind;
    }
    out[lengthAt] = at - lengthAt - 1;
    buffer.length = at;
    return end;
  }

  #text(joint: number, lengthAt: number, bytes: Uint8Array, from: number, limit: number): number {
    const length = this.#lastTextLength[joint];
    if (length > 0 && from + length < limit && this.#isLastText(joint, length, bytes, from)) {
      const base = joint * LONGEST_TEXT_BYTES;
      const iid = this.#lastTextIid[joint];
      this.#strings.introduceText(iid, this.#lastText, base, base + length);
      this.#closeWithIid(lengthAt, iid);
      return from + length + 1;
    }
    let hash = HASH_SEED;
    let to = from;
    for (let c = bytes[to]; PLAIN[c] === 1; c = bytes[++to]) hash = Math.imul(hash ^ c, HASH_PRIME);
    if (bytes[to] !== QUOTE || to >= limit) return NONE;
    const iid = this.#strings.textIid(bytes, from, to, hash);
    if (iid === 0) {
      this.#closeWithText(lengthAt, bytes, from, to);
    } else {
      if (to - from <= LONGEST_TEXT_BYTES) this.#remember(joint, iid, bytes, from, to);
      this.#closeWithIid(lengthAt, iid);
    }
    return to + 1;
  }

  #isLastText(joint: number, length: number, bytes: Uint8Array, from: number): boolean {
    const last = this.#lastText;
    const base = joint * LONGEST_TEXT_BYTES;
    for (let i = 0; i < length; i++) if (last[base + i] !== bytes[from + i]) return false;
    return bytes[from + length] === QUOTE;
  }

  #remember(joint: number, iid: number, bytes: Uint8Array, from: number, to: number): void {
    const base = joint * LONGEST_TEXT_BYTES;
    for (let i = from; i < to; i++) this.#lastText[base + i - from] = bytes[i];
    this.#lastTextLength[joint] = to - from;
    this.#lastTextIid[joint] = iid;
  }

  #closeWithIid(lengthAt: number, iid: number): void {
    const buffer = this.#buffer;
    const out = buffer.bytes;
    let at = buffer.length;
    out[at++] = TEXT_IID[0];
    out[at++] = TEXT_IID[1];
    at = putVarint(out, at, iid);
    out[lengthAt] = at - lengthAt - 1;
    buffer.length = at;
  }

  #closeWithText(lengthAt: number, bytes: Uint8Array, from: number, to: number): void {
    const buffer = this.#buffer;
    buffer.bytes[buffer.length++] = TEXT;
    buffer.length = putVarint(buffer.bytes, buffer.length, to - from);
    buffer.append(bytes, from, to);
    closeLength(buffer, lengthAt, 1);
  }
}

function skipSpace(bytes: Uint8Array, at: number): number {
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) at++;
  return at;
}
