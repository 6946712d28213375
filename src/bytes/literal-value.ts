/**
 * Literals as scripts write them down: JSON, JavaScript, Python. Strings in either kind of quotes, None, nan, True, commas
 * before a bracket. Nothing is evaluated.
 */
export type Literal = null | boolean | number | string | readonly Literal[] | ReadonlyMap<string, Literal>;

/** What stands there is no literal. */
export class LiteralError extends Error {
  /** In the bytes that were given. */
  readonly at: number;
  /** It may be one once more has arrived. */
  readonly isIncomplete: boolean;

  constructor(at: number, expected: string, isIncomplete = false) {
    super(`expected ${expected}`);
    this.at = at;
    this.isIncomplete = isIncomplete;
  }
}

const utf8 = new TextDecoder();
const LONGEST_PUT_TOGETHER = 32;
const DEEPEST = 32;
const LONGEST_WORD_BYTES = 12;
const [BACKSLASH, COMMA, COLON, LINE_FEED, CARRIAGE_RETURN] = [0x5c, 0x2c, 0x3a, 0x0a, 0x0d];
const [DOUBLE, SINGLE, OPEN_LIST, OPEN_TUPLE, OPEN_MAP] = [0x22, 0x27, 0x5b, 0x28, 0x7b];
const CLOSE: Readonly<Record<number, number>> = { 0x5b: 0x5d, 0x28: 0x29, 0x7b: 0x7d };
/** Blanks and line ends; what may follow a string; what ends a word. */
const isBlank = tableOf(' \t\r\n');
const isStringEnd = tableOf(',]})>:;\r\n');
const isValueStart = tableOf('"\'[({-+.0123456789])}');
const isWordEnd = tableOf(' \t\r\n,]}:;');
const WORDS = new Map<string, Literal>([
  ...(['None', 'null', 'nan', 'NaN', 'inf', '-inf', 'Infinity', 'undefined'] as const).map(
    (word) => [word, null] as const,
  ),
  ...(['True', 'true'] as const).map((word) => [word, true] as const),
  ...(['False', 'false'] as const).map((word) => [word, false] as const),
]);
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/** Reads one value after the other. Strings end in their line: a quote that none closes costs no more than that. */
export class LiteralReader {
  readonly #bytes: Uint8Array;
  readonly #limit: number;
  readonly #isLast: boolean;
  at: number;

  /** `isLast`: nothing follows the limit. */
  constructor(bytes: Uint8Array, at: number, limit: number, isLast: boolean) {
    this.#bytes = bytes;
    this.at = at;
    this.#limit = limit;
    this.#isLast = isLast;
  }

  value(depth = 0): Literal {
    if (depth > DEEPEST) throw new LiteralError(this.at, `at most ${DEEPEST} levels`);
    const c = this.skipBlanks();
    if (c === DOUBLE || c === SINGLE) return this.#string(c);
    if (c === OPEN_LIST || c === OPEN_TUPLE) return this.#list(CLOSE[c], depth);
    if (c === OPEN_MAP) return this.#map(depth);
    return this.#word();
  }

  /** The byte that is next, or -1 at the end of the input. */
  skipBlanks(): number {
    while (this.at < this.#limit && isBlank[this.#bytes[this.at]] === 1) this.at++;
    if (this.at < this.#limit) return this.#bytes[this.at];
    if (!this.#isLast) throw this.#incomplete('more');
    return -1;
  }

  #incomplete(expected: string): LiteralError {
    return new LiteralError(this.at, expected, !this.#isLast);
  }

  #list(close: number, depth: number): Literal[] {
    const values: Literal[] = [];
    this.at++;
    for (;;) {
      let c = this.skipBlanks();
      if (c !== close) {
        values.push(this.value(depth + 1));
        c = this.skipBlanks();
      }
      if (c !== COMMA && c !== close) throw this.#incompleteAtEnd(c, 'a comma or a bracket');
      this.at++;
      if (c === close) return values;
    }
  }

  #map(depth: number): Map<string, Literal> {
    const values = new Map<string, Literal>();
    this.at++;
    for (;;) {
      let c = this.skipBlanks();
      if (c !== CLOSE[OPEN_MAP]) {
        const key = this.value(depth + 1);
        c = this.skipBlanks();
        if (c !== COLON) throw this.#incompleteAtEnd(c, 'a colon');
        this.at++;
        values.set(typeof key === 'string' ? key : `${typeof key === 'object' ? '' : key}`, this.value(depth + 1));
        c = this.skipBlanks();
      }
      if (c !== COMMA && c !== CLOSE[OPEN_MAP]) throw this.#incompleteAtEnd(c, 'a comma or a brace');
      this.at++;
      if (c !== COMMA) return values;
    }
  }

  #incompleteAtEnd(c: number, expected: string): LiteralError {
    return c < 0 ? this.#incomplete(expected) : new LiteralError(this.at, expected);
  }

  /** Quotes inside are not always escaped: one closes the string where something follows that may follow a string. */
  #string(quote: number): string {
    const b = this.#bytes;
    const from = this.at + 1;
    let isEscaped = false;
    for (let p = from; p < this.#limit; p++) {
      if (b[p] === BACKSLASH) {
        isEscaped = true;
        p++;
      } else if (b[p] === LINE_FEED || b[p] === CARRIAGE_RETURN) {
        throw new LiteralError(p, 'the end of a string');
      } else if (b[p] === quote && this.#closes(p + 1)) {
        this.at = p + 1;
        const text = textOf(b, from, p);
        return isEscaped ? unescaped(text) : text;
      }
    }
    throw this.#incomplete('the end of a string');
  }

  #closes(next: number): boolean {
    const b = this.#bytes;
    while (next < this.#limit && (b[next] === 0x20 || b[next] === 0x09)) next++;
    if (next < this.#limit && b[next] !== COMMA) return isStringEnd[b[next]] === 1;
    // "tensor "a", FP16": a comma inside text is no end.
    for (next++; next < this.#limit && isBlank[b[next]] === 1;) next++;
    if (next + LONGEST_WORD_BYTES > this.#limit && !this.#isLast) throw this.#incomplete('what follows a string');
    if (next >= this.#limit || isValueStart[b[next]] === 1) return true;
    const word = textOf(b, next, Math.min(this.#limit, next + LONGEST_WORD_BYTES));
    return /^(None|null|[nN]a[nN]|[tT]rue|[fF]alse|inf|Infinity|undefined)\b|^np\./.test(word);
  }

  #word(): Literal {
    const from = this.at;
    let to = from;
    while (to < this.#limit && isWordEnd[this.#bytes[to]] === 0) to++;
    if (to === this.#limit && !this.#isLast) throw this.#incomplete('the end of a word');
    const word = textOf(this.#bytes, from, Math.min(to, from + 100));
    // Numbers of numpy 2 say their type.
    const plain = /^np\.\w+\((.*)\)$/.exec(word)?.[1] ?? word.replace(/\)$/, '');
    const known = WORDS.get(plain);
    if (known === undefined && !NUMBER.test(plain)) throw new LiteralError(from, 'a value');
    this.at = plain === word || word.startsWith('np.') ? to : to - 1;
    return known === undefined ? Number(plain) : known;
  }
}

/** One value that is all of the bytes; undefined where they are none. */
export function literalOf(bytes: Uint8Array): Literal | undefined {
  try {
    return new LiteralReader(bytes, 0, bytes.length, true).value();
  } catch (error) {
    if (error instanceof LiteralError) return undefined;
    throw error;
  }
}

/** Short ASCII is put together faster than it is decoded. */
function textOf(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > LONGEST_PUT_TOGETHER) return utf8.decode(bytes.subarray(from, to));
  let text = '';
  for (let i = from; i < to; i++) {
    if (bytes[i] >= 0x80) return utf8.decode(bytes.subarray(from, to));
    text += String.fromCharCode(bytes[i]);
  }
  return text;
}

function unescaped(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^])/g, (_, code: string) =>
    code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (ESCAPES[code] ?? code),
  );
}

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const each of characters) table[each.charCodeAt(0)] = 1;
  return table;
}
