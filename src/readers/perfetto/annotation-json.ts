import { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { ProtoCursor } from '../../bytes/index.ts';
import { writeJsonString } from '../../bytes/json-text.ts';
import { MAX_JSON_DEPTH } from '../../bytes/json-walk.ts';
import { NONE } from '../../timeline/index.ts';
import { ANNOTATION } from './annotation-fields.ts';
import type { ArgTexts } from './arg-texts.ts';
import { ARG_FIELDS } from './event-fields.ts';
import type { InternedState } from './sequence.ts';

/** Fields of DebugAnnotation.NestedValue. */
const NESTED = { keys: 2, dictValues: 3, arrayValues: 4, int: 5, double: 6, bool: 7, text: 8 } as const;
/** Fields of SourceLocation, by the names that their args get. */
const LOCATION = { 2: 'file', 3: 'function', 4: 'line' } as const;

const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const COMMA = 0x2c;
const COLON = 0x3a;
const TOO_DEEP = '"(nested too deep)"';
/** traceconv writes these JSON values as text, for which Perfetto has no other form. */
const BARE_WORDS = ['null', '{}', '[]'].map((word) => new TextEncoder().encode(word));

/** Writes the args of track events as JSON objects. */
export class AnnotationJson {
  readonly #texts: ArgTexts;
  /** Whether traceconv wrote the file. */
  readonly #isOwn: boolean;
  /** Names as JSON strings with a colon behind, by their number. */
  readonly #keys: Uint8Array[] = [];
  #buffer = new ByteBuffer();
  #state: InternedState | undefined;

  constructor(texts: ArgTexts, isOwn: boolean) {
    this.#texts = texts;
    this.#isOwn = isOwn;
  }

  /** Appends the members of an event's args, each with a comma in front. */
  writeMembers(buffer: ByteBuffer, bytes: Uint8Array, from: number, to: number, state: InternedState): void {
    this.#buffer = buffer;
    this.#state = state;
    const cursor = new ProtoCursor().start(bytes, from, to);
    while (cursor.next()) {
      switch (cursor.field) {
        case ARG_FIELDS.annotations:
          if (cursor.isBytes) this.#annotation(bytes, cursor.from, cursor.to, 1, true);
          break;
        case ARG_FIELDS.correlationId:
          this.#member('correlation_id', String(cursor.bigUnsigned));
          break;
        case ARG_FIELDS.correlationText:
          this.#member('correlation_id', JSON.stringify(cursor.text()));
          break;
        case ARG_FIELDS.correlationIid:
          buffer.ascii(',"correlation_id":');
          this.#internedText(state.correlations.get(cursor.low, cursor.high));
          break;
        case ARG_FIELDS.sourceLocation:
          if (cursor.isBytes) this.#location(bytes, cursor.from, cursor.to);
          break;
        case ARG_FIELDS.sourceLocationIid: {
          const location = this.#texts.locations[state.locations.get(cursor.low, cursor.high)];
          if (location !== undefined) this.#location(location, 0, location.length);
          break;
        }
        default:
          break;
      }
    }
  }

  #member(name: string, value: string): void {
    this.#buffer.text(`,${JSON.stringify(name)}:${value}`);
  }

  #location(bytes: Uint8Array, from: number, to: number): void {
    const members: string[] = [];
    const cursor = new ProtoCursor().start(bytes, from, to);
    while (cursor.next()) {
      const { field } = cursor;
      if (field !== 2 && field !== 3 && field !== 4) continue;
      members.push(`"${LOCATION[field]}":${cursor.isBytes ? JSON.stringify(cursor.text()) : cursor.unsigned}`);
    }
    this.#member('source', `{${members.join(',')}}`);
  }

  /** A DebugAnnotation; with its name where it stands in an event or a dictionary. */
  #annotation(bytes: Uint8Array, from: number, to: number, depth: number, isNamed: boolean): void {
    const buffer = this.#buffer;
    buffer.byte(COMMA);
    const cursor = new ProtoCursor().start(bytes, from, to);
    if (isNamed) this.#name(cursor);
    cursor.start(bytes, from, to);
    const start = buffer.length;
    let container = 0;
    while (cursor.next()) {
      const isMember = cursor.field === ANNOTATION.dictEntries;
      if ((isMember || cursor.field === ANNOTATION.arrayValues) && cursor.isBytes) {
        const opening = isMember ? OPEN_OBJECT : OPEN_ARRAY;
        if (container === 0) {
          buffer.length = start;
          container = opening;
        }
        if (container !== opening || depth > MAX_JSON_DEPTH) continue;
        const at = buffer.length;
        this.#annotation(bytes, cursor.from, cursor.to, depth + 1, isMember);
        if (at === start) buffer.bytes[at] = opening;
      } else if (container === 0) {
        this.#value(cursor, start, depth);
      }
    }
    if (container !== 0 && depth > MAX_JSON_DEPTH) buffer.ascii(TOO_DEEP);
    else if (container !== 0) buffer.byte(container === OPEN_OBJECT ? 0x7d : 0x5d);
    else if (buffer.length === start) buffer.ascii('null');
  }

  #name(cursor: ProtoCursor): void {
    let name = NONE;
    while (cursor.next()) {
      if (cursor.field === ANNOTATION.nameIid) name = this.#state?.argNames.get(cursor.low, cursor.high) ?? NONE;
      else if (cursor.field === ANNOTATION.name && cursor.isBytes)
        name = this.#texts.addName(cursor.bytes, cursor.from, cursor.to);
    }
    if (name === NONE) {
      this.#buffer.ascii('"":');
      return;
    }
    let key = this.#keys[name];
    if (key === undefined) {
      const made = new ByteBuffer(64);
      const text = this.#texts.names.bytesOf(name);
      if (this.#isOwn && new TextDecoder().decode(text) === '(no name)') made.ascii('""');
      else writeJsonString(made, text);
      made.byte(COLON);
      key = made.view().slice();
      this.#keys[name] = key;
    }
    this.#buffer.append(key);
  }

  /** The value in the field at hand, in the place of any before it. */
  #value(cursor: ProtoCursor, start: number, depth: number): void {
    const buffer = this.#buffer;
    const { field } = cursor;
    if (field === ANNOTATION.nameIid || field === ANNOTATION.name || field > ANNOTATION.textIid) return;
    const end = buffer.length;
    buffer.length = start;
    switch (field) {
      case ANNOTATION.bool:
        buffer.ascii(cursor.low === 0 ? 'false' : 'true');
        break;
      case ANNOTATION.int:
        buffer.ascii(integer(cursor));
        break;
      case ANNOTATION.uint:
        buffer.ascii(String(cursor.bigUnsigned));
        break;
      case ANNOTATION.pointer:
        buffer.ascii(`"0x${cursor.bigUnsigned.toString(16)}"`);
        break;
      case ANNOTATION.double:
        this.#double(cursor.double);
        break;
      case ANNOTATION.textIid:
        this.#internedText(this.#state?.argTexts.get(cursor.low, cursor.high) ?? NONE);
        break;
      case ANNOTATION.text:
        if (cursor.isBytes) this.#text(cursor.bytes, cursor.from, cursor.to);
        break;
      case ANNOTATION.json:
        if (cursor.isBytes) this.#json(cursor);
        break;
      case ANNOTATION.nested:
        if (cursor.isBytes) this.#nested(cursor.bytes, cursor.from, cursor.to, depth);
        break;
      default:
        buffer.length = end;
        break;
    }
  }

  #double(value: number): void {
    this.#buffer.ascii(Number.isFinite(value) ? JSON.stringify(value) : `"${value}"`);
  }

  #internedText(text: number): void {
    if (text === NONE) this.#buffer.ascii('null');
    else writeJsonString(this.#buffer, this.#texts.texts.bytesOf(text));
  }

  #text(bytes: Uint8Array, from: number, to: number): void {
    if (this.#isOwn && to - from <= 4) {
      const bare = BARE_WORDS.find((word) => word.length === to - from && word.every((c, i) => bytes[from + i] === c));
      if (bare !== undefined) {
        this.#buffer.append(bare);
        return;
      }
    }
    const text = bytes.subarray(from, to);
    if (isAscii(text)) writeJsonString(this.#buffer, text);
    else this.#buffer.text(JSON.stringify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(text)));
  }

  /** JSON that is none stays text. */
  #json({ bytes, from, to }: ProtoCursor): void {
    const text = bytes.subarray(from, to);
    if (isStrict(text)) this.#buffer.append(text);
    else this.#text(bytes, from, to);
  }

  /** The older form of dictionaries and arrays. */
  #nested(bytes: Uint8Array, from: number, to: number, depth: number): void {
    const buffer = this.#buffer;
    if (depth > MAX_JSON_DEPTH) {
      buffer.ascii(TOO_DEEP);
      return;
    }
    const keys: string[] = [];
    const keyCursor = new ProtoCursor().start(bytes, from, to);
    while (keyCursor.next()) if (keyCursor.field === NESTED.keys && keyCursor.isBytes) keys.push(keyCursor.text());
    const cursor = keyCursor.start(bytes, from, to);
    const start = buffer.length;
    let count = 0;
    let isArray = false;
    while (cursor.next()) {
      const isMember = cursor.field === NESTED.dictValues;
      if ((isMember || cursor.field === NESTED.arrayValues) && cursor.isBytes) {
        if (count === 0) buffer.length = start;
        buffer.byte(count === 0 ? (isMember ? OPEN_OBJECT : OPEN_ARRAY) : COMMA);
        isArray = !isMember;
        if (isMember) buffer.text(`${JSON.stringify(keys[count] ?? '')}:`);
        this.#nested(bytes, cursor.from, cursor.to, depth + 1);
        count++;
      } else if (count === 0) {
        this.#nestedLeaf(cursor, start);
      }
    }
    if (count > 0) buffer.byte(isArray ? 0x5d : 0x7d);
    else if (buffer.length === start) buffer.ascii('null');
  }

  #nestedLeaf(cursor: ProtoCursor, start: number): void {
    const buffer = this.#buffer;
    if (cursor.field < NESTED.int || cursor.field > NESTED.text) return;
    buffer.length = start;
    if (cursor.field === NESTED.int) buffer.ascii(integer(cursor));
    else if (cursor.field === NESTED.double) this.#double(cursor.double);
    else if (cursor.field === NESTED.bool) buffer.ascii(cursor.low === 0 ? 'false' : 'true');
    else if (cursor.isBytes) this.#text(cursor.bytes, cursor.from, cursor.to);
  }
}

function integer(cursor: ProtoCursor): string {
  const value = cursor.signed;
  return Number.isSafeInteger(value) ? String(value) : String(cursor.bigSigned);
}

function isAscii(text: Uint8Array): boolean {
  let seen = 0;
  for (const c of text) seen |= c;
  return seen < 0x80;
}

function isStrict(text: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(text));
    return true;
  } catch {
    return false;
  }
}
