// The WebAssembly twin of the scanners and what makes slices of what they find: events of the usual shape (../fast-scanner.ts)
// and rows of tables (../fast-rows.ts).
import { IS_SELECTOR, IS_TEXT } from './args';
import { ARGS_KEYS, CELL_TRACKS, FIRST_KEY, HEAP, SERIES, STRINGS, THREADS } from './layout';
import { makePowers } from './number';
import { forgetNewStrings } from './strings';
import { add, allocate, countOf, find, hashOf, makeTable, startHeap } from './table';
import { clearTape } from './tape';
import { forgetNewTracks } from './tracks';

export * from './layout';
export { declinedAt, roundedCount, takenCount } from './found';
export { addTrackCell, addTypedCell, scanRows, startTable } from './rows';
export { eventBehind, findEvent, nextEvent, scan, setCategoryColumnCount, setFlowNamesEndInId } from './scan';
export { newStringCount } from './strings';
export { counterCount, flowCount, longValueCount, sliceCount } from './tape';
export { newTrackCount } from './tracks';

let scratch: usize = 0;
let scratchBytes: usize = 0;

export function start(): void {
  startHeap(HEAP);
  makePowers();
  makeTable(STRINGS, 12);
  makeTable(ARGS_KEYS, 10);
  makeTable(THREADS, 10);
  makeTable(SERIES, 10);
  makeTable(CELL_TRACKS, 8);
  store<u32>(FIRST_KEY, 0, 12);
}

/** Where the caller puts bytes for the functions below. */
export function scratchFor(bytes: usize): usize {
  if (bytes + 16 > scratchBytes) {
    scratchBytes = max(bytes + 4096, scratchBytes * 2);
    scratch = allocate(scratchBytes);
  }
  return scratch;
}

function recordOfScratch(table: usize, size: u32): usize {
  const hash = hashOf(scratch, size);
  const known = find(table, scratch, size, hash);
  return known != 0 ? known : add(table, scratch, size, hash);
}

export function stringCount(): u32 {
  return countOf(STRINGS);
}

/** The caller has taken everything over. */
export function clear(): void {
  clearTape();
  forgetNewStrings();
  forgetNewTracks();
}

/** A key of args, its closing quote with it: the column it fills + 1 or 0, whether that is text, whether it selects. */
export function addArgsKey(size: u32, column: u32, isText: bool, isSelector: bool): void {
  const key = recordOfScratch(ARGS_KEYS, size);
  const meaning = load<u32>(key, 8) | column | (isText ? IS_TEXT : 0) | (isSelector ? IS_SELECTOR : 0);
  store<u32>(key, meaning, 8);
}
