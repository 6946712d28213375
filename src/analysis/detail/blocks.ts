/** What is known of many rows at once is known of blocks of this many, and of blocks of blocks. */
export const BLOCK_BITS = 3;
export const BLOCK_ROWS = 1 << BLOCK_BITS;

export function blockCount(rowCount: number): number {
  return (rowCount + BLOCK_ROWS - 1) >> BLOCK_BITS;
}
