/** Rows under construction stand in blocks of this many. */
export const BLOCK_BITS = 15;
export const BLOCK_ROWS = 1 << BLOCK_BITS;
export const BLOCK_MASK = BLOCK_ROWS - 1;

export type ColumnArray = Float64Array | Int32Array | Uint32Array | Uint8Array;

/**
 * An order of rows, and the places where runs of consecutive rows of one block begin in it (its length at the end).
 * Captures are almost sorted, so columns are brought into order run by run.
 */
export class RowOrder {
  readonly rows: Uint32Array;
  readonly runs: Uint32Array;

  constructor(rows: Uint32Array) {
    this.rows = rows;
    let count = 0;
    for (let i = 0; i < rows.length; i++) if (startsRun(rows, i)) count++;
    this.runs = new Uint32Array(count + 1);
    let run = 0;
    for (let i = 0; i < rows.length; i++) if (startsRun(rows, i)) this.runs[run++] = i;
    this.runs[run] = rows.length;
  }
}

function startsRun(rows: Uint32Array, i: number): boolean {
  return i === 0 || rows[i] !== rows[i - 1] + 1 || (rows[i] & BLOCK_MASK) === 0;
}

/** Fills `result` with the rows of `blocks` in the given order. Where there is no block it stays as it is. */
export function gather<T extends ColumnArray>(blocks: readonly (T | undefined)[], order: RowOrder, result: T): T;
export function gather(
  blocks: readonly (ColumnArray | undefined)[],
  order: RowOrder,
  result: ColumnArray,
): ColumnArray {
  // One loop for each kind of column: a loop over several kinds is several times slower.
  if (result instanceof Float64Array) gatherFloat64(blocks as Float64Array[], order, result);
  else if (result instanceof Int32Array) gatherInt32(blocks as Int32Array[], order, result);
  else if (result instanceof Uint32Array) gatherUint32(blocks as Uint32Array[], order, result);
  else gatherUint8(blocks as Uint8Array[], order, result);
  return result;
}

type Blocks<T> = readonly (T | undefined)[];

function gatherFloat64(blocks: Blocks<Float64Array>, { rows, runs }: RowOrder, result: Float64Array): void {
  for (let run = 0; run + 1 < runs.length; run++) {
    const row = rows[runs[run]];
    const block = blocks[row >> BLOCK_BITS];
    if (block === undefined) continue;
    const end = runs[run + 1];
    for (let i = runs[run], at = row & BLOCK_MASK; i < end; i++, at++) result[i] = block[at];
  }
}

function gatherInt32(blocks: Blocks<Int32Array>, { rows, runs }: RowOrder, result: Int32Array): void {
  for (let run = 0; run + 1 < runs.length; run++) {
    const row = rows[runs[run]];
    const block = blocks[row >> BLOCK_BITS];
    if (block === undefined) continue;
    const end = runs[run + 1];
    for (let i = runs[run], at = row & BLOCK_MASK; i < end; i++, at++) result[i] = block[at];
  }
}

function gatherUint32(blocks: Blocks<Uint32Array>, { rows, runs }: RowOrder, result: Uint32Array): void {
  for (let run = 0; run + 1 < runs.length; run++) {
    const row = rows[runs[run]];
    const block = blocks[row >> BLOCK_BITS];
    if (block === undefined) continue;
    const end = runs[run + 1];
    for (let i = runs[run], at = row & BLOCK_MASK; i < end; i++, at++) result[i] = block[at];
  }
}

function gatherUint8(blocks: Blocks<Uint8Array>, { rows, runs }: RowOrder, result: Uint8Array): void {
  for (let run = 0; run + 1 < runs.length; run++) {
    const row = rows[runs[run]];
    const block = blocks[row >> BLOCK_BITS];
    if (block === undefined) continue;
    const end = runs[run + 1];
    for (let i = runs[run], at = row & BLOCK_MASK; i < end; i++, at++) result[i] = block[at];
  }
}
