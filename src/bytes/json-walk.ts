/** Walking a JSON value part by part, without recursion: how writers take args apart without making objects of them. */
import { HASH_PRIME, HASH_SEED } from './interner.ts';

/** Nesting that common JSON readers still follow. */
export const MAX_JSON_DEPTH = 100;

/** What a walk finds, in order. [from, to) of a string is what stands between its quotes. */
export interface JsonVisitor {
  /** `plain`: nothing but printable ASCII and no escape. `hash`: hashBytes(bytes, from, to). */
  key(from: number, to: number, plain: boolean, hash: number): void;
  text(from: number, to: number, plain: boolean, hash: number): void;
  /** A number, true, false, null, or a word that JSON does not know (NaN). */
  word(from: number, to: number): void;
  open(isArray: boolean): void;
  close(isArray: boolean): void;
  /** An object or array nested deeper than the walker goes, unvisited. */
  tooDeep(from: number, to: number): void;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;

/** 1 for printable ASCII that stands for itself. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, c) =>
  c >= 0x20 && c < 0x80 && c !== QUOTE && c !== BACKSLASH ? 1 : 0,
);
const WORD = Uint8Array.from({ length: 256 }, (_, c) => (/[-+.\w]/.test(String.fromCharCode(c)) && c < 0x80 ? 1 : 0));

/** Walks one value at a time; one instance is reused for millions of them. */
export class JsonWalker {
  readonly #maxDepth: number;
  readonly #isArray: Uint8Array;
  #bytes: Uint8Array = new Uint8Array(0);
  #to = 0;
  #plain = true;
  #hash = 0;

  constructor(maxDepth = MAX_JSON_DEPTH) {
    this.#maxDepth = maxDepth;
    this.#isArray = new Uint8Array(maxDepth);
  }

  /** False when bytes[from, to) is not one well-formed value; the visitor has then seen a part of it. */
  walk(bytes: Uint8Array, from: number, to: number, visitor: JsonVisitor): boolean {
    this.#bytes = bytes;
    this.#to = to;
    let depth = 0;
    let at = this.#skipSpace(from);
    for (;;) {
      if (depth > 0 && this.#isArray[depth - 1] === 0) {
        at = this.#key(at, visitor);
        if (at < 0) return false;
      }
      const c = at < to ? bytes[at] : 0;
      let opened = false;
      if ((c === OPEN_OBJECT || c === OPEN_ARRAY) && depth < this.#maxDepth) {
        this.#isArray[depth++] = c === OPEN_ARRAY ? 1 : 0;
        visitor.open(c === OPEN_ARRAY);
        at++;
        opened = true;
      } else {
        at = this.#leaf(at, c, visitor);
        if (at < 0) return false;
      }
      at = this.#skipSpace(at);
      // Behind a value stand the brackets that it ends, then a comma, or the end.
      while (depth > 0 && at < to && bytes[at] === (this.#isArray[depth - 1] === 1 ? 0x5d : 0x7d)) {
        visitor.close(this.#isArray[--depth] === 1);
        opened = false;
        at = this.#skipSpace(at + 1);
      }
      if (depth === 0) return at === to;
      if (opened) continue;
      if (at >= to || bytes[at] !== COMMA) return false;
      at = this.#skipSpace(at + 1);
    }
  }

  /** A key and its colon; returns where the value starts, or -1. */
  #key(at: number, visitor: JsonVisitor): number {
    if (at >= this.#to || this.#bytes[at] !== QUOTE) return -1;
    const end = this.#stringEnd(at + 1);
    if (end < 0) return -1;
    visitor.key(at + 1, end, this.#plain, this.#hash);
    const colon = this.#skipSpace(end + 1);
    return colon < this.#to && this.#bytes[colon] === 0x3a ? this.#skipSpace(colon + 1) : -1;
  }

  #leaf(at: number, c: number, visitor: JsonVisitor): number {
    if (c === QUOTE) {
      const end = this.#stringEnd(at + 1);
      if (end < 0) return -1;
      visitor.text(at + 1, end, this.#plain, this.#hash);
      return end + 1;
    }
    if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
      const end = this.#containerEnd(at);
      if (end >= 0) visitor.tooDeep(at, end);
      return end;
    }
    const bytes = this.#bytes;
    let end = at;
    while (end < this.#to && WORD[bytes[end]] === 1) end++;
    if (end === at) return -1;
    visitor.word(at, end);
    return end;
  }

  /** The closing quote, or -1; says on the way whether the string is plain and what its hash is. */
  #stringEnd(from: number): number {
    const bytes = this.#bytes;
    const to = this.#to;
    let hash = HASH_SEED;
    let plain = true;
    let at = from;
    for (; at < to; at++) {
      let c = bytes[at];
      if (PLAIN[c] === 0) {
        if (c === QUOTE) break;
        plain = false;
        if (c === BACKSLASH && at + 1 < to) {
          hash = Math.imul(hash ^ c, HASH_PRIME);
          c = bytes[++at];
        }
      }
      hash = Math.imul(hash ^ c, HASH_PRIME);
    }
    this.#plain = plain;
    this.#hash = hash;
    return at < to ? at : -1;
  }

  /** Behind the bracket that closes the one at `at`, or -1. Counts brackets only. */
  #containerEnd(at: number): number {
    const bytes = this.#bytes;
    for (let depth = 0; at < this.#to; at++) {
      const c = bytes[at];
      if (c === QUOTE) {
        at = this.#stringEnd(at + 1);
        if (at < 0) return -1;
      } else if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
        depth++;
      } else if ((c === 0x7d || c === 0x5d) && --depth === 0) {
        return at + 1;
      }
    }
    return -1;
  }

  #skipSpace(at: number): number {
    const bytes = this.#bytes;
    while (at < this.#to && (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09))
      at++;
    return at;
  }
}
