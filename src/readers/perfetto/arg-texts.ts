import { ByteInterner, decimalValue, hashBytes, ProtoCursor } from '../../bytes/index.ts';
import { type EventRows, NONE, typedColumns, type TypedKeySpec } from '../../timeline/index.ts';
import { isTooDeep } from './annotation-depth.ts';
import { ANNOTATION } from './annotation-fields.ts';
import type { InternedState } from './sequence.ts';

/** Names and interned texts of annotations of a whole trace, and which names fill a column. */
export class ArgTexts {
  readonly names = new ByteInterner();
  readonly texts = new ByteInterner();
  /** Where interned source locations were introduced: a SourceLocation message each. */
  readonly locations: Uint8Array[] = [];
  /** Annotations of slices that are nested deeper than is written as JSON. */
  tooDeepCount = 0;
  readonly #specs: readonly TypedKeySpec[];
  readonly #columnOfSpec: readonly number[];
  readonly #specOfName: number[] = [];
  readonly #strings: ByteInterner;
  readonly #cursor = new ProtoCursor();

  constructor(specs: readonly TypedKeySpec[], strings: ByteInterner) {
    const columns = typedColumns(specs).map(({ column }) => column);
    this.#specs = specs;
    this.#columnOfSpec = specs.map(({ column }) => columns.indexOf(column));
    this.#strings = strings;
  }

  addName(bytes: Uint8Array, from: number, to: number): number {
    const name = this.names.add(bytes, from, to, hashBytes(bytes, from, to));
    if (name === this.#specOfName.length) {
      const key = new TextDecoder().decode(this.names.bytesOf(name));
      this.#specOfName.push(this.#specs.findIndex((spec) => spec.key === key));
    }
    return name;
  }

  addText(bytes: Uint8Array, from: number, to: number): number {
    return this.texts.add(bytes, from, to, hashBytes(bytes, from, to));
  }

  /**
   * Sets the column that an annotation's name stands for, where there is one. Returns how the value is to be treated by
   * who writes JSON: false where it may hold more than numbers below 2^63 and texts.
   */
  setTyped(bytes: Uint8Array, from: number, to: number, state: InternedState, rows: EventRows, row: number): boolean {
    const cursor = this.#cursor.start(bytes, from, to);
    let spec = NONE;
    let isPlain = true;
    let isNested = false;
    while (cursor.next()) {
      const { field } = cursor;
      if (field === ANNOTATION.nameIid) {
        const name = state.argNames.get(cursor.low, cursor.high);
        spec = name === NONE ? NONE : this.#specOfName[name];
      } else if (field === ANNOTATION.name && cursor.isBytes) {
        spec = this.#specOfName[this.addName(bytes, cursor.from, cursor.to)];
      } else if (field === ANNOTATION.int || field === ANNOTATION.text || field === ANNOTATION.textIid) {
        if (spec !== NONE) this.#set(spec, cursor, state, rows, row);
      } else if (field === ANNOTATION.uint || field === ANNOTATION.double) {
        if (spec !== NONE) this.#set(spec, cursor, state, rows, row);
        isPlain = false;
      } else if (field !== ANNOTATION.bool) {
        isPlain = false;
        isNested ||=
          field === ANNOTATION.dictEntries || field === ANNOTATION.arrayValues || field === ANNOTATION.nested;
      }
    }
    if (isNested && isTooDeep(bytes, from, to)) this.tooDeepCount++;
    return isPlain;
  }

  #set(spec: number, cursor: ProtoCursor, state: InternedState, rows: EventRows, row: number): void {
    const column = this.#columnOfSpec[spec];
    if (this.#specs[spec].kind === 'number') {
      const value = this.#number(cursor, state);
      if (!Number.isNaN(value)) rows.typed.set(column, row, value);
      return;
    }
    const text = this.#text(cursor, state);
    if (text !== NONE) rows.typed.set(column, row, text);
  }

  #number(cursor: ProtoCursor, state: InternedState): number {
    switch (cursor.field) {
      case ANNOTATION.uint:
        return cursor.unsigned;
      case ANNOTATION.int:
        return cursor.signed;
      case ANNOTATION.double:
        return cursor.double;
      case ANNOTATION.text:
        return cursor.isBytes ? decimalValue(cursor.bytes, cursor.from, cursor.to) : Number.NaN;
      default: {
        const text = state.argTexts.get(cursor.low, cursor.high);
        if (text === NONE) return Number.NaN;
        const bytes = this.texts.bytesOf(text);
        return decimalValue(bytes, 0, bytes.length);
      }
    }
  }

  #text(cursor: ProtoCursor, state: InternedState): number {
    if (cursor.field === ANNOTATION.text && cursor.isBytes) {
      const { bytes, from, to } = cursor;
      return this.#strings.add(bytes, from, to, hashBytes(bytes, from, to));
    }
    // Tables hold shapes such as 112, which is a number wherever it is written as JSON.
    if (cursor.field === ANNOTATION.int) return this.#strings.addText(String(cursor.bigSigned));
    const text = cursor.field === ANNOTATION.textIid ? state.argTexts.get(cursor.low, cursor.high) : NONE;
    if (text === NONE) return NONE;
    const bytes = this.texts.bytesOf(text);
    return this.#strings.add(bytes, 0, bytes.length, hashBytes(bytes, 0, bytes.length));
  }
}
