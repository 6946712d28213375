// Raw folders of Sophon chips as tests write them down, in the layout of the SG2260.
import type { TestFile } from './reading.ts';

const BYTES_OF_WORD = 4;

export function words(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

/** Of 64 bits. */
export function longs(...values: readonly (number | bigint)[]): Uint8Array {
  return new Uint8Array(BigUint64Array.from(values.map(BigInt)).buffer);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export const block = (type: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const content = joined(...parts);
  return joined(words(type, content.length), content);
};

/** [start, end] in cycles, and the number, which monitors count from 0. */
export const tiu = (start: number, end: number, id: number): Uint8Array => words(start, end, id, 0);

export function dma(start: number, end: number, id: number, bytes = 4096): Uint8Array {
  const record = new Uint32Array(16);
  record.set([start, end, id]);
  [record[5], record[12], record[13]] = [bytes, 1, 1];
  return new Uint8Array(record.buffer);
}

/** What a command is, as the firmware of 2024 writes it down: NODE_SET of an engine. */
export const node = (engine: number, task: number, unit: number, extra: number, id: number): Uint8Array =>
  words(1 + engine * 2 ** 8 + task * 2 ** 11 + unit * 2 ** 16 + extra * 2 ** 21, id);

/** The first record of that firmware. */
export const initNode = words(0, 0);

/** Both records with which a session opens, that of the TIU ending in cycle `end`. */
export const opening = (end: number, of: typeof tiu | typeof dma): Uint8Array[] => [
  of === tiu ? tiu(end - 30, end - 20, 0) : dma(end - 30, end - 20, 0, 0),
  of === tiu ? tiu(end - 10, end, 1) : dma(end - 10, end, 1, 0),
];

export const TIU = 3;
export const GDMA = 4;
export const MCU = 5;

export function coreFile(core: number, ...blocks: readonly Uint8Array[]): TestFile {
  return { path: `cdm_profile_data_dev0-0/cdmlib0_${core}.profile`, bytes: joined(...blocks) };
}

export function globalFile(text = 'arch=5\ntpu_freq=1000\n'): TestFile {
  return { path: 'cdm_profile_data_dev0-0/global.profile', bytes: new TextEncoder().encode(text) };
}

/** So that a record is cut in two. */
export function cut(bytes: Uint8Array, byWords: number): Uint8Array {
  return bytes.subarray(0, bytes.length - byWords * BYTES_OF_WORD);
}
