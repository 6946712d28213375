import { INCOMPLETE, MALFORMED, skipSpace, skipString, ValueSkipper } from './json-skip.ts';

const [QUOTE, COMMA, COLON, OPEN, CLOSE] = [0x22, 0x2c, 0x3a, 0x7b, 0x7d];

/** The members of a JSON object: where keys, without their quotes, and values stand. */
export class JsonMembers {
  readonly keyFrom: number[] = [];
  readonly keyTo: number[] = [];
  readonly valueFrom: number[] = [];
  readonly valueTo: number[] = [];
  count = 0;
  readonly #values = new ValueSkipper();

  /** Finds the members of the object in [from, to). False where that is no object; then there are none. */
  find(b: Uint8Array, from: number, to: number): boolean {
    this.count = 0;
    const isObject = this.#walk(b, from, to);
    if (!isObject) this.count = 0;
    return isObject;
  }

  #walk(b: Uint8Array, from: number, to: number): boolean {
    let p = skipSpace(b, from);
    if (b[p] !== OPEN) return false;
    p = skipSpace(b, p + 1);
    if (b[p] === CLOSE) return p < to;
    for (;;) {
      if (b[p] !== QUOTE) return false;
      const keyEnd = skipString(b, p, to);
      if (keyEnd === INCOMPLETE) return false;
      const colon = skipSpace(b, keyEnd);
      if (b[colon] !== COLON) return false;
      const valueFrom = skipSpace(b, colon + 1);
      const valueTo = this.#values.skip(b, valueFrom, to);
      if (valueTo === INCOMPLETE || valueTo === MALFORMED) return false;
      this.#add(p + 1, keyEnd - 1, valueFrom, valueTo);
      p = skipSpace(b, valueTo);
      if (p >= to) return false;
      if (b[p] === CLOSE) return true;
      if (b[p] !== COMMA) return false;
      p = skipSpace(b, p + 1);
    }
  }

  #add(keyFrom: number, keyTo: number, valueFrom: number, valueTo: number): void {
    this.keyFrom[this.count] = keyFrom;
    this.keyTo[this.count] = keyTo;
    this.valueFrom[this.count] = valueFrom;
    this.valueTo[this.count] = valueTo;
    this.count++;
  }
}
