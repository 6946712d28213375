// Where everything stands in the linear memory. What is below is used by the files shared with the scanner.

/** Rows and samples between two visits of the caller. */
export const ROWS: u32 = 8192;
/** Args of more bytes have no fast path. */
export const LONGEST_FLAT_BYTES: u32 = 1 << 24;
/** Output is handed on when there is so much of it. */
export const FLUSH_BYTES: usize = 1 << 20;

/** What every shard begins anew. */
export const STATE: usize = 0x10000;
export const STATE_BYTES: usize = 0x1000;
/** Tables of table.ts, 32 bytes each. */
export const NAMES: usize = STATE;
export const TEXTS: usize = NAMES + 32;
export const JOINTS: usize = TEXTS + 32;
/** A joint that no args have: what its `next` leads to is the first joint of an object. */
export const START: usize = JOINTS + 32;

const N: usize = <usize>ROWS;
export const ROW_TIME: usize = STATE + STATE_BYTES;
/** Of slices. */
export const ROW_DUR: usize = ROW_TIME + N * 8;
/** u16 each; of instants NO_DEPTH. */
export const ROW_DEPTH: usize = ROW_DUR + N * 8;
export const NO_DEPTH: u32 = 0xffff;
export const ROW_LANE: usize = ROW_DEPTH + N * 2;
export const ROW_TRACK: usize = ROW_LANE + N * 4;
export const ROW_NAME: usize = ROW_TRACK + N * 4;
export const ROW_CATEGORY: usize = ROW_NAME + N * 4;
/** Counted from ARGS. */
export const ROW_ARGS_FROM: usize = ROW_CATEGORY + N * 4;
export const ROW_ARGS_BYTES: usize = ROW_ARGS_FROM + N * 4;
/** How many ids of arrows there are up to the end of the row. */
export const ROW_FLOWS_TO: usize = ROW_ARGS_BYTES + N * 4;
/** Of samples. Their times stand where those of rows do. */
export const SAMPLE_VALUE: usize = ROW_FLOWS_TO + N * 4;

/** Hashes of texts met lately. */
export const RECENT_SLOTS: u32 = 1 << 16;
export const RECENT: usize = SAMPLE_VALUE + N * 8;

export const OUT: usize = RECENT + <usize>RECENT_SLOTS * 4;
export const OUT_BYTES: usize = FLUSH_BYTES + (FLUSH_BYTES >> 2);

/** What the files have of args, as args-memory.ts places it; zero bytes behind it stop every loop. */
export const ARGS: usize = OUT + OUT_BYTES;
export const ARGS_BYTES: usize = 32 * ((1 << 20) + (1 << 16));
/** Tables grow from here on. */
export const HEAP: usize = ARGS + ARGS_BYTES + 0x1000;
