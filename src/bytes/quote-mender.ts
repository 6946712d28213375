import { INCOMPLETE, MALFORMED, skipSpace, ValueSkipper } from './json-skip.ts';

const [QUOTE, APOSTROPHE, BACKSLASH, COMMA, COLON] = [0x22, 0x27, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
const LONGEST_TEXT = 1 << 16;
const LONGEST_KEY = 64;

/**
 * Mends an event in whose texts quotes stand that were not escaped, as writers of old versions left them: they become
 * apostrophes, so that everything keeps its place. A quote ends a text where what follows goes on as JSON does: another
 * key, or the end of the container. Where that is not so of the whole event, it is left as it was.
 */
export class QuoteMender {
  readonly #skipper = new ValueSkipper();
  #bytes: Uint8Array = new Uint8Array(0);
  #limit = 0;
  /** Whether nothing comes behind the limit. */
  #isLast = false;
  /** Where quotes were replaced in the event mended last. */
  readonly places: number[] = [];

  /** `p` stands on the opening brace. Returns the position behind the closing one, INCOMPLETE or MALFORMED. */
  mend(b: Uint8Array, p: number, limit: number, isLast: boolean): number {
    this.#bytes = b;
    this.#limit = limit;
    this.#isLast = isLast;
    this.places.length = 0;
    const end = this.#event(p);
    if (end === INCOMPLETE) return isLast ? MALFORMED : INCOMPLETE;
    if (end === MALFORMED || this.places.length === 0) return MALFORMED;
    for (const place of this.places) b[place] = APOSTROPHE;
    return end;
  }

  /** As if nothing had been mended. */
  undo(): void {
    for (const place of this.places) this.#bytes[place] = QUOTE;
  }

  #event(from: number): number {
    const b = this.#bytes;
    const open = [OPEN_OBJECT];
    const keys = new Set<string>();
    let p = from + 1;
    while (open.length > 0) {
      p = skipSpace(b, p);
      const c = b[p];
      if (p >= this.#limit) return INCOMPLETE;
      const container = open[open.length - 1];
      if (c === CLOSE_OBJECT || c === CLOSE_ARRAY) {
        if (c !== container + 2) return MALFORMED;
        open.pop();
        p++;
      } else if (c === COMMA) p++;
      else {
        let value = p;
        if (container === OPEN_OBJECT) {
          value = this.#behindKey(p);
          if (value < 0) return value;
          // A key twice: a text ran on into the next event.
          const key =
            open.length === 1 ? String.fromCharCode(...b.subarray(p + 1, b.indexOf(QUOTE, p + 1))) : undefined;
          if (key !== undefined && keys.size === keys.add(key).size) return MALFORMED;
        }
        p = this.#value(value, container, open);
        if (p < 0) return p;
      }
    }
    // Without a phase: a text ran on over other members.
    if (!keys.has('ph')) return MALFORMED;
    const next = skipSpace(b, p);
    if (next >= this.#limit) return this.#isLast ? p : INCOMPLETE;
    return b[next] === COMMA || b[next] === CLOSE_ARRAY ? p : MALFORMED;
  }

  #value(p: number, container: number, open: number[]): number {
    const b = this.#bytes;
    if (p >= this.#limit) return INCOMPLETE;
    if (b[p] === OPEN_OBJECT || b[p] === OPEN_ARRAY) {
      open.push(b[p]);
      return p + 1;
    }
    return b[p] === QUOTE ? this.#text(p, container) : this.#skipper.skip(b, p, this.#limit);
  }

  /** From an opening quote to behind the closing one. */
  #text(from: number, container: number): number {
    const b = this.#bytes;
    for (let p = from + 1; p < this.#limit; p++) {
      if (b[p] < 0x20 || p - from > LONGEST_TEXT || this.#isBetweenEvents(p)) return MALFORMED;
      if (b[p] === BACKSLASH) p++;
      else if (b[p] === QUOTE) {
        const isEnd = this.#goesOn(skipSpace(b, p + 1), container);
        if (isEnd === undefined) return INCOMPLETE;
        if (isEnd) return p + 1;
        this.places.push(p);
      }
    }
    return INCOMPLETE;
  }

  /**
   * Whether `},{` or `}{` ends at `p`: a text that holds it ran on into the next event. It is there that scanning goes on,
   * so no byte is looked at again for each event that cannot be mended.
   */
  #isBetweenEvents(p: number): boolean {
    const b = this.#bytes;
    if (b[p] !== OPEN_OBJECT) return false;
    let before = p - 1;
    while (b[before] === 0x20 || b[before] === COMMA) before--;
    return b[before] === CLOSE_OBJECT;
  }

  /** Whether JSON goes on at `p` behind a text in a container; undefined where the data runs out. */
  #goesOn(p: number, container: number): boolean | undefined {
    const b = this.#bytes;
    const next = skipSpace(b, p + 1);
    if (next >= this.#limit && !this.#isLast) return undefined;
    const c = b[p];
    if (c === container + 2) return b[next] === COMMA || b[next] === CLOSE_OBJECT || b[next] === CLOSE_ARRAY;
    if (c !== COMMA) return false;
    if (container === OPEN_ARRAY) return b[next] !== COMMA && b[next] !== CLOSE_ARRAY;
    const value = this.#behindKey(next);
    return value === INCOMPLETE && !this.#isLast ? undefined : value >= 0;
  }

  /** From the opening quote of a key to its value. */
  #behindKey(p: number): number {
    const b = this.#bytes;
    if (b[p] !== QUOTE) return MALFORMED;
    let end = p + 1;
    while (b[end] !== QUOTE && b[end] !== BACKSLASH && b[end] >= 0x20 && end - p <= LONGEST_KEY) end++;
    if (end >= this.#limit) return INCOMPLETE;
    const colon = skipSpace(b, end + 1);
    if (colon >= this.#limit) return INCOMPLETE;
    return b[end] === QUOTE && b[colon] === COLON ? skipSpace(b, colon + 1) : MALFORMED;
  }
}
