import { ArgsScanner, type TypedKey } from './args-scanner.ts';
import { type ByteInterner, HASH_PRIME, HASH_SEED, hashBytes } from './interner.ts';
import { INCOMPLETE, MALFORMED, NUMBER_ENDS, STRING_STOPS, skipSpace, skipString, ValueSkipper } from './json-skip.ts';
import { repairOddFields } from './odd-fields.ts';
import { FIELD, FIELDS, type FieldName, NO_ID, ScannedEvent } from './scanned-event.ts';

const NAME = FIELD.name;
const CATEGORY = FIELD.cat;
const TS = FIELD.ts;
const DUR = FIELD.dur;
const ID = FIELD.id;
const PHASE = FIELD.ph;
const PID = FIELD.pid;
const TID = FIELD.tid;
const ARGS = FIELD.args;

/** Number keys and values get this far as digits of a double; longer ones take the general path. */
const EXACT_DIGITS = 15;
const MOST_MICROS = 9e12;
const FRACTION_TO_NS = [0, 100, 10, 1];
const NO_FIELD = -1;

/**
 * Scans one trace event: walks its bytes once, hashes names as it goes and makes no JavaScript string. Fields of
 * unusual shape are only marked on the way and repaired afterwards from their bytes.
 */
export class EventScanner {
  readonly event: ScannedEvent;
  readonly strings: ByteInterner;
  readonly keys: ByteInterner;
  readonly skipper = new ValueSkipper();
  readonly args: ArgsScanner;
  /** Counts of keys that are no field of the timeline, by the key's id in `keys`. */
  readonly ignored = new Map<number, number>();
  /** Those of the event being scanned: they only count when the event is complete. */
  readonly #ignoredKeys: number[] = [];
  buffer = new Uint8Array(0);
  limit = 0;
  #nameHash = 0;
  #categoryHash = 0;
  #pidValue = -1;
  #pidKey = NO_ID;
  #tidValue = -1;
  #tidKey = NO_ID;

  readonly #flowNamesEndInId: boolean;

  /** `flowNamesEndInId`: the name of an arrow ends in the digits of its id, and is interned without them. */
  constructor(strings: ByteInterner, keys: ByteInterner, typedKeys: readonly TypedKey[], flowNamesEndInId = false) {
    this.#flowNamesEndInId = flowNamesEndInId;
    this.strings = strings;
    this.keys = keys;
    this.event = new ScannedEvent(typedKeys.length);
    this.args = new ArgsScanner(strings, typedKeys, this.skipper);
  }

  /** `p` stands on an opening brace. Returns the position behind the closing one, INCOMPLETE or MALFORMED. */
  scan(p: number, fileOffset: number): number {
    const b = this.buffer;
    this.event.reset(fileOffset, p);
    if (this.#ignoredKeys.length > 0) this.#ignoredKeys.length = 0; // setting it costs as much as a whole field
    p = skipSpace(b, p + 1);
    if (b[p] === 0x7d) return p + 1;
    for (;;) {
      if (b[p] !== 0x22) return p >= this.limit ? INCOMPLETE : this.#fail(p, 'a key in double quotes');
      p = this.#scanMember(p + 1);
      if (p < 0) return p;
      p = skipSpace(b, p);
      const c = b[p];
      if (c === 0x2c) p = skipSpace(b, p + 1);
      else if (c === 0x7d) break;
      else return p >= this.limit ? INCOMPLETE : this.#fail(p, '"," or "}"');
    }
    if (p >= this.limit) return INCOMPLETE;
    this.#finish();
    return p + 1;
  }

  /** From behind the key's opening quote to behind the value. */
  #scanMember(p: number): number {
    const b = this.buffer;
    let field = fieldAt(b, p);
    const keyFrom = p;
    let keyTo: number;
    if (field === NO_FIELD) {
      p = skipString(b, p - 1, this.limit);
      if (p < 0) return p;
      keyTo = p - 1;
      field = this.#unusualKey(keyFrom, keyTo);
    } else {
      keyTo = p + FIELDS[field].length;
      p = keyTo + 1;
    }
    p = skipSpace(b, p);
    if (b[p] !== 0x3a) return p >= this.limit ? INCOMPLETE : this.#fail(p, '":"');
    p = skipSpace(b, p + 1);
    if (field === NO_FIELD) {
      this.#ignoredKeys.push(this.keys.add(b, keyFrom, keyTo, hashBytes(b, keyFrom, keyTo)));
      return this.#skip(p);
    }
    this.event.present |= 1 << field;
    this.event.odd &= ~(1 << field); // of a key written twice the last value counts
    return this.#scanValue(field, p);
  }

  #scanValue(field: number, p: number): number {
    switch (field) {
      case NAME:
      case CATEGORY:
        return this.#scanText(field, p);
      case PHASE:
        return this.#scanPhase(field, p);
      case TS:
        return this.#scanTs(p);
      case DUR:
        return this.#scanDur(p);
      case PID:
      case TID:
        return this.#scanKey(field, p);
      case ARGS:
        return this.#scanArgs(field, p);
      default:
        return this.#markRange(field, p);
    }
  }

  /** Names and categories: find the end and hash on the way; interned when the phase is known. */
  #scanText(field: number, p: number): number {
    const b = this.buffer;
    if (b[p] !== 0x22) return this.#markOdd(field, p);
    const from = ++p;
    let hash = HASH_SEED;
    let c = b[p];
    while (STRING_STOPS[c] === 0) {
      hash = Math.imul(hash ^ c, HASH_PRIME);
      c = b[++p];
    }
    if (c !== 0x22) return this.#markOdd(field, from - 1);
    this.event.from[field] = from;
    this.event.to[field] = p;
    if (field === NAME) this.#nameHash = hash;
    else this.#categoryHash = hash;
    return p + 1;
  }

  #scanPhase(field: number, p: number): number {
    const b = this.buffer;
    if (b[p] !== 0x22 || b[p + 2] !== 0x22 || b[p + 1] === 0x5c) return this.#markOdd(field, p);
    this.event.phase = b[p + 1];
    return p + 3;
  }

  #scanTs(p: number): number {
    const b = this.buffer;
    const valueFrom = p;
    const quoted = b[p] === 0x22;
    if (quoted) p++;
    const digitsFrom = p;
    let micros = 0;
    let digit = b[p] - 0x30;
    while (digit >= 0 && digit <= 9) {
      micros = micros * 10 + digit;
      digit = b[++p] - 0x30;
    }
    const digits = p - digitsFrom;
    let nanos = 0;
    if (digit === -2) {
      digit = b[++p] - 0x30;
      let places = 0;
      while (digit >= 0 && digit <= 9 && places < 3) {
        nanos = nanos * 10 + digit;
        places++;
        digit = b[++p] - 0x30;
      }
      nanos *= FRACTION_TO_NS[places];
    }
    const c = b[p];
    const clean = quoted ? c === 0x22 : NUMBER_ENDS[c] === 1;
    if (!clean || digits === 0 || digits > 16 || micros > Number.MAX_SAFE_INTEGER) return this.#markOdd(TS, valueFrom);
    const event = this.event;
    event.tsState = 'good';
    event.tsMicros = micros;
    event.tsNanos = nanos;
    event.from[TS] = digitsFrom;
    event.to[TS] = p;
    return quoted ? p + 1 : p;
  }

  /**
   * Half up on the fourth decimal is half up on the end too, because the fast path only keeps a ts of whole ns;
   * with a finer ts both are done over from their digits.
   */
  #scanDur(p: number): number {
    const b = this.buffer;
    const valueFrom = p;
    const quoted = b[p] === 0x22;
    if (quoted) p++;
    const digitsFrom = p;
    let micros = 0;
    let digit = b[p] - 0x30;
    while (digit >= 0 && digit <= 9) {
      micros = micros * 10 + digit;
      digit = b[++p] - 0x30;
    }
    const digits = p - digitsFrom;
    let nanos = 0;
    let rest = 0;
    if (digit === -2) {
      digit = b[++p] - 0x30;
      let places = 0;
      while (digit >= 0 && digit <= 9 && places < 3) {
        nanos = nanos * 10 + digit;
        places++;
        digit = b[++p] - 0x30;
      }
      nanos *= FRACTION_TO_NS[places];
      if (digit >= 5 && digit <= 9) nanos++;
      while (digit >= 0 && digit <= 9) {
        rest |= digit;
        digit = b[++p] - 0x30;
      }
    }
    const c = b[p];
    const clean = quoted ? c === 0x22 : NUMBER_ENDS[c] === 1;
    if (!clean || digits === 0 || micros > MOST_MICROS) return this.#markOdd(DUR, valueFrom);
    const event = this.event;
    event.durState = 'good';
    event.durNs = micros * 1000 + nanos;
    event.rounded = rest !== 0;
    event.from[DUR] = digitsFrom;
    event.to[DUR] = p;
    return quoted ? p + 1 : p;
  }

  /** pid and tid: plain integers are recognised by value when they repeat, anything else is interned by its bytes. */
  #scanKey(field: number, p: number): number {
    const b = this.buffer;
    const quoted = b[p] === 0x22;
    const from = quoted ? p + 1 : p;
    p = from;
    let value = 0;
    let digit = b[p] - 0x30;
    while (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digit = b[++p] - 0x30;
    }
    const c = b[p];
    const clean = quoted ? c === 0x22 : NUMBER_ENDS[c] === 1;
    const digits = p - from;
    if (!clean || digits === 0 || digits > EXACT_DIGITS || (b[from] === 0x30 && digits > 1)) {
      return quoted ? this.#scanWordKey(field, from) : this.#markOdd(field, from);
    }
    if (field === PID) {
      if (value !== this.#pidValue) {
        this.#pidValue = value;
        this.#pidKey = this.keys.add(b, from, p, hashBytes(b, from, p));
      }
      this.event.pid = this.#pidKey;
    } else {
      if (value !== this.#tidValue) {
        this.#tidValue = value;
        this.#tidKey = this.keys.add(b, from, p, hashBytes(b, from, p));
      }
      this.event.tid = this.#tidKey;
    }
    return quoted ? p + 1 : p;
  }

  #scanWordKey(field: number, from: number): number {
    const b = this.buffer;
    let p = from;
    while (STRING_STOPS[b[p]] === 0) p++;
    if (b[p] !== 0x22) return this.#markOdd(field, from - 1);
    const key = this.keys.add(b, from, p, hashBytes(b, from, p));
    if (field === PID) this.event.pid = key;
    else this.event.tid = key;
    return p + 1;
  }

  #scanArgs(field: number, p: number): number {
    if (this.buffer[p] !== 0x7b) return this.#markOdd(field, p);
    const end = this.args.scan(this.buffer, p, this.limit, this.event);
    if (end > 0) {
      this.event.argsFrom = p;
      this.event.argsTo = end;
    }
    return end;
  }

  /** Remembers where a value stands without its quotes. */
  #markRange(field: number, p: number): number {
    const end = this.#skip(p);
    if (end < 0) return end;
    const quoted = this.buffer[p] === 0x22 ? 1 : 0;
    this.event.from[field] = p + quoted;
    this.event.to[field] = end - quoted;
    return end;
  }

  /** Remembers where the whole value stands, for the general path. */
  #markOdd(field: number, p: number): number {
    const end = this.#skip(p);
    if (end < 0) return end;
    this.event.odd |= 1 << field;
    this.event.from[field] = p;
    this.event.to[field] = end;
    return end;
  }

  #skip(p: number): number {
    return this.skipper.skip(this.buffer, p, this.limit);
  }

  #fail(at: number, expected: string): number {
    this.skipper.errorAt = at;
    this.skipper.errorExpected = expected;
    return MALFORMED;
  }

  /** A key may be written with escapes and still be one of ours. */
  #unusualKey(from: number, to: number): number {
    const bytes = this.buffer.subarray(from, to);
    if (!bytes.includes(0x5c)) return NO_FIELD;
    const text = new TextDecoder().decode(bytes);
    return FIELDS.findIndex((name) => JSON.stringify(name) === tryNormalize(text));
  }

  #finish(): void {
    const event = this.event;
    const present = event.present & ~event.odd;
    if (present & (1 << NAME)) {
      const from = event.from[NAME];
      const to = event.to[NAME];
      const endsInId = this.#flowNamesEndInId && present & (1 << ID) && isFlowPhase(event.phase);
      const stem = endsInId ? this.#stemEnd(from, to) : to;
      const hash = stem === to ? this.#nameHash : hashBytes(this.buffer, from, stem);
      event.name = this.strings.add(this.buffer, from, stem, hash);
    }
    if (present & (1 << CATEGORY)) {
      event.category = this.strings.add(this.buffer, event.from[CATEGORY], event.to[CATEGORY], this.#categoryHash);
    }
    if (event.odd !== 0) repairOddFields(this);
    if (this.#ignoredKeys.length > 0) this.#countIgnoredKeys();
  }

  #countIgnoredKeys(): void {
    for (const key of this.#ignoredKeys) this.ignored.set(key, (this.ignored.get(key) ?? 0) + 1);
  }

  /** Where the name proper ends: one name instead of one per arrow. */
  #stemEnd(from: number, to: number): number {
    const b = this.buffer;
    const idTo = this.event.to[ID];
    const stem = to - (idTo - this.event.from[ID]);
    if (stem <= from) return to;
    for (let i = stem, j = this.event.from[ID]; j < idTo; i++, j++) {
      if (b[i] !== b[j] || b[j] < 0x30 || b[j] > 0x39) return to;
    }
    return stem;
  }
}

function isFlowPhase(phase: number): boolean {
  return phase === 0x73 || phase === 0x66 || phase === 0x74;
}

function tryNormalize(escapedKey: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(`"${escapedKey}"`));
  } catch {
    return undefined;
  }
}

/** Each field's key bytes with the closing quote, by first letter: almost every key is settled by one comparison. */
const KEYS_BY_FIRST_BYTE: readonly { readonly field: number; readonly bytes: Uint8Array }[][] = Array.from(
  { length: 256 },
  (_, first) =>
    FIELDS.flatMap((name: FieldName, field) =>
      name.charCodeAt(0) === first ? [{ field, bytes: new TextEncoder().encode(`${name}"`) }] : [],
    ),
);

function fieldAt(b: Uint8Array, p: number): number {
  const candidates = KEYS_BY_FIRST_BYTE[b[p]];
  for (let k = 0; k < candidates.length; k++) {
    const { field, bytes } = candidates[k];
    let i = 1;
    while (i < bytes.length && b[p + i] === bytes[i]) i++;
    if (i === bytes.length) return field;
  }
  return NO_FIELD;
}
