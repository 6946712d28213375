import { type FastLane, FastRowScanner, hashBytes, type NewTrack } from '../../../bytes/index.ts';
import { NONE, type TimelineBuilder, typedColumns } from '../../../timeline/index.ts';
import { Offers } from '../../offers.ts';
import { TapeSlices } from '../../tape-slices.ts';
import { OP_COLUMNS, type OpHeader } from './columns.ts';
import { COLUMN_OF_SPEC, type OpSink, TASK_TYPE } from './op-sink.ts';

/** Runs of usual rows of op tables with starts in microseconds, scanned by the WebAssembly twin straight into slices. */
export class FastOps implements FastLane {
  readonly #scanner: FastRowScanner;
  readonly #builder: TimelineBuilder;
  readonly #sink: OpSink;
  readonly #slices: TapeSlices;
  readonly #offers: Offers;
  /** The scanner knows what its cells mean. */
  #header: OpHeader | undefined;

  /** Undefined where WebAssembly is missing. `always`: also where rows are so unusual that it does not pay. */
  static create(builder: TimelineBuilder, sink: OpSink, always: boolean): FastOps | undefined {
    const scanner = FastRowScanner.create(typedColumns(OP_COLUMNS).length);
    return scanner === undefined ? undefined : new FastOps(scanner, builder, sink, always);
  }

  private constructor(scanner: FastRowScanner, builder: TimelineBuilder, sink: OpSink, always: boolean) {
    this.#scanner = scanner;
    this.#builder = builder;
    this.#sink = sink;
    this.#slices = new TapeSlices(builder, (track, stringOf) => this.#makeTrack(track, stringOf));
    this.#offers = new Offers(always);
  }

  get takenCount(): number {
    return this.#scanner.takenCount;
  }

  forget(): void {
    this.#scanner.forget();
    this.#offers.forget();
  }

  scan(b: Uint8Array, p: number, limit: number, bufferOffset: number): number {
    const { header } = this.#sink;
    const rows = this.#builder.settledRows;
    if (header === undefined || rows === undefined || !this.#offers.isWorthwhile(bufferOffset + p)) return p;
    if (header !== this.#header) this.#startTable(header);
    const scanner = this.#scanner;
    const fileBase = (this.#builder.parts.at(-1)?.base ?? 0) + bufferOffset;
    const end = scanner.scan(b, p, limit, fileBase, rows.baseMicros);
    const { declinedAt, takenCount, roundedCount } = scanner;
    this.#offers.note(takenCount, declinedAt < 0 ? -1 : bufferOffset + declinedAt);
    // Even where no row was taken there may be new strings, which the tape says only once.
    const tape = scanner.tape();
    this.#slices.start(tape);
    const first = rows.slices.length;
    this.#slices.take(rows, tape, 0, takenCount);
    this.#sink.complete(rows, first);
    this.#sink.countRows(takenCount, roundedCount);
    scanner.clear();
    return end;
  }

  #startTable(header: OpHeader): void {
    const { names, name, start, duration, device, stream, spec } = header;
    const typedCells = Array.from(spec).flatMap((index, cell) =>
      index < 0 ? [] : [{ cell, column: COLUMN_OF_SPEC[index], kind: OP_COLUMNS[index].kind }],
    );
    const trackCells = [device, stream];
    const meaning = { cellCount: names.length, name, start, duration, trackCells, typedCells };
    this.#scanner.startTable({ ...meaning, categoryColumn: TASK_TYPE });
    this.#header = header;
  }

  #makeTrack(track: NewTrack, stringOf: Int32Array): number {
    if (track.kind !== 'cells') throw new Error(`a scanner of rows found a track of the kind ${track.kind}`);
    const [device, stream] = track.cells.map((cell) => this.#key(cell));
    return this.#sink.track(device, stream, track.category === NONE ? NONE : stringOf[track.category]);
  }

  #key(cell: Uint8Array): number {
    return cell.length === 0 ? NONE : this.#builder.keys.add(cell, 0, cell.length, hashBytes(cell, 0, cell.length));
  }
}
