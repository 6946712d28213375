// Arrows by their ids: decimal numbers of up to 30 digits, as two numbers of up to 15.
import { integerAt, nonDigits } from './number';

const HALF: usize = 15;

export let idHigh: f64 = 0;
export let idLow: f64 = 0;

/** Takes the id apart; false for what is no plain decimal number, or too long. */
export function splitId(from: usize, to: usize): bool {
  const size = to - from;
  if (size == 0 || size > 2 * HALF || (size > 1 && load<u8>(from) == 0x30)) return false;
  const head = size > HALF ? size - HALF : size;
  if (<usize>ctz(nonDigits(from)) < head) return false;
  const first = <f64>integerAt(from, <u32>head);
  if (head == size) {
    idHigh = 0;
    idLow = first;
    return true;
  }
  if (<usize>ctz(nonDigits(from + head)) < HALF) return false;
  idHigh = first;
  idLow = <f64>integerAt(from + head, <u32>HALF);
  return true;
}

/** Where the stem ends of flow names that end in the digits of the flow's own id. */
export function stemEnd(from: usize, to: usize, idFrom: usize, idTo: usize): usize {
  const stem = to - (idTo - idFrom);
  if (<isize>stem <= <isize>from) return to;
  for (let i = stem, j = idFrom; j < idTo; i++, j++) {
    const c = <u32>load<u8>(j);
    if (<u32>load<u8>(i) != c || c - 0x30 > 9) return to;
  }
  return stem;
}
