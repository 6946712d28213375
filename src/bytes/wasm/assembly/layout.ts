// Where everything stands in the linear memory. Fixed addresses are constants in the machine code.

/** At most so many rows of each kind between two visits of the caller. */
export const TAPE_ROWS: u32 = 8192;
export const TYPED_COLUMNS: u32 = 31;
export const COUNTER_MEMBERS: u32 = 64;
export const NEW_STRINGS: u32 = 4096;
export const NEW_TRACKS: u32 = 4096;
export const KEY_BYTES: usize = 4096;

/** Tables of table.ts, 32 bytes each. Below them only what the compiler puts there. */
export const STRINGS: usize = 0x8000;
export const ARGS_KEYS: usize = STRINGS + 32;
export const THREADS: usize = ARGS_KEYS + 32;
export const SERIES: usize = THREADS + 32;
export const CELL_TRACKS: usize = SERIES + 32;

/** What the event at hand has: typed args by column, members of its args, brackets that are open. */
export const TYPED_VALUE: usize = 0x9000;
export const TYPED_FROM: usize = TYPED_VALUE + 256;
export const TYPED_TO: usize = TYPED_FROM + 128;
/** Columns of text, one byte each, in the order of the args. */
export const TYPED_TEXTS: usize = TYPED_TO + 128;
export const TYPED_COUNT: usize = TYPED_TEXTS + 32;
export const CATEGORY_COLUMNS: usize = TYPED_COUNT + 128;
export const MEMBER_KEY: usize = 0xa000;
export const MEMBER_FROM: usize = MEMBER_KEY + 256;
export const MEMBER_TO: usize = MEMBER_FROM + 256;
export const BRACKETS: usize = 0xb000;
export const BRACKETS_DEPTH: u32 = 1024;
export const POWERS_F64: usize = 0xc000;
export const POWERS_I64: usize = POWERS_F64 + 256;
/** The predecessor of the first key of every args object. */
export const FIRST_KEY: usize = 0xc400;
/** The key of a thread or a series, put together. */
export const KEY: usize = 0xd000;

export const BUFFER: usize = 0x10000;
export const BUFFER_BYTES: usize = 4 << 20;

const ROWS: usize = <usize>TAPE_ROWS;
export const SLICE_START: usize = BUFFER + BUFFER_BYTES;
export const SLICE_DUR: usize = SLICE_START + ROWS * 8;
export const SLICE_ARGS_FROM: usize = SLICE_DUR + ROWS * 8;
export const SLICE_TRACK: usize = SLICE_ARGS_FROM + ROWS * 8;
export const SLICE_NAME: usize = SLICE_TRACK + ROWS * 4;
export const SLICE_CATEGORY: usize = SLICE_NAME + ROWS * 4;
export const SLICE_ARGS_BYTES: usize = SLICE_CATEGORY + ROWS * 4;
export const SLICE_ARGS_STRICT: usize = SLICE_ARGS_BYTES + ROWS * 4;
export const COUNTER_TIME: usize = SLICE_ARGS_STRICT + ROWS;
export const COUNTER_VALUE: usize = COUNTER_TIME + ROWS * 8;
export const COUNTER_TRACK: usize = COUNTER_VALUE + ROWS * 8;
/** Counter values of too many digits for an integer: row, from, to. */
export const LONG_VALUE: usize = COUNTER_TRACK + ROWS * 4;
export const FLOW_TIME: usize = LONG_VALUE + ROWS * 12;
export const FLOW_ID_HIGH: usize = FLOW_TIME + ROWS * 8;
export const FLOW_ID_LOW: usize = FLOW_ID_HIGH + ROWS * 8;
export const FLOW_TRACK: usize = FLOW_ID_LOW + ROWS * 8;
export const FLOW_NAME: usize = FLOW_TRACK + ROWS * 4;
export const FLOW_CATEGORY: usize = FLOW_NAME + ROWS * 4;
export const FLOW_END: usize = FLOW_CATEGORY + ROWS * 4;
/** Records of strings the caller does not know yet. */
export const NEW_STRING: usize = FLOW_END + ROWS;
/** Records of tracks the caller does not know yet; what kind they are stands in their lowest bits. */
export const NEW_TRACK: usize = NEW_STRING + <usize>NEW_STRINGS * 4;
/** Typed args, for each column: rows, then values. */
export const TYPED_ROWS: usize = NEW_TRACK + <usize>NEW_TRACKS * 4;
export const TYPED_VALUES: usize = TYPED_ROWS + <usize>TYPED_COLUMNS * ROWS * 4;
/** Tables grow from here on. */
export const HEAP: usize = (TYPED_VALUES + <usize>TYPED_COLUMNS * ROWS * 8 + 0xffff) & ~0xffff;
