import { ByteInterner, hashBytes } from '../bytes/interner.ts';
import type { StringId } from './model.ts';

const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a timeline: each distinct string once, decoded only when somebody asks. */
export class StringTable {
  readonly #interner: ByteInterner;
  readonly #decoded: (string | undefined)[] = [];

  constructor(interner: ByteInterner = new ByteInterner()) {
    this.#interner = interner;
  }

  get size(): number {
    return this.#interner.size;
  }

  get(id: StringId): string {
    const decoded = this.#decoded;
    // As long as the table from the start: an array with a far end and holes would become a slow dictionary.
    if (decoded.length < this.size) decoded.length = this.size;
    return (decoded[id] ??= UTF8.decode(this.#interner.bytesOf(id)));
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
