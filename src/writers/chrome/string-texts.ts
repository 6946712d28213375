import { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { writeJsonString } from '../../bytes/json-text.ts';
import type { StringId, StringTable } from '../../timeline/index.ts';

/** The strings of a timeline as JSON text, escaped when first asked for. */
export class StringTexts {
  readonly #strings: StringTable;
  readonly #texts = new ByteBuffer(1 << 16);
  /** Where in #texts each string stands; a length of 0 means not yet. */
  readonly #from: Float64Array;
  readonly #lengthBytes: Uint32Array;

  constructor(strings: StringTable) {
    this.#strings = strings;
    this.#from = new Float64Array(strings.size);
    this.#lengthBytes = new Uint32Array(strings.size);
  }

  /** Appends the string with its quotes. */
  write(buffer: ByteBuffer, id: StringId): void {
    if (this.#lengthBytes[id] === 0) this.#escape(id);
    const from = this.#from[id];
    buffer.append(this.#texts.bytes, from, from + this.#lengthBytes[id]);
  }

  #escape(id: StringId): void {
    this.#from[id] = this.#texts.length;
    writeJsonString(this.#texts, this.#strings.utf8(id));
    this.#lengthBytes[id] = this.#texts.length - this.#from[id];
  }
}
