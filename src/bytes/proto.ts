/**
 * Protocol buffer primitives written straight into bytes, for messages too frequent for a library. Functions that take
 * (bytes, at) return the position behind what they wrote; the caller has made room (MAX_VARINT_BYTES per number).
 */
import type { ByteBuffer } from './byte-buffer.ts';

export const MAX_VARINT_BYTES = 10;

const TWO_TO_28 = 2 ** 28;
const TWO_TO_32 = 2 ** 32;

/** A non-negative integer up to 2^53. */
export function putVarint(bytes: Uint8Array, at: number, value: number): number {
  if (value >= TWO_TO_28) return putLongVarint(bytes, at, value);
  let rest = value | 0;
  while (rest > 0x7f) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** Bit operations see 32 bits only: four full groups come off by division, what is left fits. */
function putLongVarint(bytes: Uint8Array, at: number, value: number): number {
  const high = Math.floor(value / TWO_TO_28);
  let low = value - high * TWO_TO_28;
  for (let group = 0; group < 4; group++, low >>>= 7) bytes[at++] = (low & 0x7f) | 0x80;
  return putVarint(bytes, at, high);
}

/** An int64 field: negative numbers take ten bytes of two's complement. */
export function putInt64(bytes: Uint8Array, at: number, value: number): number {
  return value >= 0 ? putVarint(bytes, at, value) : putBigVarint(bytes, at, BigInt(value));
}

/** Any value of int64 or uint64. */
export function putBigVarint(bytes: Uint8Array, at: number, value: bigint): number {
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes[at++] = Number(rest & 0x7fn) | 0x80;
    rest >>= 7n;
  }
  bytes[at++] = Number(rest);
  return at;
}

/** A fixed64 field holding an integer up to 2^53. */
export function putFixed64(bytes: Uint8Array, at: number, value: number): number {
  const high = Math.floor(value / TWO_TO_32);
  return putFixed32(bytes, putFixed32(bytes, at, value - high * TWO_TO_32), high);
}

const doubleValue = new Float64Array(1);
const doubleWords = new Uint32Array(doubleValue.buffer);
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

export function putDouble(bytes: Uint8Array, at: number, value: number): number {
  doubleValue[0] = value;
  const low = LITTLE_ENDIAN ? 0 : 1;
  return putFixed32(bytes, putFixed32(bytes, at, doubleWords[low]), doubleWords[1 - low]);
}

function putFixed32(bytes: Uint8Array, at: number, value: number): number {
  bytes[at] = value;
  bytes[at + 1] = value >>> 8;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 24;
  return at + 4;
}

export function varintBytes(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest = Math.floor(rest / 128)) size++;
  return size;
}

/**
 * Fills in the length of what was written behind the `reservedBytes` left free at `lengthAt`. A length that needs
 * fewer bytes is padded, which every decoder accepts; one that needs more moves the content.
 */
export function closeLength(buffer: ByteBuffer, lengthAt: number, reservedBytes: number): void {
  let length = buffer.length - lengthAt - reservedBytes;
  if (reservedBytes === 1 && length < 0x80) {
    buffer.bytes[lengthAt] = length;
    return;
  }
  const size = Math.max(reservedBytes, varintBytes(length));
  if (size > reservedBytes) {
    buffer.reserve(size - reservedBytes);
    buffer.bytes.copyWithin(lengthAt + size, lengthAt + reservedBytes, buffer.length);
    buffer.length += size - reservedBytes;
  }
  const bytes = buffer.bytes;
  for (let i = 0; i < size - 1; i++, length >>>= 7) bytes[lengthAt + i] = (length & 0x7f) | 0x80;
  bytes[lengthAt + size - 1] = length;
}
