// Decimal digits, eight at a time.
import { POWERS_F64, POWERS_I64 } from './layout';

export function makePowers(): void {
  let power: i64 = 1;
  for (let n: usize = 0; n < 16; n++) {
    store<i64>(POWERS_I64 + (n << 3), power);
    store<f64>(POWERS_F64 + (n << 3), <f64>power);
    power *= 10;
  }
}

@inline
export function powerOfTen(places: u32): i64 {
  return load<i64>(POWERS_I64 + (<usize>places << 3));
}

/** 1 bits for the bytes of the next 16 that are no digits, and for bits over 16. */
@inline
export function nonDigits(p: usize): u32 {
  const values = i8x16.sub(v128.load(p), i8x16.splat(0x30));
  return ~(<u32>i8x16.bitmask(i8x16.eq(i8x16.min_u(values, i8x16.splat(9)), values)));
}

@inline
export function isDigit(c: u32): bool {
  return c - 0x30 <= 9;
}

/** Eight digits, the first in the lowest byte, as values 0 to 9. */
@inline
function eightDigits(digits: u64): i64 {
  const pairs = digits * 10 + (digits >> 8);
  const low = (pairs & 0x000000ff000000ff) * 0x000f424000000064;
  const high = ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001;
  return <i64>((low + high) >> 32);
}

/** The integer of `count` digits (1 to 16) at p. */
@inline
export function integerAt(p: usize, count: u32): i64 {
  const head = load<u64>(p) & 0x0f0f0f0f0f0f0f0f;
  if (count <= 8) return eightDigits(head << ((8 - count) << 3));
  const tail = load<u64>(p + count - 8) & 0x0f0f0f0f0f0f0f0f;
  return eightDigits(head << ((16 - count) << 3)) * 100000000 + eightDigits(tail);
}
