import { ByteBuffer } from '../../bytes/byte-buffer.ts';
import { appendUnescaped, isJsonNumber, isUtf8, writeJsonString } from '../../bytes/json-text.ts';
import { type JsonVisitor, JsonWalker } from '../../bytes/json-walk.ts';

const COMMA = 0x2c;
const COLON = 0x3a;
const QUOTE = 0x22;
/** Integers of up to so many characters are within int64. */
const SAFE_INTEGER_CHARACTERS = 18;
const LARGEST_INT64_CHARACTERS = '-9223372036854775808'.length;

/**
 * Rewrites args that are not known to be strict JSON: what is fine is copied, what a consumer would refuse or round
 * (integers over int64, NaN, control bytes, broken Unicode, deep nesting) becomes a string of the same text.
 */
export class ArgsText implements JsonVisitor {
  readonly #buffer: ByteBuffer;
  readonly #walker = new JsonWalker();
  readonly #scratch = new ByteBuffer();
  #bytes: Uint8Array = new Uint8Array(0);
  #needsComma = false;
  /** Whether the args last written had to be changed, and whether any of it was nested too deep. */
  repaired = false;
  depthLimited = false;

  constructor(buffer: ByteBuffer) {
    this.#buffer = buffer;
  }

  /** Writes one JSON object, whatever the bytes are. */
  write(bytes: Uint8Array, from: number, to: number): void {
    this.#bytes = bytes;
    this.#needsComma = false;
    this.repaired = false;
    this.depthLimited = false;
    const start = this.#buffer.length;
    const isObject = bytes[from] === 0x7b;
    if (!isObject) this.#buffer.text('{"args":');
    if (!this.#walker.walk(bytes, from, to, this)) {
      this.#buffer.length = start;
      this.#buffer.text('{"args":');
      this.#writeAsText(from, to);
      this.repaired = true;
      this.#buffer.byte(0x7d);
    } else if (!isObject) {
      this.#buffer.byte(0x7d);
    }
  }

  key(from: number, to: number, plain: boolean): void {
    this.text(from, to, plain);
    this.#buffer.byte(COLON);
    this.#needsComma = false;
  }

  text(from: number, to: number, plain: boolean): void {
    this.#separate();
    if (plain) {
      this.#buffer.append(this.#bytes, from - 1, to + 1);
      return;
    }
    this.#scratch.length = 0;
    const sound = appendUnescaped(this.#scratch, this.#bytes, from, to);
    if (sound) {
      this.#buffer.append(this.#bytes, from - 1, to + 1);
    } else {
      this.repaired = true;
      writeJsonString(this.#buffer, this.#scratch.bytes, 0, this.#scratch.length);
    }
  }

  word(from: number, to: number): void {
    this.#separate();
    if (isStrictWord(this.#bytes, from, to)) {
      this.#buffer.append(this.#bytes, from, to);
      return;
    }
    this.repaired = true;
    this.#buffer.byte(QUOTE);
    this.#buffer.append(this.#bytes, from, to);
    this.#buffer.byte(QUOTE);
  }

  open(isArray: boolean): void {
    this.#separate();
    this.#buffer.byte(isArray ? 0x5b : 0x7b);
    this.#needsComma = false;
  }

  close(isArray: boolean): void {
    this.#buffer.byte(isArray ? 0x5d : 0x7d);
    this.#needsComma = true;
  }

  tooDeep(from: number, to: number): void {
    this.#separate();
    this.#writeAsText(from, to);
    this.depthLimited = true;
  }

  #separate(): void {
    if (this.#needsComma) this.#buffer.byte(COMMA);
    this.#needsComma = true;
  }

  /** JSON text as the content of a string. */
  #writeAsText(from: number, to: number): void {
    const source = this.#bytes.subarray(from, to);
    writeJsonString(this.#buffer, isUtf8(source) ? source : wellFormed(source));
  }
}

function wellFormed(bytes: Uint8Array): Uint8Array {
  return new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
}

/** Literals, and numbers that int64 or a double can hold. */
function isStrictWord(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from;
  if (isJsonNumber(bytes, from, to)) {
    if (length <= SAFE_INTEGER_CHARACTERS && !hasExponent(bytes, from, to)) return true;
    return isHeld(asciiText(bytes, from, to));
  }
  return (length === 4 || length === 5) && /^(true|false|null)$/.test(asciiText(bytes, from, to));
}

function isHeld(number: string): boolean {
  if (!/^-?\d+$/.test(number)) return Number.isFinite(Number(number));
  return number.length <= LARGEST_INT64_CHARACTERS && BigInt.asIntN(64, BigInt(number)) === BigInt(number);
}

function hasExponent(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ((bytes[i] | 0x20) === 0x65) return true;
  return false;
}

function asciiText(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder().decode(bytes.subarray(from, to));
}
