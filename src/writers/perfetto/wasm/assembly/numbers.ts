// Numbers of args of usual shape.
import { powerOfTen } from '../../../../bytes/wasm/assembly/number';

const EXACT: u64 = 1 << 53;
/** Bits of a quotient that decide how it is rounded: those of a double, and some below. */
const QUOTIENT_BITS: u64 = 56;

/** Powers of ten up to 10^18. */
@inline
export function tenTo(places: u32): u64 {
  return <u64>(places <= 15 ? powerOfTen(places) : powerOfTen(15) * powerOfTen(places - 15));
}

/** The double nearest to digits / 10^places, for places up to 18. */
export function decimal(digits: u64, places: u32): f64 {
  const power = tenTo(places);
  // Both are exact, and one division rounds once.
  if (digits <= EXACT) return <f64>digits / <f64>power;
  let quotient = digits / power;
  let rest = digits % power;
  let shift: u64 = 0;
  for (; quotient >>> QUOTIENT_BITS == 0; shift++) {
    rest <<= 1;
    quotient <<= 1;
    if (rest >= power) {
      rest -= power;
      quotient |= 1;
    }
  }
  if (rest != 0) quotient |= 1;
  return <f64>quotient * reinterpret<f64>((1023 - shift) << 52);
}
