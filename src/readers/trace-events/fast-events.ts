import { type FastLane, FastScanner, type FastScannerOptions } from '../../bytes/index.ts';
import { typedColumns } from '../../timeline/index.ts';
import type { Dialect } from './dialect.ts';
import { TapeRows, type TapeTarget } from './tape-rows.ts';

/** Fewer events than this between two that are declined, and it is better to stay away for a while. */
const WORTHWHILE = 4;
const LONGEST_PAUSE = 256;

export function fastScannerOptions(dialect: Dialect): FastScannerOptions {
  const columns = typedColumns(dialect.typedKeys).map(({ column }) => column);
  return {
    typedKeys: dialect.typedKeys.map(({ key, column, kind }) => ({ key, column: columns.indexOf(column), kind })),
    columnCount: columns.length,
    categoryColumns: dialect.categoryColumns.map((name) => columns.indexOf(name)).filter((index) => index >= 0),
    selectors: dialect.counterSelectors,
    flowNamesEndInId: dialect.flowNamesEndInId,
  };
}

/** Runs of usual events (X, C, s, t, f), scanned by the WebAssembly twin straight into rows. */
export class FastEvents implements FastLane {
  readonly #scanner: FastScanner;
  readonly #target: TapeTarget;
  readonly #tapes: TapeRows;
  readonly #always: boolean;
  #roundedCount = 0;
  /** File offset of the event that was declined last: the general path is at it. */
  #declinedOffset = -1;
  /** Events to leave alone, and how many it was the last time. */
  #pause = 0;
  #lastPause = 0;

  /** Undefined where WebAssembly is missing. `always`: also where events are so unusual that it does not pay. */
  static create(target: TapeTarget, always: boolean): FastEvents | undefined {
    const scanner = FastScanner.create(fastScannerOptions(target.dialect));
    return scanner === undefined ? undefined : new FastEvents(scanner, target, always);
  }

  private constructor(scanner: FastScanner, target: TapeTarget, always: boolean) {
    this.#scanner = scanner;
    this.#target = target;
    this.#tapes = new TapeRows(target);
    this.#always = always;
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
    const { builder } = this.#target;
    const rows = builder.settledRows;
    if (rows === undefined) return p;
    const fileBase = (builder.parts.at(-1)?.base ?? 0) + bufferOffset;
    const end = this.#scanner.scan(b, p, limit, fileBase, rows.baseMicros);
    const { declinedAt, takenCount, counts } = this.#scanner;
    this.#declinedOffset = declinedAt < 0 ? -1 : bufferOffset + declinedAt;
    this.#choosePause(this.#always || takenCount >= WORTHWHILE || declinedAt < 0);
    // Even where no event was taken there may be new strings, which the tape says only once.
    this.#tapes.start(this.#scanner.tape());
    this.#tapes.take(rows, counts);
    this.#roundedCount += this.#scanner.roundedCount;
    this.#scanner.clear();
    return end;
  }

  #choosePause(worthwhile: boolean): void {
    this.#lastPause = worthwhile ? 0 : Math.min(this.#lastPause * 2 + 1, LONGEST_PAUSE);
    this.#pause = this.#lastPause;
  }
}
