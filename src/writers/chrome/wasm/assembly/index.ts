// The WebAssembly twin of what writes slices, flow ends and counter samples, for rows of the usual kind. It only puts
// together what the caller has looked up. See ../row-batch.ts.
import { ARGS_FROM, ARGS_SIZE, CATEGORY, END, HEAD, KIND, NAME, NUMBER, PLACE, TIME } from './layout';
import { putBytes, putInteger, putMicroseconds, putText } from './text';

export * from './layout';

/** Kinds of rows. The number of a slice is its duration, of a flow end its id, of a sample its value. */
export const SLICE: u32 = 0;
export const FLOW_END: u32 = 1;
export const SAMPLE: u32 = 2;

const CLOSE: u32 = 0x7d;
const DURATION_WORD: u64 = 0x003a22727564222c; // ,"dur":
const NAME_WORD: u64 = 0x3a22656d616e222c; // ,"name":
const CATEGORY_WORD: u64 = 0x003a22746163222c; // ,"cat":
const ARGS_WORD: u64 = 0x3a2273677261222c; // ,"args":

/** What the run's origin is printed as. */
let zeroNs: u64 = 0;

/** False where there is not enough memory. */
export function start(zero: u64): bool {
  zeroNs = zero;
  const missing = <i32>((END + 0xffff) >> 16) - memory.size();
  return missing <= 0 || memory.grow(missing) >= 0;
}

/** Writes the first `count` rows and returns the address behind them. */
export function writeRows(count: u32, to: usize): usize {
  for (let row: usize = 0; row < <usize>count; row++) {
    const kind = <u32>load<u8>(KIND + row);
    if (kind == SLICE) to = putSlice(to, row);
    else if (kind == FLOW_END) to = putFlowEnd(to, row);
    else to = putSample(to, row);
  }
  return to;
}

function putSlice(to: usize, row: usize): usize {
  to = putText(to, word(HEAD, row));
  to = putTime(to, row);
  store<u64>(to, DURATION_WORD);
  to = putMicroseconds(to + 7, number(row));
  to = putWords(to, row);
  const size = word(ARGS_SIZE, row);
  if (size != 0) {
    store<u64>(to, ARGS_WORD);
    to = putBytes(to + 8, word(ARGS_FROM, row), size);
  }
  store<u8>(to, CLOSE);
  return to + 1;
}

function putFlowEnd(to: usize, row: usize): usize {
  to = putText(to, word(HEAD, row));
  to = putInteger(to, number(row));
  store<u8>(to, 0x2c);
  to = putText(to + 1, word(PLACE, row));
  to = putTime(to, row);
  to = putWords(to, row);
  store<u8>(to, CLOSE);
  return to + 1;
}

/** A value that is no such number comes as a text in the place of the name. */
function putSample(to: usize, row: usize): usize {
  to = putText(to, word(HEAD, row));
  to = putTime(to, row);
  to = putText(to, word(PLACE, row));
  const text = word(NAME, row);
  to = text != 0 ? putText(to, text) : putInteger(to, number(row));
  store<u16>(to, 0x7d7d);
  return to + 2;
}

@inline
function putTime(to: usize, row: usize): usize {
  return putMicroseconds(to, zeroNs + <u64>load<f64>(TIME + (row << 3)));
}

@inline
function putWords(to: usize, row: usize): usize {
  store<u64>(to, NAME_WORD);
  to = putText(to + 8, word(NAME, row));
  const category = word(CATEGORY, row);
  if (category == 0) return to;
  store<u64>(to, CATEGORY_WORD);
  return putText(to + 7, category);
}

@inline
function word(column: usize, row: usize): usize {
  return <usize>load<u32>(column + (row << 2));
}

@inline
function number(row: usize): u64 {
  return <u64>load<f64>(NUMBER + (row << 3));
}
