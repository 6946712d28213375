/**
 * Walking over JSON bytes without looking inside. The buffer must end in PADDING zero bytes behind `limit`: a zero
 * byte at or after the limit is how every loop notices that it ran out of data, so no loop checks an index.
 */

export const PADDING = 16;

/** Results of a walk that did not reach the end of what it walks over. */
export const INCOMPLETE = -1;
export const MALFORMED = -2;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** 1 for what ends the plain run of a string: the quote, the backslash, control bytes. */
export const STRING_STOPS = Uint8Array.from({ length: 256 }, (_, c) =>
  c === QUOTE || c === BACKSLASH || c < 0x20 ? 1 : 0,
);

/** 1 for bytes of numbers and literals. */
const WORD_BYTES = Uint8Array.from({ length: 256 }, (_, c) => (/[-+.0-9A-Za-z]/.test(String.fromCharCode(c)) ? 1 : 0));

/** 1 for what may follow a number inside a container: comma, brackets, white space. */
export const NUMBER_ENDS = Uint8Array.from({ length: 256 }, (_, c) =>
  ',]} \n\r\t'.includes(String.fromCharCode(c)) ? 1 : 0,
);

export function skipSpace(b: Uint8Array, p: number): number {
  let c = b[p];
  while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) c = b[++p];
  return p;
}

/** From the opening quote to behind the closing one. Control bytes inside are let through. */
export function skipString(b: Uint8Array, p: number, limit: number): number {
  p++;
  for (;;) {
    while (STRING_STOPS[b[p]] === 0) p++;
    const c = b[p];
    if (c === QUOTE) return p < limit ? p + 1 : INCOMPLETE;
    if (p >= limit) return INCOMPLETE;
    p += c === BACKSLASH ? 2 : 1;
  }
}

/** A number or literal; what it says is not checked, only that it has bytes. */
function skipWord(b: Uint8Array, p: number, limit: number): number {
  const from = p;
  while (WORD_BYTES[b[p]] === 1) p++;
  if (p >= limit) return INCOMPLETE;
  return p === from ? MALFORMED : p;
}

/** Walks over values of any depth. One instance serves one scanner and keeps its bracket stack between calls. */
export class ValueSkipper {
  #stack = new Uint8Array(64);
  /** Where the last walk found something wrong, and what should have stood there. */
  errorAt = 0;
  errorExpected = '';

  skip(b: Uint8Array, p: number, limit: number): number {
    const c = b[p];
    if (c === QUOTE) return skipString(b, p, limit);
    if (c !== 0x7b && c !== 0x5b) {
      const end = skipWord(b, p, limit);
      return end === MALFORMED ? (p >= limit ? INCOMPLETE : this.#fail(p, 'a value')) : end;
    }
    return this.#skipContainer(b, p, limit);
  }

  /** Brackets must match; commas and colons between values are not checked here. */
  #skipContainer(b: Uint8Array, p: number, limit: number): number {
    let depth = 0;
    for (;;) {
      const c = b[p];
      if (c === QUOTE) {
        p = skipString(b, p, limit);
        if (p === INCOMPLETE) return INCOMPLETE;
        continue;
      }
      if (p >= limit) return INCOMPLETE;
      if (c === 0x7b || c === 0x5b) {
        if (depth === this.#stack.length) this.#growStack();
        this.#stack[depth++] = c + 2;
      } else if (c === 0x7d || c === 0x5d) {
        if (this.#stack[--depth] !== c) return this.#fail(p, this.#stack[depth] === 0x7d ? '"}"' : '"]"');
        if (depth === 0) return p + 1;
      }
      p++;
    }
  }

  #fail(at: number, expected: string): number {
    this.errorAt = at;
    this.errorExpected = expected;
    return MALFORMED;
  }

  #growStack(): void {
    const bigger = new Uint8Array(this.#stack.length * 2);
    bigger.set(this.#stack);
    this.#stack = bigger;
  }
}
