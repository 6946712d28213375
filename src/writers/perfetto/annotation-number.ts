import { decimalValue } from '../../bytes/args-scanner.ts';
import { isJsonNumber } from '../../bytes/json-text.ts';
import { putBigVarint, putDouble, putInt64 } from '../../bytes/proto.ts';

/** Tags of DebugAnnotation. */
const UINT = 0x18;
const INT = 0x20;
const DOUBLE = 0x29;

/** Integers of up to so many digits are exact in a double. */
const EXACT_DIGITS = 15;
const LONGEST_UINT64 = '18446744073709551615'.length;

/**
 * Writes the value of a debug annotation for the JSON number text[from, to): an integer as int or uint, a decimal as
 * double. Returns `at` when the text is no number that 64 bits can hold.
 */
export function putNumber(bytes: Uint8Array, at: number, text: Uint8Array, from: number, to: number): number {
  const negative = text[from] === 0x2d;
  const digitsFrom = negative ? from + 1 : from;
  let value = 0;
  let i = digitsFrom;
  for (let c = text[i]; i < to && c >= 0x30 && c <= 0x39; c = text[++i]) value = value * 10 + (c - 0x30);
  const digits = i - digitsFrom;
  if (i === to && digits > 0 && digits <= EXACT_DIGITS && (text[digitsFrom] !== 0x30 || digits === 1)) {
    bytes[at++] = INT;
    return putInt64(bytes, at, negative ? 0 - value : value);
  }
  if (!isJsonNumber(text, from, to)) return at;
  return i === to ? putLongInteger(bytes, at, text, from, to) : putDecimal(bytes, at, text, from, to);
}

function putLongInteger(bytes: Uint8Array, at: number, text: Uint8Array, from: number, to: number): number {
  if (to - from > LONGEST_UINT64) return at;
  const value = BigInt(String.fromCharCode(...text.subarray(from, to)));
  const isInt64 = BigInt.asIntN(64, value) === value;
  if (!isInt64 && BigInt.asUintN(64, value) !== value) return at;
  bytes[at++] = isInt64 ? INT : UINT;
  return putBigVarint(bytes, at, value);
}

function putDecimal(bytes: Uint8Array, at: number, text: Uint8Array, from: number, to: number): number {
  const value = decimalValue(text, from, to);
  if (!Number.isFinite(value)) return at;
  bytes[at++] = DOUBLE;
  return putDouble(bytes, at, value);
}
