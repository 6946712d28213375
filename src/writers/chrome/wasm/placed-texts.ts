import { ByteBuffer } from '../../../bytes/byte-buffer.ts';
import { writeJsonString } from '../../../bytes/json-text.ts';
import { NONE, type StringId, type StringTable } from '../../../timeline/index.ts';
import { NOT_YET, type RowText } from '../row-text.ts';
import type { RowsInstance } from './rows-module.ts';

/** The address of a text that is too long to be placed. */
const TOO_LONG = -1;
const SIZE_BYTES = 4;
/** No row has more texts. */
const TEXTS_OF_ROW = 4;

/** Places texts in the memory of the twin, each when first asked for. When the room is used up it starts anew. */
export class PlacedTexts {
  readonly #memory: Uint8Array;
  readonly #words: Uint32Array;
  readonly #largestBytes: number;
  readonly #from: number;
  readonly #lastStart: number;
  readonly #escaped = new ByteBuffer();
  #strings: StringTable | undefined;
  /** By string, as JSON text. */
  #addresses = new Int32Array(0);
  #at: number;
  #round = 1;

  constructor({ memory, places: { TEXTS, TEXTS_BYTES, TEXT_BYTES } }: RowsInstance) {
    this.#memory = new Uint8Array(memory);
    this.#words = new Uint32Array(memory);
    this.#largestBytes = TEXT_BYTES;
    this.#from = TEXTS;
    this.#at = TEXTS;
    this.#lastStart = TEXTS + TEXTS_BYTES - TEXTS_OF_ROW * 2 * TEXT_BYTES;
  }

  /** Asked before every row. */
  get isFull(): boolean {
    return this.#at > this.#lastStart;
  }

  /** Forgets all texts: no address given before is good any more. */
  restart(strings = this.#strings): void {
    if (strings !== this.#strings) this.#addresses = new Int32Array(strings?.size ?? 0);
    else this.#addresses.fill(NOT_YET);
    this.#strings = strings;
    this.#at = this.#from;
    this.#round++;
  }

  ofText(text: RowText): number {
    if (text.round !== this.#round) {
      text.address = this.#place(text.bytes);
      text.round = this.#round;
    }
    return text.address;
  }

  /** 0 for no string. */
  ofString(id: StringId): number {
    if (id === NONE) return 0;
    const address = this.#addresses[id];
    return address === NOT_YET ? this.#placeString(id) : address;
  }

  /** A number as JavaScript prints it, for one row. */
  ofNumber(value: number): number {
    const text = String(value);
    const address = this.#at;
    this.#words[address / 4] = text.length;
    for (let i = 0; i < text.length; i++) this.#memory[address + SIZE_BYTES + i] = text.charCodeAt(i);
    this.#advance(text.length);
    return address;
  }

  #placeString(id: StringId): number {
    this.#escaped.length = 0;
    writeJsonString(this.#escaped, this.#strings!.utf8(id));
    this.#addresses[id] = this.#place(this.#escaped.view());
    return this.#addresses[id];
  }

  #place(bytes: Uint8Array): number {
    if (bytes.length > this.#largestBytes) return TOO_LONG;
    const address = this.#at;
    this.#words[address / 4] = bytes.length;
    this.#memory.set(bytes, address + SIZE_BYTES);
    this.#advance(bytes.length);
    return address;
  }

  #advance(textBytes: number): void {
    this.#at += SIZE_BYTES + ((textBytes + 3) & ~3);
  }
}
