// Names and categories by numbers, as they come.
import { NEW_STRING, NEW_STRINGS, STRINGS } from './layout';
import { add, find, hashOf } from './table';
import { isUtf8 } from './text';

export const NONE: i32 = -1;
/** One event brings fewer new strings than this. */
const MOST_PER_EVENT: u32 = 64;

/** Strings that the caller does not know yet. */
export let newStringCount: u32 = 0;

export function forgetNewStrings(): void {
  newStringCount = 0;
}

export function hasRoomForStrings(): bool {
  return newStringCount + MOST_PER_EVENT <= NEW_STRINGS;
}

/** The number of a string; NONE for what is no valid UTF-8. */
export function stringOf(from: usize, to: usize): i32 {
  const size = <u32>(to - from);
  const hash = hashOf(from, size);
  const known = find(STRINGS, from, size, hash);
  if (known != 0) return load<i32>(known);
  if (!isUtf8(from, to)) return NONE;
  const record = add(STRINGS, from, size, hash);
  store<u32>(NEW_STRING + ((<usize>newStringCount) << 2), <u32>record);
  newStringCount++;
  return load<i32>(record);
}
