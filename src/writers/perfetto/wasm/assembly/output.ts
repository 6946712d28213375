// The output's bytes, and protobuf primitives. Addresses in the output change when it grows, lengths do not.
import { allocate } from '../../../../bytes/wasm/assembly/table';
import { FLUSH_BYTES, OUT, OUT_BYTES } from './layout';

export let outFrom: usize = OUT;
export let outBytes: usize = OUT_BYTES;
/** Of the output, when the caller was left last. */
export let outLength: usize = 0;

export function startOutput(): void {
  outFrom = OUT;
  outBytes = OUT_BYTES;
  outLength = 0;
}

export function setOutLength(length: usize): void {
  outLength = length;
}

@inline
export function isFull(): bool {
  return outLength >= FLUSH_BYTES;
}

/** Where to write at an output of so many bytes, with room for `more`. */
@inline
export function roomAt(length: usize, more: usize): usize {
  if (length + more > outBytes) growOutput(length, more);
  return outFrom + length;
}

export function growOutput(length: usize, more: usize): void {
  const bytes = max(length + more, outBytes * 2);
  const from = allocate(bytes);
  memory.copy(from, outFrom, length);
  outFrom = from;
  outBytes = bytes;
}

export const MAX_VARINT_BYTES: usize = 10;

/** Writes up to 8 bytes more. */
@inline
export function putVarint(at: usize, value: u64): usize {
  if (value < 0x80) {
    store<u8>(at, <u32>value);
    return at + 1;
  }
  return value >>> 56 == 0 ? putSpread(at, value) : putLongVarint(at, value);
}

/** Groups of 7 bits to bytes, all at once: lengths differ from number to number, so a loop would be guessed wrong. */
@inline
function putSpread(at: usize, value: u64): usize {
  const bits = 64 - <u32>clz(value);
  const bytes = (bits + 6) / 7;
  let spread = (value & 0x000000000fffffff) | ((value & 0x00fffffff0000000) << 4);
  spread = (spread & 0x00003fff00003fff) | ((spread & 0x0fffc0000fffc000) << 2);
  spread = (spread & 0x007f007f007f007f) | ((spread & 0x3f803f803f803f80) << 1);
  const goesOn = (<u64>0x8080808080808080) & (((<u64>1) << ((bytes - 1) << 3)) - 1);
  store<u64>(at, spread | goesOn);
  return at + <usize>bytes;
}

function putLongVarint(at: usize, value: u64): usize {
  while (value > 0x7f) {
    store<u8>(at++, <u32>value | 0x80);
    value >>= 7;
  }
  store<u8>(at, <u32>value);
  return at + 1;
}

export function varintBytes(value: u64): usize {
  let size: usize = 1;
  for (; value > 0x7f; value >>= 7) size++;
  return size;
}

/** As closeLength in proto.ts; there must be room for MAX_VARINT_BYTES. Returns the end of the output. */
export function closeLength(lengthAt: usize, reservedBytes: usize, end: usize): usize {
  const length = end - lengthAt - reservedBytes;
  const size = max(reservedBytes, varintBytes(length));
  if (size > reservedBytes) memory.copy(lengthAt + size, lengthAt + reservedBytes, length);
  let rest = length;
  for (let i: usize = 0; i < size - 1; i++) {
    store<u8>(lengthAt + i, <u32>rest | 0x80);
    rest >>= 7;
  }
  store<u8>(lengthAt + size - 1, <u32>rest);
  return end + size - reservedBytes;
}
