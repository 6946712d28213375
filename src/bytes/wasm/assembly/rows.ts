// Rows of a table to slices. What this does not take as it stands is left to the caller, whole and untouched: another number
// of cells, quotes within a text, lines within quotes, times of an odd shape, anything not complete.
import { isNumberRange, numberAt, numberDigits, PLAIN_DIGITS } from './args';
import { expectCells, findCells, lineEnd, lookAt, rowEnd, saysNothing, takePlainText, textFrom, textTo } from './cells';
import { foundNothing, foundOne, foundUnusual } from './found';
import { BUFFER, TYPED_VALUE } from './layout';
import { durNs, isFine, micros, nanos, scanDuration, scanTime } from './micros';
import { REACH_MICROS } from './scan';
import { hasRoomForStrings, NONE, stringOf } from './strings';
import { allocate } from './table';
import { addSlice, hasRoomForEvent } from './tape';
import { addCellOfTrack, beginCellsTrack, cellsTrack, hasRoomForTracks } from './tracks';

/** Of typed cells, and of those that tell the track. */
const MOST_CELLS: u32 = 64;
const IS_TEXT: u32 = 0x100;

/** Cell and meaning, u32 each: the column, and whether it holds text. */
let typedCells: usize = 0;
let typedCellCount: u32 = 0;
let trackCells: usize = 0;
let trackCellCount: u32 = 0;
let nameCell: u32 = 0;
let startCell: u32 = 0;
let durationCell: u32 = 0;
let categoryColumn: i32 = NONE;
let fileBase: f64 = 0;
let baseMicros: i64 = 0;
/** Bits of the typed columns that the row has. */
let typedColumns: u32 = 0;

/** From here on rows are those of a table with so many cells. `category`: the typed column of text that is the category. */
export function startTable(cellCount: u32, name: u32, start: u32, duration: u32, category: i32): void {
  if (typedCells == 0) {
    typedCells = allocate(<usize>MOST_CELLS << 3);
    trackCells = allocate(<usize>MOST_CELLS << 2);
  }
  expectCells(cellCount, allocate(<usize>cellCount << 2));
  nameCell = name;
  startCell = start;
  durationCell = duration;
  categoryColumn = category;
  typedCellCount = 0;
  trackCellCount = 0;
}

/** In the order of the cells. */
export function addTypedCell(cell: u32, column: u32, isText: bool): void {
  if (typedCellCount == MOST_CELLS) unreachable();
  const at = typedCells + (<usize>typedCellCount << 3);
  store<u32>(at, cell);
  store<u32>(at, column | (isText ? IS_TEXT : 0), 4);
  typedCellCount++;
}

/** The next of the cells that tell which track a row belongs to; NONE where the table has no such cell. */
export function addTrackCell(cell: i32): void {
  if (trackCellCount == MOST_CELLS) unreachable();
  store<i32>(trackCells + (<usize>trackCellCount << 2), cell);
  trackCellCount++;
}

/**
 * Takes rows from `from` on, until one is not usual or the tape is full, and adds them to it. Their args are the rows, at
 * `base` + their place in the buffer. Returns the position behind the last row taken, or `from`.
 */
export function scanRows(from: usize, to: usize, base: f64, firstMicros: i64): usize {
  fileBase = base;
  baseMicros = firstMicros;
  foundNothing();
  let p = from;
  while (p < to && hasRoomForEvent() && hasRoomForStrings() && hasRoomForTracks()) {
    if (!findCells(p, to) || !takeRow(p)) {
      foundUnusual(p);
      break;
    }
    p = lineEnd + 1;
  }
  return p;
}

/** Appends the row at p, whose cells have been found, to the tape. */
@inline
function takeRow(p: usize): bool {
  lookAt(startCell);
  if (!scanTime(textFrom, textTo)) return false;
  const sinceBase = micros - baseMicros;
  if (sinceBase >= REACH_MICROS || sinceBase <= -REACH_MICROS) return false;
  lookAt(durationCell);
  if (!scanDuration(textFrom, textTo)) return false;
  // A row with good times is a slice whoever takes it: strings are met from here on, in the order the caller would meet them.
  const name = textOf(nameCell);
  if (name == NONE || !readTyped()) return false;
  const hasCategory = categoryColumn != NONE && (typedColumns & (1 << categoryColumn)) != 0;
  const category = hasCategory ? <i32>load<f64>(TYPED_VALUE + (<usize>categoryColumn << 3)) : NONE;
  const track = trackOfRow(category);
  if (track == NONE) return false;
  const timeNs = <f64>(sinceBase * 1000 + nanos);
  const args = fileBase + <f64>(p - BUFFER);
  addSlice(track, timeNs, <f64>durNs, name, category, args, <u32>(rowEnd - p), 1, typedColumns);
  foundOne(isFine);
  return true;
}

@inline
function textOf(cell: u32): i32 {
  lookAt(cell);
  return takePlainText() ? stringOf(textFrom, textTo) : NONE;
}

@inline
function readTyped(): bool {
  typedColumns = 0;
  const end = typedCells + (<usize>typedCellCount << 3);
  for (let at = typedCells; at < end; at += 8) {
    lookAt(load<u32>(at));
    if (saysNothing()) continue;
    const meaning = load<u32>(at, 4);
    const column = meaning & 0xff;
    let value: f64;
    if ((meaning & IS_TEXT) != 0) {
      const text = takePlainText() ? stringOf(textFrom, textTo) : NONE;
      if (text == NONE) return false;
      value = <f64>text;
    } else {
      if (!isNumberRange(textFrom, textTo) || numberDigits > PLAIN_DIGITS) return false;
      value = numberAt(textFrom);
    }
    store<f64>(TYPED_VALUE + (<usize>column << 3), value);
    typedColumns |= 1 << column;
  }
  return true;
}

@inline
function trackOfRow(category: i32): i32 {
  beginCellsTrack(category);
  const end = trackCells + (<usize>trackCellCount << 2);
  for (let at = trackCells; at < end; at += 4) {
    const cell = load<i32>(at);
    if (cell != NONE) lookAt(cell);
    const isEmpty = cell == NONE || saysNothing();
    if (!addCellOfTrack(textFrom, isEmpty ? textFrom : textTo)) return NONE;
  }
  return cellsTrack();
}
