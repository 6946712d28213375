import { ByteInterner } from '../../bytes/interner.ts';
import { INTERNED, type InternedData } from './interned-data.ts';
import { Sequence } from './sequence.ts';
import { NOT_POOLED, TextPool } from './text-pool.ts';

/** So many different keys are data, not names. */
const LARGEST_NAME_TABLE = 1 << 16;

/** Numbers for strings that the sequence being written may name by them. Valid UTF-8 only; `hash` as of hashBytes. */
export interface StringNumbers {
  /** The iid of a name, or 0 when the table is full and it has to be written in place. */
  nameIid(bytes: Uint8Array, from: number, to: number, hash: number): number;
  /** The iid of a text that repeats, or 0 when it should be written in place. */
  textIid(bytes: Uint8Array, from: number, to: number, hash: number): number;
}

/** The names and repeated texts of annotations by number. A sequence is told each string when it first uses it. */
export class AnnotationStrings implements StringNumbers {
  readonly #interned: InternedData;
  /** The one being written. */
  sequence = new Sequence(0);
  readonly #names = new ByteInterner();
  readonly #texts = new TextPool();

  constructor(interned: InternedData) {
    this.#interned = interned;
  }

  nameIid(bytes: Uint8Array, from: number, to: number, hash: number): number {
    if (this.#names.size >= LARGEST_NAME_TABLE) return 0;
    const iid = this.#names.add(bytes, from, to, hash) + 1;
    this.introduceName(iid, bytes, from, to);
    return iid;
  }

  introduceName(iid: number, bytes: Uint8Array, from: number, to: number): void {
    if (this.sequence.argNames.add(iid)) this.#interned.add(INTERNED.annotationNames, iid, bytes, from, to);
  }

  textIid(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const id = this.#texts.find(bytes, from, to, hash);
    if (id === NOT_POOLED) return 0;
    this.introduceText(id + 1, bytes, from, to);
    return id + 1;
  }

  introduceText(iid: number, bytes: Uint8Array, from: number, to: number): void {
    if (this.sequence.argTexts.add(iid)) this.#interned.add(INTERNED.annotationTexts, iid, bytes, from, to);
  }
}
