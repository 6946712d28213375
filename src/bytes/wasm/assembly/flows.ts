// Arrows by their ids, spelled as the caller spells them: both sides number them together.
import { FLOWS, KEY, KEY_BYTES } from './layout';
import { isDigit } from './number';
import { NONE } from './strings';
import { add, copyBytes, find, hashOf } from './table';

let flowKeyHasName: bool = false;

export function setFlowKeyHasName(hasName: bool): void {
  flowKeyHasName = hasName;
}

/** Flow names that end in the digits of the flow's own id are interned without it. */
export function stemEnd(from: usize, to: usize, idFrom: usize, idTo: usize): usize {
  const stem = to - (idTo - idFrom);
  if (<isize>stem <= <isize>from) return to;
  for (let i = stem, j = idFrom; j < idTo; i++, j++) {
    const c = <u32>load<u8>(j);
    if (<u32>load<u8>(i) != c || !isDigit(c)) return to;
  }
  return stem;
}

/** The number of the flow: its category, its name where that counts, its id. Spelled as the caller spells it. */
export function flowKey(category: i32, name: i32, idFrom: usize, idTo: usize): i32 {
  const idBytes = idTo - idFrom;
  if (idBytes > KEY_BYTES - 64) return NONE;
  let at = putNumber(KEY, category);
  if (flowKeyHasName) at = putNumber(at, name);
  at = putNumber(at, NONE);
  copyBytes(at, idFrom, idBytes);
  const size = <u32>(at + idBytes - KEY);
  return load<i32>(recordOf(FLOWS, KEY, size));
}

function recordOf(table: usize, from: usize, size: u32): usize {
  const hash = hashOf(from, size);
  const known = find(table, from, size, hash);
  return known != 0 ? known : add(table, from, size, hash);
}

/** An integer from -2 on: six bits a byte, a marker on the last one. */
function putNumber(at: usize, value: i32): usize {
  let rest = <u32>(value + 2);
  while (rest >= 0x40) {
    store<u8>(at++, rest & 0x3f);
    rest >>= 6;
  }
  store<u8>(at, rest | 0x40);
  return at + 1;
}
