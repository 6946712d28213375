// Where everything stands in the linear memory. Below the rows only what the compiler puts there.

/** At most so many rows between two visits of the caller, and so many bytes in a text. */
export const ROWS: u32 = 256;
export const TEXT_BYTES: u32 = 2048;

/** Of each row: what it is, and its columns. Texts are addresses, 0 where there is none. */
export const KIND: usize = 0x8000;
export const HEAD: usize = KIND + ROWS;
export const PLACE: usize = HEAD + ROWS * 4;
export const NAME: usize = PLACE + ROWS * 4;
export const CATEGORY: usize = NAME + ROWS * 4;
export const ARGS_FROM: usize = CATEGORY + ROWS * 4;
export const ARGS_SIZE: usize = ARGS_FROM + ROWS * 4;
export const TIME: usize = ARGS_SIZE + ROWS * 4;
export const NUMBER: usize = TIME + ROWS * 8;

/** Texts: the size (u32), then the bytes. */
export const TEXTS: usize = 0x10000;
export const TEXTS_BYTES: usize = 4 << 20;
/** What the caller gathers before it hands it on (1 MB and a row), and what a batch of rows adds to it (3 MB at most). */
export const OUTPUT: usize = TEXTS + TEXTS_BYTES;
export const OUTPUT_BYTES: usize = 8 << 20;
/** Pages of the files that hold the args. */
export const ARGS: usize = OUTPUT + OUTPUT_BYTES;
export const ARGS_BYTES: usize = 32 << 20;
/** Copies are made in steps of 16 bytes. */
export const END: usize = ARGS + ARGS_BYTES + 64;
