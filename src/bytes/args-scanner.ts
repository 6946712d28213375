import { type ByteInterner, HASH_PRIME, HASH_SEED, hashBytes } from './interner.ts';
import { INCOMPLETE, MALFORMED, NUMBER_ENDS, STRING_STOPS, skipSpace, type ValueSkipper } from './json-skip.ts';
import type { ScannedEvent } from './scanned-event.ts';

/** An args key whose value becomes a column while scanning. */
export interface TypedKey {
  readonly key: string;
  readonly kind: 'number' | 'text';
}

/** Integers of more digits may exceed int64 or a double, so a JSON writer must look at them. */
const PLAIN_DIGITS = 15;
/** Room for this many members to begin with. */
const USUAL_MEMBERS = 1 << 8;
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, n) => 10 ** n);

/** Scans the args object of an event: finds its end, judges whether it is strict JSON, picks out typed keys. */
export class ArgsScanner {
  readonly #strings: ByteInterner;
  readonly #typedKeys: readonly TypedKey[];
  readonly #typedBytes: readonly Uint8Array[];
  /** Typed key number + 1 by hash & mask; 0 is empty. */
  readonly #slots: Uint8Array;
  readonly #hashes: Int32Array;
  readonly #skipper: ValueSkipper;
  #strict = true;
  /** The members of the object scanned last, in order: key without quotes, its hash, value with quotes. */
  memberCount = 0;
  memberKeyFrom = new Int32Array(USUAL_MEMBERS);
  memberKeyTo = new Int32Array(USUAL_MEMBERS);
  memberKeyHash = new Int32Array(USUAL_MEMBERS);
  memberFrom = new Int32Array(USUAL_MEMBERS);
  memberTo = new Int32Array(USUAL_MEMBERS);
  #memberTyped = new Int32Array(USUAL_MEMBERS);
  /** How many keys of the object before still stand in the buffer: exporters repeat the same keys over and over. */
  #knownMembers = 0;

  constructor(strings: ByteInterner, typedKeys: readonly TypedKey[], skipper: ValueSkipper) {
    if (typedKeys.length > 31) throw new Error('a table of typed keys holds at most 31 keys');
    this.#strings = strings;
    this.#typedKeys = typedKeys;
    this.#skipper = skipper;
    this.#typedBytes = typedKeys.map(({ key }) => new TextEncoder().encode(key));
    this.#slots = new Uint8Array(256);
    this.#hashes = Int32Array.from(this.#typedBytes, (bytes) => bytes.reduce(fold, HASH_SEED));
    this.#hashes.forEach((hash, index) => {
      let slot = hash & 255;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & 255;
      this.#slots[slot] = index + 1;
    });
  }

  /** `p` stands on the opening brace; returns the position behind the closing one, INCOMPLETE or MALFORMED. */
  scan(b: Uint8Array, p: number, limit: number, event: ScannedEvent): number {
    this.#strict = true;
    let member = 0;
    this.memberCount = 0;
    p = skipSpace(b, p + 1);
    if (b[p] === 0x7d) {
      event.argsStrict = true;
      return p + 1;
    }
    for (;;) {
      if (b[p] !== 0x22) return p >= limit ? INCOMPLETE : this.#fail(p, 'a key in double quotes');
      const keyFrom = ++p;
      let hash: number;
      let typed: number;
      let keyTo: number;
      if (member < this.#knownMembers && this.#isSameKey(b, p, member)) {
        keyTo = p + this.memberKeyTo[member] - this.memberKeyFrom[member];
        hash = this.memberKeyHash[member];
        typed = this.#memberTyped[member];
      } else {
        this.#knownMembers = 0;
        hash = HASH_SEED;
        let k = b[p];
        while (STRING_STOPS[k] === 0) {
          hash = Math.imul(hash ^ k, HASH_PRIME);
          if (k >= 0x80) this.#strict = false;
          k = b[++p];
        }
        keyTo = k === 0x22 ? p : this.#endOfUnusualString(b, p, limit);
        if (keyTo === INCOMPLETE) return INCOMPLETE;
        typed = this.#typedIndex(b, keyFrom, keyTo, hash);
      }
      p = skipSpace(b, keyTo + 1);
      if (b[p] !== 0x3a) return p >= limit ? INCOMPLETE : this.#fail(p, '":"');
      p = skipSpace(b, p + 1);
      const valueFrom = p;
      p = typed < 0 ? this.#skipValue(b, p, limit) : this.#scanTyped(b, p, limit, typed, event);
      if (p < 0) return p;
      if (member === this.memberTo.length) this.#growMembers();
      this.memberKeyFrom[member] = keyFrom;
      this.memberKeyTo[member] = keyTo;
      this.memberKeyHash[member] = hash;
      this.#memberTyped[member] = typed;
      this.memberFrom[member] = valueFrom;
      this.memberTo[member++] = p;
      p = skipSpace(b, p);
      const c = b[p];
      if (c === 0x2c) p = skipSpace(b, p + 1);
      else if (c === 0x7d) break;
      else return p >= limit ? INCOMPLETE : this.#fail(p, '"," or "}"');
    }
    if (p >= limit) return INCOMPLETE;
    this.memberCount = member;
    this.#knownMembers = this.#strict ? member : 0;
    event.argsStrict = this.#strict;
    return p + 1;
  }

  #growMembers(): void {
    this.memberKeyFrom = doubled(this.memberKeyFrom);
    this.memberKeyTo = doubled(this.memberKeyTo);
    this.memberKeyHash = doubled(this.memberKeyHash);
    this.memberFrom = doubled(this.memberFrom);
    this.memberTo = doubled(this.memberTo);
    this.#memberTyped = doubled(this.#memberTyped);
  }

  /** Whether the key at `p` has the bytes that the same member of the object before had. */
  #isSameKey(b: Uint8Array, p: number, member: number): boolean {
    const to = this.memberKeyTo[member];
    let q = this.memberKeyFrom[member];
    while (q <= to && b[q] === b[p]) {
      q++;
      p++;
    }
    return q > to;
  }

  /** The buffer was filled anew: what stood in it before is gone. */
  forgetMembers(): void {
    this.#knownMembers = 0;
  }

  #typedIndex(b: Uint8Array, from: number, to: number, hash: number): number {
    let slot = hash & 255;
    for (let entry = this.#slots[slot]; entry !== 0; entry = this.#slots[slot]) {
      if (this.#hashes[entry - 1] === hash && equalBytes(this.#typedBytes[entry - 1], b, from, to)) return entry - 1;
      slot = (slot + 1) & 255;
    }
    return -1;
  }

  /** The usual shapes in one pass: a plain integer, a string without escapes. */
  #scanTyped(b: Uint8Array, p: number, limit: number, index: number, event: ScannedEvent): number {
    const isNumber = this.#typedKeys[index].kind === 'number';
    const from = p;
    let c = b[p];
    if (isNumber) {
      let value = 0;
      while (c >= 0x30 && c <= 0x39) {
        value = value * 10 + c - 0x30;
        c = b[++p];
      }
      const digits = p - from;
      if (NUMBER_ENDS[c] === 1 && digits > 0 && digits <= PLAIN_DIGITS && (b[from] !== 0x30 || digits === 1)) {
        event.typedNumbers[index] = value;
        event.typedPresent |= 1 << index;
        return p;
      }
    } else if (c === 0x22) {
      let hash = HASH_SEED;
      c = b[++p];
      while (ASCII_TEXT[c] === 1) {
        hash = Math.imul(hash ^ c, HASH_PRIME);
        c = b[++p];
      }
      if (c === 0x22) {
        event.typedTexts[index] = this.#strings.add(b, from + 1, p, hash);
        event.typedPresent |= 1 << index;
        return p + 1;
      }
    }
    return this.#scanUnusualTyped(b, from, limit, index, event);
  }

  #scanUnusualTyped(b: Uint8Array, p: number, limit: number, index: number, event: ScannedEvent): number {
    const quoted = b[p] === 0x22;
    const end = this.#skipValue(b, p, limit);
    if (end < 0) return end;
    const from = quoted ? p + 1 : p;
    const to = quoted ? end - 1 : end;
    if (this.#typedKeys[index].kind === 'number') {
      const value = decimalValue(b, from, to);
      if (Number.isNaN(value)) return end;
      event.typedNumbers[index] = value;
    } else {
      if (!quoted || b.subarray(from, to).includes(0x5c)) return end;
      event.typedTexts[index] = this.#strings.add(b, from, to, hashBytes(b, from, to));
    }
    event.typedPresent |= 1 << index;
    return end;
  }

  #skipValue(b: Uint8Array, p: number, limit: number): number {
    const c = b[p];
    if (c === 0x22) {
      p++;
      let seen = 0;
      while (STRING_STOPS[b[p]] === 0) seen |= b[p++];
      if (seen >= 0x80) this.#strict = false;
      if (b[p] === 0x22) return p + 1;
      const quote = this.#endOfUnusualString(b, p, limit);
      return quote === INCOMPLETE ? INCOMPLETE : quote + 1;
    }
    if (c === 0x2d || (c >= 0x30 && c <= 0x39)) return this.#skipNumber(b, p, limit);
    if (c === 0x7b || c === 0x5b) this.#strict = false;
    else if (!isLiteral(b, p)) this.#strict = false;
    return this.#skipper.skip(b, p, limit);
  }

  /** A number in its usual shape; anything else in its place makes the args not strict. */
  #skipNumber(b: Uint8Array, p: number, limit: number): number {
    const from = p;
    if (b[p] === 0x2d) p++;
    const digitsFrom = p;
    while (isDigit(b[p])) p++;
    const digits = p - digitsFrom;
    if (digits === 0 || digits > PLAIN_DIGITS || (digits > 1 && b[digitsFrom] === 0x30)) this.#strict = false;
    if (b[p] === 0x2e) {
      p++;
      if (!isDigit(b[p])) this.#strict = false;
      while (isDigit(b[p])) p++;
    }
    if (NUMBER_ENDS[b[p]] === 1) return p;
    this.#strict = false;
    return this.#skipper.skip(b, from, limit);
  }

  /** From the first backslash or control byte to the closing quote. Only well-known escapes are strict. */
  #endOfUnusualString(b: Uint8Array, p: number, limit: number): number {
    for (;;) {
      while (STRING_STOPS[b[p]] === 0) if (b[p++] >= 0x80) this.#strict = false;
      const c = b[p];
      if (c === 0x22) return p < limit ? p : INCOMPLETE;
      if (p >= limit) return INCOMPLETE;
      if (c !== 0x5c || !isPlainEscape(b[p + 1])) this.#strict = false;
      p += c === 0x5c ? 2 : 1;
    }
  }

  #fail(at: number, expected: string): number {
    this.#skipper.errorAt = at;
    this.#skipper.errorExpected = expected;
    return MALFORMED;
  }
}

/** 1 for plain ASCII text inside a string. */
const ASCII_TEXT = STRING_STOPS.map((stop, c) => (stop === 0 && c < 0x80 ? 1 : 0));

function doubled(column: Int32Array): Int32Array<ArrayBuffer> {
  const bigger = new Int32Array(column.length * 2);
  bigger.set(column);
  return bigger;
}

function fold(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, HASH_PRIME);
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function isPlainEscape(c: number): boolean {
  return c === 0x22 || c === 0x5c || c === 0x2f || c === 0x62 || c === 0x66 || c === 0x6e || c === 0x72 || c === 0x74;
}

/** A whole word: true, false or null and nothing more. */
function isLiteral(b: Uint8Array, p: number): boolean {
  const word = [b[p], b[p + 1], b[p + 2], b[p + 3]].map((c) => String.fromCharCode(c)).join('');
  if (word === 'true' || word === 'null') return NUMBER_ENDS[b[p + 4]] === 1;
  return word === 'fals' && b[p + 4] === 0x65 && NUMBER_ENDS[b[p + 5]] === 1;
}

function equalBytes(expected: Uint8Array, b: Uint8Array, from: number, to: number): boolean {
  if (expected.length !== to - from) return false;
  for (let i = 0; i < expected.length; i++) if (expected[i] !== b[from + i]) return false;
  return true;
}

/**
 * The double nearest to the decimal in b[from, to), NaN when it is none. Up to 15 digits are exact as an integer and
 * so are powers of ten up to 22, and one division rounds once: the common case needs no string.
 */
export function decimalValue(b: Uint8Array, from: number, to: number): number {
  let p = from;
  const negative = b[p] === 0x2d;
  if (negative) p++;
  let value = 0;
  let digits = 0;
  let places = -1;
  for (; p < to; p++) {
    const c = b[p];
    if (c === 0x2e && places < 0) places = 0;
    else if (isDigit(c)) {
      value = value * 10 + (c - 0x30);
      digits++;
      if (places >= 0) places++;
    } else break;
  }
  if (p < to || digits === 0 || digits > PLAIN_DIGITS) return generalValue(b, from, to);
  const magnitude = places > 0 ? value / POWERS_OF_TEN[places] : value;
  return negative ? -magnitude : magnitude;
}

const JSON_NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

function generalValue(b: Uint8Array, from: number, to: number): number {
  const text = new TextDecoder().decode(b.subarray(from, to));
  return JSON_NUMBER.test(text) ? Number(text) : Number.NaN;
}
