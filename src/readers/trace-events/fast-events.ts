import { type FastLane, FastScanner, type FastScannerOptions } from '../../bytes/index.ts';
import { typedColumns } from '../../timeline/index.ts';
import { Offers } from '../offers.ts';
import type { Dialect } from './dialect.ts';
import { TapeRows, type TapeTarget } from './tape-rows.ts';

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
  readonly #offers: Offers;
  #roundedCount = 0;

  /** Undefined where WebAssembly is missing. `always`: also where events are so unusual that it does not pay. */
  static create(target: TapeTarget, always: boolean): FastEvents | undefined {
    const scanner = FastScanner.create(fastScannerOptions(target.dialect));
    return scanner === undefined ? undefined : new FastEvents(scanner, target, always);
  }

  private constructor(scanner: FastScanner, target: TapeTarget, always: boolean) {
    this.#scanner = scanner;
    this.#target = target;
    this.#tapes = new TapeRows(target);
    this.#offers = new Offers(always);
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
    this.#offers.forget();
  }

  scan(b: Uint8Array, p: number, limit: number, bufferOffset: number): number {
    if (!this.#offers.isWorthwhile(bufferOffset + p)) return p;
    const { builder } = this.#target;
    const rows = builder.settledRows;
    if (rows === undefined) return p;
    const fileBase = (builder.parts.at(-1)?.base ?? 0) + bufferOffset;
    const end = this.#scanner.scan(b, p, limit, fileBase, rows.baseMicros);
    const { declinedAt, takenCount, counts } = this.#scanner;
    this.#offers.note(takenCount, declinedAt < 0 ? -1 : bufferOffset + declinedAt);
    // Even where no event was taken there may be new strings, which the tape says only once.
    this.#tapes.start(this.#scanner.tape());
    this.#tapes.take(rows, counts);
    this.#roundedCount += this.#scanner.roundedCount;
    this.#scanner.clear();
    return end;
  }
}
