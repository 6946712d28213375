import { ByteInterner } from '../../bytes/interner.ts';
import { INTERNED, type InternedData } from './interned-data.ts';
import type { Sequence } from './sequence.ts';
import { NOT_POOLED, TextPool } from './text-pool.ts';

/** So many different keys are data, not names. */
const LARGEST_NAME_TABLE = 1 << 16;

/** The names and repeated texts of annotations by number. A sequence is told each string when it first uses it. */
export class AnnotationStrings {
  readonly #interned: InternedData;
  readonly #names = new ByteInterner();
  readonly #texts = new TextPool();

  constructor(interned: InternedData) {
    this.#interned = interned;
  }

  /** The iid of a name, or 0 when the table is full and it has to be written in place. Valid UTF-8 only. */
  nameIid(sequence: Sequence, bytes: Uint8Array, from: number, to: number, hash: number): number {
    if (this.#names.size >= LARGEST_NAME_TABLE) return 0;
    const iid = this.#names.add(bytes, from, to, hash) + 1;
    this.introduceName(sequence, iid, bytes, from, to);
    return iid;
  }

  introduceName(sequence: Sequence, iid: number, bytes: Uint8Array, from: number, to: number): void {
    if (sequence.argNames.add(iid)) this.#interned.add(INTERNED.annotationNames, iid, bytes, from, to);
  }

  /** The iid of a text that repeats, or 0 when it should be written in place. Valid UTF-8 only. */
  textIid(sequence: Sequence, bytes: Uint8Array, from: number, to: number, hash: number): number {
    const id = this.#texts.find(bytes, from, to, hash);
    if (id === NOT_POOLED) return 0;
    this.introduceText(sequence, id + 1, bytes, from, to);
    return id + 1;
  }

  introduceText(sequence: Sequence, iid: number, bytes: Uint8Array, from: number, to: number): void {
    if (sequence.argTexts.add(iid)) this.#interned.add(INTERNED.annotationTexts, iid, bytes, from, to);
  }
}
