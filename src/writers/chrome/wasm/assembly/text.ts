// Bytes and decimal digits. Up to 15 bytes behind what is meant are read and written too.

/** In steps of 16. */
@inline
export function putBytes(to: usize, from: usize, size: usize): usize {
  for (let at: usize = 0; at < size; at += 16) v128.store(to + at, v128.load(from + at));
  return to + size;
}

/** A text of the caller's. */
@inline
export function putText(to: usize, text: usize): usize {
  return putBytes(to, text + 4, <usize>load<u32>(text));
}

/** Integer nanoseconds as microseconds with three decimals. */
export function putMicroseconds(to: usize, ns: u64): usize {
  const micros = ns / 1000;
  const rest = <u32>(ns - micros * 1000);
  to = putInteger(to, micros);
  const hundreds = rest / 100;
  const tens = (rest / 10) % 10;
  store<u32>(to, 0x3030302e | (hundreds << 8) | (tens << 16) | (rest % 10 << 24));
  return to + 4;
}

/** Below 10^16. */
export function putInteger(to: usize, value: u64): usize {
  if (value < 100000000) return putLeading(to, <u32>value);
  const high = value / 100000000;
  to = putLeading(to, <u32>high);
  store<u64>(to, eightDigits(<u32>(value - high * 100000000)) | 0x3030303030303030);
  return to + 8;
}

/** Below 10^8, without leading zeros. */
@inline
function putLeading(to: usize, value: u32): usize {
  const digits = eightDigits(value);
  const zeros = value == 0 ? 7 : ctz(digits) >> 3;
  store<u64>(to, (digits | 0x3030303030303030) >> (zeros << 3));
  return to + 8 - <usize>zeros;
}

/** As values 0 to 9, the first in the lowest byte: split in halves at once, then the halves, then theirs. */
@inline
function eightDigits(value: u32): u64 {
  const fours = <u64>(value / 10000) | (<u64>(value % 10000) << 32);
  const hundreds = ((fours * 10486) >> 20) & 0x0000007f0000007f;
  const twos = hundreds | ((fours - hundreds * 100) << 16);
  const tens = ((twos * 103) >> 10) & 0x000f000f000f000f;
  return tens | ((twos - tens * 10) << 8);
}
