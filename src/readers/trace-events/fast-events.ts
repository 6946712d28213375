import { type FastLane, FastScanner, type KeyTable } from '../../bytes/index.ts';
import { type EventRows, NONE, type TimelineBuilder, typedColumns } from '../../timeline/index.ts';
import type { Dialect } from './dialect.ts';

type Question = NonNullable<FastScanner['question']>;

/** Fewer events than this between two that are declined, and it is better to stay away for a while. */
const WORTHWHILE = 4;
const LONGEST_PAUSE = 256;
/** The scanner keeps a table of all strings: above this many it is not worth its memory. */
const MOST_STRINGS = 1 << 20;

/**
 * Runs of usual events (X, C, s, t, f), scanned by the WebAssembly twin straight into rows. Tracks are made by the event
 * sink alone: an event on an unknown one is declined, goes the general way, and the sink then answers which track it is.
 */
export class FastEvents implements FastLane {
  readonly #scanner: FastScanner;
  readonly #builder: TimelineBuilder;
  readonly #always: boolean;
  #roundedCount = 0;
  /** File offset of the event that was declined last: the general path is at it. */
  #declinedOffset = -1;
  /** Events to leave alone, and how many it was the last time. */
  #pause = 0;
  #lastPause = 0;
  /** Flow ends that stand in no slice's own event. */
  #noSlice = new Int32Array(0);

  /** Undefined where WebAssembly is missing. `always`: also where events are so unusual that it does not pay. */
  static create(builder: TimelineBuilder, dialect: Dialect, always: boolean): FastEvents | undefined {
    const columns = typedColumns(dialect.typedKeys).map(({ column }) => column);
    const scanner = FastScanner.create({
      typedKeys: dialect.typedKeys.map(({ key, column, kind }) => ({ key, column: columns.indexOf(column), kind })),
      columnCount: columns.length,
      categoryColumns: dialect.categoryColumns.map((name) => columns.indexOf(name)).filter((index) => index >= 0),
      selectors: dialect.counterSelectors,
      flowKeyHasName: dialect.flowKeyHasName,
    });
    return scanner === undefined ? undefined : new FastEvents(scanner, builder, always);
  }

  private constructor(scanner: FastScanner, builder: TimelineBuilder, always: boolean) {
    this.#scanner = scanner;
    this.#builder = builder;
    this.#always = always;
  }

  get flowKeys(): KeyTable {
    return this.#scanner.flowKeys;
  }

  get takenCount(): number {
    return this.#scanner.takenCount;
  }

  takeRoundedCount(): number {
    const count = this.#roundedCount;
    this.#roundedCount = 0;
    return count;
  }

  forget(): void {
    this.#scanner.forget();
    this.#declinedOffset = -1;
  }

  scan(b: Uint8Array, p: number, limit: number, bufferOffset: number): number {
    if (bufferOffset + p === this.#declinedOffset) return p;
    if (this.#pause > 0) {
      this.#pause--;
      return p;
    }
    const rows = this.#builder.settledRows;
    if (rows === undefined || this.#builder.strings.size > MOST_STRINGS) return p;
    const fileBase = (this.#builder.parts.at(-1)?.base ?? 0) + bufferOffset;
    const end = this.#scanner.scan(b, p, limit, fileBase, rows.baseMicros, this.#builder.strings);
    const { declinedAt, question, takenCount } = this.#scanner;
    this.#declinedOffset = declinedAt < 0 ? -1 : bufferOffset + declinedAt;
    this.#choosePause(this.#always || takenCount >= WORTHWHILE || question !== undefined || declinedAt < 0);
    if (end > p) this.#flush(rows);
    return end;
  }

  #choosePause(worthwhile: boolean): void {
    this.#lastPause = worthwhile ? 0 : Math.min(this.#lastPause * 2 + 1, LONGEST_PAUSE);
    this.#pause = this.#lastPause;
  }

  #flush(rows: EventRows): void {
    const tape = this.#scanner.tape();
    this.#roundedCount += this.#scanner.roundedCount;
    const firstRow = rows.slices.length;
    rows.slices.append(tape.slices, tape.sliceCount);
    tape.typed.forEach((column, index) => {
      rows.typed.append(index, firstRow, column.rows, column.values);
    });
    rows.counters.append(tape.counters, tape.counterCount);
    if (tape.flowCount > this.#noSlice.length) this.#noSlice = new Int32Array(tape.flowCount).fill(NONE);
    rows.flowEnds.append({ ...tape.flows, slice: this.#noSlice }, tape.flowCount);
    this.#builder.flowKeyCount = this.#scanner.flowKeys.size;
  }

  /** What the scanner would like to know of the event at this offset of the file, if it is the one it declined. */
  questionAt(offset: number): Question | undefined {
    return offset === this.#declinedOffset ? this.#scanner.question : undefined;
  }

  answer(track: number): void {
    this.#scanner.answer(track);
  }
}
