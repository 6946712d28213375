/** JSON strings at byte level: text to escaped bytes and back, without JavaScript strings on the way. */
import type { ByteBuffer } from './byte-buffer.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const REPLACEMENT = 0xfffd;

/** 1 for bytes that cannot stand in a JSON string as they are. */
const NEEDS_ESCAPE = Uint8Array.from({ length: 256 }, (_, c) => (c < 0x20 || c === QUOTE || c === BACKSLASH ? 1 : 0));

/** The letter behind the backslash by the byte it stands for, and the other way round; 0 where there is none. */
const SHORT_ESCAPE = new Uint8Array(256);
const SHORT_MEANING = new Uint8Array(256);
for (const [letter, meaning] of ['""', '\\\\', 'b\b', 'f\f', 'n\n', 'r\r', 't\t'].map(charCodes)) {
  SHORT_ESCAPE[meaning] = letter;
  SHORT_MEANING[letter] = meaning;
}
SHORT_MEANING[0x2f] = 0x2f;

function charCodes(text: string): number[] {
  return [...text].map((c) => c.charCodeAt(0));
}

const HEX = new TextEncoder().encode('0123456789abcdef');

const ESCAPE_CHUNK_BYTES = 1 << 12;
const LONGEST_ESCAPE_BYTES = 6;

/** Writes text (valid UTF-8) as a JSON string, quotes included. */
export function writeJsonString(buffer: ByteBuffer, text: Uint8Array, from = 0, to = text.length): void {
  buffer.byte(QUOTE);
  // Room for the worst case is asked chunk by chunk, so that long texts do not ask for six times their size.
  for (let at = from; at < to; at += ESCAPE_CHUNK_BYTES) {
    writeEscaped(buffer, text, at, Math.min(at + ESCAPE_CHUNK_BYTES, to));
  }
  buffer.byte(QUOTE);
}

function writeEscaped(buffer: ByteBuffer, text: Uint8Array, from: number, to: number): void {
  buffer.reserve((to - from) * LONGEST_ESCAPE_BYTES);
  const bytes = buffer.bytes;
  let at = buffer.length;
  for (let i = from; i < to; i++) {
    const c = text[i];
    if (NEEDS_ESCAPE[c] === 0) {
      bytes[at++] = c;
      continue;
    }
    bytes[at++] = BACKSLASH;
    if (SHORT_ESCAPE[c] !== 0) {
      bytes[at++] = SHORT_ESCAPE[c];
      continue;
    }
    bytes[at++] = 0x75;
    bytes[at++] = 0x30;
    bytes[at++] = 0x30;
    bytes[at++] = HEX[c >> 4];
    bytes[at++] = HEX[c & 15];
  }
  buffer.length = at;
}

/**
 * Appends what the body of a JSON string means, as valid UTF-8. Returns false when something had to be repaired:
 * a control byte (kept), an unknown escape (kept as its letters), half a surrogate pair or invalid UTF-8 (U+FFFD).
 */
export function appendUnescaped(buffer: ByteBuffer, body: Uint8Array, from: number, to: number): boolean {
  const start = buffer.length;
  let sound = true;
  let ascii = true;
  buffer.reserve(to - from); // no escape is shorter than what it stands for
  for (let i = from; i < to;) {
    const c = body[i++];
    if (c !== BACKSLASH) {
      if (c >= 0x80) ascii = false;
      else if (c < 0x20) sound = false;
      buffer.bytes[buffer.length++] = c;
      continue;
    }
    const letter = i < to ? body[i] : 0;
    if (SHORT_MEANING[letter] !== 0) {
      buffer.bytes[buffer.length++] = SHORT_MEANING[letter];
      i++;
      continue;
    }
    const code = letter === 0x75 ? hexCode(body, i + 1, to) : -1;
    if (code < 0) {
      buffer.bytes[buffer.length++] = BACKSLASH;
      sound = false;
      continue;
    }
    i += 5;
    const low =
      (code & 0xfc00) === 0xd800 && body[i] === BACKSLASH && body[i + 1] === 0x75 ? hexCode(body, i + 2, to) : -1;
    if ((low & 0xfc00) === 0xdc00 && low > 0) {
      i += 6;
      putCodePoint(buffer, 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff));
    } else if ((code & 0xf800) === 0xd800) {
      putCodePoint(buffer, REPLACEMENT);
      sound = false;
    } else {
      putCodePoint(buffer, code);
    }
  }
  return ascii ? sound : repairUtf8(buffer, start) && sound;
}

/** The value of four hex digits, or -1. */
function hexCode(body: Uint8Array, from: number, to: number): number {
  if (from + 4 > to) return -1;
  let code = 0;
  for (let i = from; i < from + 4; i++) {
    const c = body[i];
    const letter = c | 0x20;
    if (c >= 0x30 && c <= 0x39) code = code * 16 + c - 0x30;
    else if (letter >= 0x61 && letter <= 0x66) code = code * 16 + letter - 0x57;
    else return -1;
  }
  return code;
}

function putCodePoint(buffer: ByteBuffer, code: number): void {
  const bytes = buffer.bytes;
  let at = buffer.length;
  if (code < 0x80) {
    bytes[at++] = code;
  } else {
    if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
    } else {
      if (code < 0x10000) {
        bytes[at++] = 0xe0 | (code >> 12);
      } else {
        bytes[at++] = 0xf0 | (code >> 18);
        bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      }
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
    }
    bytes[at++] = 0x80 | (code & 0x3f);
  }
  buffer.length = at;
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenientDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** -?int frac? exp?, as the JSON grammar has it. */
export function isJsonNumber(bytes: Uint8Array, from: number, to: number): boolean {
  let at = bytes[from] === 0x2d ? from + 1 : from;
  const whole = digitsEnd(bytes, at, to);
  if (whole === at || (bytes[at] === 0x30 && whole > at + 1)) return false;
  at = whole;
  if (at < to && bytes[at] === 0x2e) {
    const fraction = digitsEnd(bytes, at + 1, to);
    if (fraction === at + 1) return false;
    at = fraction;
  }
  if (at < to && (bytes[at] | 0x20) === 0x65) {
    at++;
    if (at < to && (bytes[at] === 0x2b || bytes[at] === 0x2d)) at++;
    const exponent = digitsEnd(bytes, at, to);
    if (exponent === at) return false;
    at = exponent;
  }
  return at === to;
}

function digitsEnd(bytes: Uint8Array, at: number, to: number): number {
  while (at < to && bytes[at] >= 0x30 && bytes[at] <= 0x39) at++;
  return at;
}

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictDecoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Makes the end of a buffer valid UTF-8; true when it was already. */
function repairUtf8(buffer: ByteBuffer, from: number): boolean {
  const written = buffer.bytes.subarray(from, buffer.length);
  if (isUtf8(written)) return true;
  const text = lenientDecoder.decode(written);
  buffer.length = from;
  buffer.text(text);
  return false;
}
