import { ByteInterner, hashBytes } from '../bytes/interner.ts';
import type { StringId } from './model.ts';

/** The text of a timeline: each distinct string once, decoded only when somebody asks. */
export class StringTable {
  readonly #interner: ByteInterner;
  readonly #decoded: string[] = [];

  constructor(interner: ByteInterner = new ByteInterner()) {
    this.#interner = interner;
  }

  get size(): number {
    return this.#interner.size;
  }

  get(id: StringId): string {
    let text = this.#decoded[id];
    if (text === undefined) {
      text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.#interner.bytesOf(id));
      this.#decoded[id] = text;
    }
    return text;
  }

  /** The string's valid UTF-8. A view: copy it before the table grows. */
  utf8(id: StringId): Uint8Array {
    return this.#interner.bytesOf(id);
  }

  add(text: string): StringId {
    return this.#interner.addText(text);
  }

  /** NONE where no string of the table is this valid UTF-8. */
  find(utf8: Uint8Array): StringId {
    return this.#interner.find(utf8, 0, utf8.length, hashBytes(utf8, 0, utf8.length));
  }

  addUtf8(utf8: Uint8Array): StringId {
    return this.#interner.add(utf8, 0, utf8.length, hashBytes(utf8, 0, utf8.length));
  }
}
