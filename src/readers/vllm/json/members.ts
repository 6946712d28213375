import { decimalValue, unescapedWherePossible } from '../../../bytes/index.ts';
import { INCOMPLETE, MALFORMED, skipSpace, skipString, ValueSkipper } from '../../../bytes/json-skip.ts';
import type { Scalar } from '../measurement.ts';

const [QUOTE, COMMA, COLON, OPEN, CLOSE] = [0x22, 0x2c, 0x3a, 0x7b, 0x7d];
const [OPEN_LIST, CLOSE_LIST] = [0x5b, 0x5d];
/** Texts that long are not looked into. */
const LONGEST_TEXT_BYTES = 1 << 16;

/** A key of an object and where its value stands. */
export interface Member {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

export type Ending = 'whole' | 'truncated' | 'malformed';

/**
 * Walks over the objects of a document: one of them, a list of them, or several one behind the other, as results that are
 * appended to a file. What stands before damage is handed over. Bytes end in PADDING zero bytes behind `limit`.
 */
export class ObjectWalk {
  readonly bytes: Uint8Array;
  readonly limit: number;
  at = 0;
  /** Why nothing was read from `at` on. */
  ending: Ending = 'whole';
  /** The last key that was met: its value may be what breaks off. */
  lastKey = '';
  readonly #skipper = new ValueSkipper();

  constructor(bytes: Uint8Array, limit: number) {
    this.bytes = bytes;
    this.limit = limit;
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
  }

  /** Goes to the next object; false where there is none. Brackets and commas of lists lie between objects. */
  next(): boolean {
    const b = this.bytes;
    if (this.ending !== 'whole') return false;
    for (;;) {
      this.at = skipSpace(b, this.at);
      if (this.at >= this.limit) return false;
      const c = b[this.at];
      if (c === OPEN) return true;
      if (c !== OPEN_LIST && c !== CLOSE_LIST && c !== COMMA) return this.#stop('malformed');
      this.at++;
    }
  }

  /** The members of the object at hand; afterwards the walk stands behind it, or where it breaks off. */
  *members(): Generator<Member> {
    const b = this.bytes;
    let p = skipSpace(b, this.at + 1);
    while (b[p] !== CLOSE) {
      if (b[p] !== QUOTE) return this.#break(p, MALFORMED);
      const keyEnd = skipString(b, p, this.limit);
      if (keyEnd === INCOMPLETE) return this.#break(p, INCOMPLETE);
      const colon = skipSpace(b, keyEnd);
      if (b[colon] !== COLON) return this.#break(colon, MALFORMED);
      this.lastKey = textIn(b, p + 1, keyEnd - 1);
      const from = skipSpace(b, colon + 1);
      const to = this.#skipper.skip(b, from, this.limit);
      if (to === INCOMPLETE || to === MALFORMED) return this.#break(from, to);
      this.at = to;
      yield { key: this.lastKey, from, to };
      p = skipSpace(b, to);
      if (b[p] === COMMA) p = skipSpace(b, p + 1);
      else if (b[p] !== CLOSE) return this.#break(p, MALFORMED);
    }
    if (p >= this.limit) return this.#break(p, INCOMPLETE);
    this.at = p + 1;
  }

  #break(at: number, why: number): void {
    this.at = Math.min(at, this.limit);
    this.#stop(why === INCOMPLETE || at >= this.limit ? 'truncated' : 'malformed');
  }

  #stop(why: Ending): false {
    this.ending = why;
    return false;
  }
}

/** A single value, with the words that Python writes; undefined for lists, objects and what is no value. */
export function scalarIn(b: Uint8Array, { from, to }: Member): Scalar | undefined {
  const c = b[from];
  if (c === QUOTE) return textIn(b, from + 1, to - 1);
  if (c === OPEN || c === OPEN_LIST) return undefined;
  const word = textIn(b, from, to);
  switch (word) {
    case 'null':
      return null;
    case 'true':
    case 'false':
      return word === 'true';
    case 'NaN':
      return Number.NaN;
    case 'Infinity':
    case '-Infinity':
      return Number(word);
    default: {
      const value = decimalValue(b, from, to);
      return Number.isNaN(value) ? undefined : value;
    }
  }
}

export function textIn(b: Uint8Array, from: number, to: number): string {
  const text = new TextDecoder().decode(b.subarray(from, Math.min(to, from + LONGEST_TEXT_BYTES)));
  return text.includes('\\') ? unescapedWherePossible(text) : text;
}

/** The scalars of an object within one, and of those within it, by their last keys; for small ones. */
export function* scalarsIn(b: Uint8Array, { from, to }: Member): Generator<readonly [key: string, value: Scalar]> {
  const walk = new ObjectWalk(b, to);
  walk.at = from;
  if (b[from] !== OPEN) return;
  for (const member of walk.members()) {
    const value = scalarIn(b, member);
    if (value !== undefined) yield [member.key, value];
  }
}
