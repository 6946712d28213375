/**
 * JSON text to values, without recursion and without losing a digit: the general path for what the event scanner
 * does not know by heart. Accepts what exporters really write (control characters inside strings), reports the rest.
 */

/** A number keeps its text, so that 64-bit ids and long decimals stay exact until somebody asks for a double. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get value(): number {
    return Number(this.text);
  }
}

export type JsonValue = null | boolean | string | JsonNumber | JsonArray | JsonObject;
export type JsonArray = JsonValue[];
/** Keys in file order. A key written twice keeps the last value, as JSON.parse does. */
export type JsonObject = Map<string, JsonValue>;

export class JsonSyntaxError extends Error {
  readonly offset: number;
  readonly expected: string;

  constructor(offset: number, expected: string) {
    super(`expected ${expected} at byte ${offset}`);
    this.offset = offset;
    this.expected = expected;
  }
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** Parses exactly one value that fills bytes[from, to). Throws JsonSyntaxError with an offset into `bytes`. */
export function parseJson(bytes: Uint8Array, from = 0, to = bytes.length): JsonValue {
  const parser = new ValueParser(bytes, from, to);
  const value = parser.value();
  parser.expectEnd();
  return value;
}

export interface JsonPrefix {
  /** What could be read; undefined where that is nothing. A container the text breaks off in has what came before. */
  readonly value: JsonValue | undefined;
  /** Where and why reading stopped; undefined where the value is all there is. */
  readonly error: JsonSyntaxError | undefined;
  /** The value came to its end; there is something behind it. */
  readonly isComplete: boolean;
}

/** As parseJson, but keeps what stands before the first error. */
export function parseJsonPrefix(bytes: Uint8Array, from = 0, to = bytes.length): JsonPrefix {
  const parser = new ValueParser(bytes, from, to);
  const open: OpenContainer[] = [];
  let value: JsonValue | undefined;
  try {
    value = parser.value(open);
    parser.expectEnd();
    return { value, error: undefined, isComplete: true };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const isComplete = value !== undefined;
    for (let inner = open.pop(); inner !== undefined; inner = open.pop()) {
      const outer = open.at(-1);
      if (outer === undefined) value = inner.value;
      else attach(outer, inner.value);
    }
    return { value, error, isComplete };
  }
}

interface OpenContainer {
  readonly value: JsonArray | JsonObject;
  key: string;
}

function attach(parent: OpenContainer, value: JsonValue): void {
  if (Array.isArray(parent.value)) parent.value.push(value);
  else parent.value.set(parent.key, value);
}

class ValueParser {
  readonly #bytes: Uint8Array;
  readonly #to: number;
  #at: number;

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.#bytes = bytes;
    this.#at = from;
    this.#to = to;
  }

  /** One value; the stack of open containers stands in for recursion, so depth is bounded by memory only. */
  value(open: OpenContainer[] = []): JsonValue {
    for (;;) {
      let done = this.#begin(open);
      while (done !== undefined) {
        const parent = open.at(-1);
        if (parent === undefined) return done;
        // A number at the very end may go on.
        if (this.#at === this.#to && done instanceof JsonNumber) throw this.#unclosed(parent);
        attach(parent, done);
        done = this.#next(parent, open);
      }
    }
  }

  expectEnd(): void {
    if (this.#peek() !== -1) throw new JsonSyntaxError(this.#at, 'the end of the value');
  }

  /** Reads a scalar or an empty container and returns it; opens any other container and returns undefined. */
  #begin(open: OpenContainer[]): JsonValue | undefined {
    const c = this.#peek();
    if (c === 0x7b) {
      this.#at++;
      const value: JsonObject = new Map();
      if (this.#peek() === 0x7d) {
        this.#at++;
        return value;
      }
      open.push({ value, key: this.#key() });
      return undefined;
    }
    if (c === 0x5b) {
      this.#at++;
      const value: JsonArray = [];
      if (this.#peek() === 0x5d) {
        this.#at++;
        return value;
      }
      open.push({ value, key: '' });
      return undefined;
    }
    return c === 0x22 ? this.#string() : this.#word();
  }

  /** After an element: a comma leads to the next one (undefined), a bracket closes the container and returns it. */
  #next(parent: OpenContainer, open: OpenContainer[]): JsonValue | undefined {
    const c = this.#peek();
    const isArray = Array.isArray(parent.value);
    if (c === 0x2c) {
      this.#at++;
      if (!isArray) parent.key = this.#key();
      return undefined;
    }
    if (c !== (isArray ? 0x5d : 0x7d)) throw this.#unclosed(parent);
    this.#at++;
    open.pop();
    return parent.value;
  }

  #unclosed({ value }: OpenContainer): JsonSyntaxError {
    return new JsonSyntaxError(this.#at, Array.isArray(value) ? '"," or "]"' : '"," or "}"');
  }

  #key(): string {
    if (this.#peek() !== 0x22) throw new JsonSyntaxError(this.#at, 'a key in double quotes');
    const key = this.#string();
    if (this.#peek() !== 0x3a) throw new JsonSyntaxError(this.#at, '":"');
    this.#at++;
    return key;
  }

  #string(): string {
    const from = this.#at + 1;
    let at = from;
    let escaped = false;
    for (; at < this.#to && this.#bytes[at] !== 0x22; at++) {
      if (this.#bytes[at] === 0x5c) {
        escaped = true;
        at++;
      }
    }
    if (at >= this.#to) throw new JsonSyntaxError(this.#to, 'the end of a string');
    this.#at = at + 1;
    const text = utf8Decoder.decode(this.#bytes.subarray(from, at));
    return escaped ? unescaped(text, from) : text;
  }

  #word(): JsonValue {
    const from = this.#at;
    let at = from;
    while (at < this.#to && isWordByte(this.#bytes[at])) at++;
    const text = utf8Decoder.decode(this.#bytes.subarray(from, at));
    this.#at = at;
    if (text === 'null') return null;
    if (text === 'true') return true;
    if (text === 'false') return false;
    if (NUMBER.test(text)) return new JsonNumber(text);
    throw new JsonSyntaxError(from, 'a value');
  }

  /** The next byte that is not white space, or -1 at the end. */
  #peek(): number {
    while (this.#at < this.#to) {
      const c = this.#bytes[this.#at];
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) return c;
      this.#at++;
    }
    return -1;
  }
}

const utf8Decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Letters, digits, sign and point: what numbers and literals are made of. */
function isWordByte(c: number): boolean {
  return (
    (c >= 0x30 && c <= 0x39) ||
    (c >= 0x61 && c <= 0x7a) ||
    (c >= 0x41 && c <= 0x5a) ||
    c === 0x2b ||
    c === 0x2d ||
    c === 0x2e
  );
}

const SIMPLE_ESCAPES = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** Undoes the escapes of JSON text. `offset` only says where the text stands when an escape is wrong. */
function unescaped(text: string, offset = 0): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[\s\S]|$)/g, (_, code: string) => {
    if (code.length === 5) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    const plain = SIMPLE_ESCAPES.get(code);
    if (plain === undefined) throw new JsonSyntaxError(offset, 'a valid escape in a string');
    return plain;
  });
}

/** As `unescaped`, but text with an escape that JSON does not know stands as it is. */
export function unescapedWherePossible(text: string): string {
  try {
    return unescaped(text);
  } catch {
    return text;
  }
}

/** The value as plain JavaScript, for detail panels and tests: integers a double cannot hold become bigint. */
export function plainValue(value: JsonValue): unknown {
  if (value instanceof JsonNumber) {
    const asNumber = value.value;
    return /^-?\d+$/.test(value.text) && !Number.isSafeInteger(asNumber) ? BigInt(value.text) : asNumber;
  }
  if (Array.isArray(value)) return value.map(plainValue);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, each]) => [key, plainValue(each)]));
  return value;
}
