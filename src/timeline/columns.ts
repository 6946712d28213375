/** The columns of rows under construction, before they are sorted. */
export const SLICE_SCHEMA = {
  track: 'i32',
  startNs: 'f64',
  durNs: 'f64',
  name: 'i32',
  category: 'i32',
  argsFrom: 'f64',
  argsBytes: 'u32',
  argsStrict: 'u8',
} as const;

export const INSTANT_SCHEMA = {
  track: 'i32',
  timeNs: 'f64',
  name: 'i32',
  category: 'i32',
  argsFrom: 'f64',
  argsBytes: 'u32',
  argsStrict: 'u8',
} as const;

export const COUNTER_SCHEMA = { track: 'i32', timeNs: 'f64', value: 'f64' } as const;

/** One end of an arrow. `slice` is a slice row for ends that stand in a slice's own event, else NONE. */
export const FLOW_END_SCHEMA = {
  key: 'i32',
  track: 'i32',
  timeNs: 'f64',
  end: 'u8',
  name: 'i32',
  category: 'i32',
  slice: 'i32',
} as const;

/** step both receives and sends. nextSlice: binds to the slice that starts next instead of the enclosing one. */
export const FLOW_END = { start: 0, step: 1, finish: 2, finishAtNextSlice: 3 } as const;

/** A begin or an end of a slice, to be matched within its group (a thread, or the id of an async slice). */
export const MARK_SCHEMA = {
  group: 'i32',
  track: 'i32',
  timeNs: 'f64',
  begins: 'u8',
  name: 'i32',
  category: 'i32',
  argsFrom: 'f64',
  argsBytes: 'u32',
  argsStrict: 'u8',
  fileOffset: 'f64',
} as const;
