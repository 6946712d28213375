// Rows for the caller, column by column.
import {
  COUNTER_MEMBERS,
  COUNTER_TIME,
  COUNTER_TRACK,
  COUNTER_VALUE,
  FLOW_CATEGORY,
  FLOW_END,
  FLOW_ID_HIGH,
  FLOW_ID_LOW,
  FLOW_NAME,
  FLOW_TIME,
  FLOW_TRACK,
  LONG_VALUE,
  SLICE_ARGS_BYTES,
  SLICE_ARGS_FROM,
  SLICE_ARGS_STRICT,
  SLICE_CATEGORY,
  SLICE_DUR,
  SLICE_NAME,
  SLICE_START,
  SLICE_TRACK,
  TAPE_ROWS,
  TYPED_COUNT,
  TYPED_ROWS,
  TYPED_VALUE,
  TYPED_VALUES,
} from './layout';

export let sliceCount: u32 = 0;
export let counterCount: u32 = 0;
export let flowCount: u32 = 0;
export let longValueCount: u32 = 0;

export function clearTape(): void {
  sliceCount = 0;
  counterCount = 0;
  flowCount = 0;
  longValueCount = 0;
  memory.fill(TYPED_COUNT, 0, 128);
}

/** Whether there is room for one more event, whatever it is. */
export function hasRoomForEvent(): bool {
  return sliceCount < TAPE_ROWS && flowCount < TAPE_ROWS && counterCount + COUNTER_MEMBERS <= TAPE_ROWS;
}

/** `typedColumns`: bits of those whose values stand at TYPED_VALUE. */
@inline
export function addSlice(
  track: i32,
  startNs: f64,
  durNs: f64,
  name: i32,
  category: i32,
  args: f64,
  argsBytes: u32,
  argsStrict: u32,
  typedColumns: u32,
): void {
  const row = <usize>sliceCount;
  store<f64>(SLICE_START + (row << 3), startNs);
  store<f64>(SLICE_DUR + (row << 3), durNs);
  store<f64>(SLICE_ARGS_FROM + (row << 3), args);
  store<i32>(SLICE_TRACK + (row << 2), track);
  store<i32>(SLICE_NAME + (row << 2), name);
  store<i32>(SLICE_CATEGORY + (row << 2), category);
  store<u32>(SLICE_ARGS_BYTES + (row << 2), argsBytes);
  store<u8>(SLICE_ARGS_STRICT + row, argsStrict);
  let rest = typedColumns;
  while (rest != 0) {
    const column = <usize>ctz(rest);
    rest &= rest - 1;
    const count = <usize>load<u32>(TYPED_COUNT + (column << 2));
    store<u32>(TYPED_ROWS + (column * TAPE_ROWS + count << 2), <u32>row);
    store<f64>(TYPED_VALUES + (column * TAPE_ROWS + count << 3), load<f64>(TYPED_VALUE + (column << 3)));
    store<u32>(TYPED_COUNT + (column << 2), <u32>count + 1);
  }
  sliceCount++;
}

@inline
export function addFlowEnd(track: i32, timeNs: f64, name: i32, category: i32, high: f64, low: f64, end: u32): void {
  const row = <usize>flowCount;
  flowCount++;
  store<f64>(FLOW_TIME + (row << 3), timeNs);
  store<f64>(FLOW_ID_HIGH + (row << 3), high);
  store<f64>(FLOW_ID_LOW + (row << 3), low);
  store<i32>(FLOW_TRACK + (row << 2), track);
  store<i32>(FLOW_NAME + (row << 2), name);
  store<i32>(FLOW_CATEGORY + (row << 2), category);
  store<u8>(FLOW_END + row, end);
}

/** A sample's row only counts when `counterCount` is moved on by takeSamples. */
@inline
export function setSample(row: u32, track: i32, timeNs: f64, value: f64): void {
  store<f64>(COUNTER_TIME + (<usize>row << 3), timeNs);
  store<f64>(COUNTER_VALUE + (<usize>row << 3), value);
  store<i32>(COUNTER_TRACK + (<usize>row << 2), track);
}

/** The value of the sample stands in [from, to) and has too many digits for an integer: the caller's to read. */
export function setLongValue(place: u32, row: u32, from: usize, to: usize): void {
  const at = LONG_VALUE + <usize>place * 12;
  store<u32>(at, row);
  store<u32>(at, <u32>from, 4);
  store<u32>(at, <u32>to, 8);
}

export function takeSamples(rows: u32, longValues: u32): void {
  counterCount = rows;
  longValueCount = longValues;
}
