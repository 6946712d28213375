import { decimalValue } from '../../../bytes/index.ts';
import { skipString } from '../../../bytes/json-skip.ts';
import type { Member } from './members.ts';

const [QUOTE, COMMA, OPEN_LIST, CLOSE_LIST] = [0x22, 0x2c, 0x5b, 0x5d];

/** Numbers of a list of lists, and where those of each list end. */
export interface NumberLists {
  readonly values: Float64Array;
  /** By list; a number that stands alone is a list of one. */
  readonly ends: Float64Array;
}

const isSpace = (c: number): boolean => c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;

/** The numbers of a list, NaN for null and for other words; undefined where something else stands among them. */
export function numbersIn(b: Uint8Array, member: Member): Float64Array | undefined {
  const { values, ends } = numberListsIn(b, member) ?? {};
  return values?.length === ends?.length ? values : undefined;
}

export function numberListsIn(b: Uint8Array, { from, to }: Member): NumberLists | undefined {
  if (b[from] !== OPEN_LIST) return undefined;
  const values = new GrowingNumbers();
  const ends = new GrowingNumbers();
  let isInside = false;
  for (let p = from + 1; p < to - 1; p++) {
    const c = b[p];
    if (isSpace(c) || c === COMMA) continue;
    if (c === OPEN_LIST) {
      if (isInside) return undefined;
      isInside = true;
    } else if (c === CLOSE_LIST) {
      isInside = false;
      ends.push(values.length);
    } else {
      const end = wordEnd(b, p, to);
      if (end === p) return undefined;
      values.push(decimalValue(b, p, end));
      if (!isInside) ends.push(values.length);
      p = end - 1;
    }
  }
  return { values: values.finish(), ends: ends.finish() };
}

function wordEnd(b: Uint8Array, p: number, to: number): number {
  while (p < to && !isSpace(b[p]) && b[p] !== COMMA && b[p] !== CLOSE_LIST && b[p] !== QUOTE && b[p] !== 0x7b) p++;
  return p;
}

/** Which texts of a list say something; undefined where it is no list of texts. */
export function textsPresentIn(b: Uint8Array, { from, to }: Member): boolean[] | undefined {
  if (b[from] !== OPEN_LIST) return undefined;
  const present: boolean[] = [];
  for (let p = from + 1; p < to - 1; p++) {
    const c = b[p];
    if (isSpace(c) || c === COMMA) continue;
    const end = c === QUOTE ? skipString(b, p, to) : wordEnd(b, p, to);
    if (end <= p) return undefined;
    present.push(c === QUOTE && end - p > 2);
    p = end - 1;
  }
  return present;
}

class GrowingNumbers {
  #values = new Float64Array(64);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Float64Array(this.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  finish(): Float64Array {
    return this.#values.slice(0, this.length);
  }
}
