import type { ByteBuffer } from '../../bytes/byte-buffer.ts';

const NS_PER_SECOND = 1_000_000_000;
const MAX_TEXT_BYTES = 40;

/** 000 to 999 as three digits each. */
const TRIPLES = new TextEncoder().encode(Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0')).join(''));

/** A non-negative integer up to 2^53 in digits. */
export function writeInteger(buffer: ByteBuffer, value: number): void {
  buffer.reserve(MAX_TEXT_BYTES);
  buffer.length = putInteger(buffer.bytes, buffer.length, value);
}

function putInteger(bytes: Uint8Array, at: number, value: number): number {
  if (value < 1000) return putLeading(bytes, at, value);
  if (value < 1_000_000) {
    const thousands = (value / 1000) | 0;
    return putTriple(bytes, putLeading(bytes, at, thousands), value - thousands * 1000);
  }
  const millions = Math.floor(value / 1_000_000);
  return putSix(bytes, putInteger(bytes, at, millions), value - millions * 1_000_000);
}

/** 0 to 999 without leading zeros. */
function putLeading(bytes: Uint8Array, at: number, value: number): number {
  const from = value * 3;
  if (value >= 100) bytes[at++] = TRIPLES[from];
  if (value >= 10) bytes[at++] = TRIPLES[from + 1];
  bytes[at++] = TRIPLES[from + 2];
  return at;
}

function putTriple(bytes: Uint8Array, at: number, value: number): number {
  const from = value * 3;
  bytes[at] = TRIPLES[from];
  bytes[at + 1] = TRIPLES[from + 1];
  bytes[at + 2] = TRIPLES[from + 2];
  return at + 3;
}

function putSix(bytes: Uint8Array, at: number, value: number): number {
  const thousands = (value / 1000) | 0;
  return putTriple(bytes, putTriple(bytes, at, thousands), value - thousands * 1000);
}

/**
 * Prints integer nanoseconds as microseconds with exactly three decimals. Seconds and the rest are kept apart, so an
 * absolute time is exact although it fits no double.
 */
export class TimeText {
  readonly #zeroNs: bigint;
  readonly #zeroSeconds: number;
  readonly #zeroRestNs: number;

  /** `zeroNs`: what the run's origin is printed as. */
  constructor(zeroNs: bigint) {
    this.#zeroNs = zeroNs;
    this.#zeroSeconds = Number(zeroNs / BigInt(NS_PER_SECOND));
    this.#zeroRestNs = Number(zeroNs % BigInt(NS_PER_SECOND));
  }

  /** `ns` from the run's origin. */
  writeTime(buffer: ByteBuffer, ns: number): void {
    if (this.#zeroNs < 0n || ns < 0) {
      buffer.text(signedMicroseconds(this.#zeroNs + BigInt(ns)));
      return;
    }
    let seconds = Math.floor(ns / NS_PER_SECOND);
    let restNs = ns - seconds * NS_PER_SECOND + this.#zeroRestNs;
    seconds += this.#zeroSeconds;
    if (restNs >= NS_PER_SECOND) {
      restNs -= NS_PER_SECOND;
      seconds++;
    }
    writeMicroseconds(buffer, seconds, restNs);
  }

  /** A length of time: the origin plays no part. */
  writeDuration(buffer: ByteBuffer, ns: number): void {
    const seconds = Math.floor(ns / NS_PER_SECOND);
    writeMicroseconds(buffer, seconds, ns - seconds * NS_PER_SECOND);
  }
}

function writeMicroseconds(buffer: ByteBuffer, seconds: number, restNs: number): void {
  buffer.reserve(MAX_TEXT_BYTES);
  const bytes = buffer.bytes;
  const micros = (restNs / 1000) | 0;
  let at = buffer.length;
  if (seconds === 0) at = putInteger(bytes, at, micros);
  else at = putSix(bytes, putInteger(bytes, at, seconds), micros);
  bytes[at++] = 0x2e;
  buffer.length = putTriple(bytes, at, restNs - micros * 1000);
}

/** Times before the zero of their clock: no real capture has them, so they may be slow. */
function signedMicroseconds(ns: bigint): string {
  const digits = String(ns < 0n ? -ns : ns).padStart(4, '0');
  return `${ns < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
