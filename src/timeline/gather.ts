export type ColumnArray = Float64Array | Int32Array | Uint32Array | Uint8Array;

/**
 * An order of rows, and the places where runs of consecutive rows begin in it (its length at the end). Captures are
 * almost sorted, so columns are brought into order run by run.
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

  /** Whether the rows are the first ones, as they stand. */
  get isIdentity(): boolean {
    return this.runs.length <= 2 && (this.rows.length === 0 || this.rows[0] === 0);
  }
}

function startsRun(rows: Uint32Array, i: number): boolean {
  return i === 0 || rows[i] !== rows[i - 1] + 1;
}

/** Fills `result` with the rows of the column in the given order. */
export function gather<T extends ColumnArray>(column: T, order: RowOrder, result: T): T;
export function gather(column: ColumnArray, order: RowOrder, result: ColumnArray): ColumnArray {
  // One loop for each kind of column: a loop over several kinds is several times slower.
  if (result instanceof Float64Array) gatherFloat64(column as Float64Array, order, result);
  else if (result instanceof Int32Array) gatherInt32(column as Int32Array, order, result);
  else if (result instanceof Uint32Array) gatherUint32(column as Uint32Array, order, result);
  else gatherUint8(column as Uint8Array, order, result);
  return result;
}

function gatherFloat64(column: Float64Array, { rows, runs }: RowOrder, result: Float64Array): void {
  for (let run = 0; run + 1 < runs.length; run++) {
    const end = runs[run + 1];
    for (let i = runs[run], row = rows[i]; i < end; i++, row++) result[i] = column[row];
  }
}

function gatherInt32(column: Int32Array, { rows, runs }: RowOrder, result: Int32Array): void {
  for (let run = 0; run + 1 < runs.length; run++) {
    const end = runs[run + 1];
    for (let i = runs[run], row = rows[i]; i < end; i++, row++) result[i] = column[row];
  }
}

function gatherUint32(column: Uint32Array, { rows, runs }: RowOrder, result: Uint32Array): void {
  for (let run = 0; run + 1 < runs.length; run++) {
    const end = runs[run + 1];
    for (let i = runs[run], row = rows[i]; i < end; i++, row++) result[i] = column[row];
  }
}

function gatherUint8(column: Uint8Array, { rows, runs }: RowOrder, result: Uint8Array): void {
  for (let run = 0; run + 1 < runs.length; run++) {
    const end = runs[run + 1];
    for (let i = runs[run], row = rows[i]; i < end; i++, row++) result[i] = column[row];
  }
}
