/** What was answered about the slices of some tracks, in the order in which drawing and pointing ask for it. */
import type { AnswerTo, Ask } from '../../src/session/requests/protocol.ts';

export interface WideSlice {
  readonly slice: number;
  readonly startNs: number;
  readonly durNs: number;
  readonly name: string;
}

export class WindowAnswer {
  readonly ask: Ask<'window'>;
  readonly rowCount: number;
  readonly coverage: ArrayLike<number>;
  readonly colour: ArrayLike<number>;
  readonly slice: ArrayLike<number>;
  readonly #wide: AnswerTo<'window'>['columns'];
  readonly #names: readonly string[];
  /** Wide slices by row: those of row r are `#order[#from[r]]` to `#order[#from[r + 1] - 1]`. */
  readonly #order: Uint32Array;
  readonly #from: Uint32Array;
  readonly #rows = new Map<number, { first: number; count: number }>();

  constructor(ask: Ask<'window'>, { json, columns }: AnswerTo<'window'>) {
    this.ask = ask;
    this.#wide = columns;
    this.#names = json.names;
    this.coverage = columns.coverage;
    this.colour = columns.colour;
    this.slice = columns.slice;
    let first = 0;
    ask.tracks.forEach((track, at) => {
      const count = json.rowCounts[at] ?? 0;
      this.#rows.set(track, { first, count });
      first += count;
    });
    this.rowCount = first;
    this.#from = new Uint32Array(first + 1);
    this.#order = ordered(columns.wideRow, this.#from);
  }

  rowsOf(track: number): { readonly first: number; readonly count: number } | undefined {
    return this.#rows.get(track);
  }

  /** Positions of the wide slices of a row, sorted by start as they were answered. */
  *wideOf(row: number): Generator<number> {
    for (let at = this.#from[row]; at < this.#from[row + 1]; at++) yield this.#order[at];
  }

  wide(position: number): WideSlice {
    const { wideSlice, wideStartNs, wideDurNs, wideName } = this.#wide;
    return {
      slice: wideSlice[position],
      startNs: wideStartNs[position],
      durNs: wideDurNs[position],
      name: this.#names[wideName[position]] ?? '',
    };
  }

  columnAt(timeNs: number): number {
    const { startNs, endNs, columnCount } = this.ask;
    return Math.floor(((timeNs - startNs) / (endNs - startNs)) * columnCount);
  }

  colourAt(row: number, timeNs: number): number {
    const column = Math.min(Math.max(this.columnAt(timeNs), 0), this.ask.columnCount - 1);
    return this.colour[row * this.ask.columnCount + column];
  }
}

function ordered(rows: ArrayLike<number>, from: Uint32Array): Uint32Array {
  for (let at = 0; at < rows.length; at++) from[rows[at] + 1]++;
  for (let row = 1; row < from.length; row++) from[row] += from[row - 1];
  const next = from.slice();
  const order = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at++) order[next[rows[at]]++] = at;
  return order;
}
