import { FastScanner, type FastScannerOptions } from './fast-scanner.ts';
import { packedTape, type Tape } from './tape.ts';

/** A part of a file, and what its times are counted from. `address` is that of its first byte among the args. */
export interface Chunk {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly address: number;
  readonly baseMicros: number;
  /** Buffers of tapes that are no longer needed. */
  readonly spare: readonly ArrayBuffer[];
}

/** Events of the usual shape, one behind the other: [from, to) of the chunk, and where their rows end on the tape. */
export interface ScannedRun {
  readonly from: number;
  readonly to: number;
  readonly eventCount: number;
  readonly roundedCount: number;
  readonly ends: { readonly slices: number; readonly counters: number; readonly flows: number };
}

export interface ScannedTape {
  readonly tape: Tape;
  readonly buffer: ArrayBuffer;
  readonly runs: readonly ScannedRun[];
}

export interface ScannedChunk {
  /** Of the chunk, handed back. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly baseMicros: number;
  readonly tapes: readonly ScannedTape[];
}

/** So many wrong guesses, and a chunk is no place for guessing. */
const MOST_GUESSES = 8;

/**
 * Scans a chunk from somewhere in the middle of a file. Where its first event begins is a guess, and so is what follows
 * an event that is not usual: whoever knows where events begin must only take runs that start there.
 */
export class ChunkScanner {
  readonly #scanner: FastScanner;
  #tapes: ScannedTape[] = [];
  #runs: ScannedRun[] = [];
  #transfer: ArrayBuffer[] = [];
  #spare: ArrayBuffer[] = [];

  /** Undefined where WebAssembly is missing. */
  static create(options: FastScannerOptions): ChunkScanner | undefined {
    const scanner = FastScanner.create(options);
    return scanner === undefined ? undefined : new ChunkScanner(scanner);
  }

  private constructor(scanner: FastScanner) {
    this.#scanner = scanner;
  }

  scan(chunk: Chunk): { readonly result: ScannedChunk; readonly transfer: readonly ArrayBuffer[] } {
    const scanner = this.#scanner;
    const { bytes } = chunk;
    this.#tapes = [];
    this.#transfer = [bytes.buffer];
    this.#spare.push(...chunk.spare);
    scanner.load(bytes, 0, bytes.length);
    let guesses = 1;
    for (let at = scanner.findEvent(0); at >= 0;) {
      const end = this.#scanRun(chunk, at);
      if (scanner.declinedAt >= 0) {
        at = scanner.nextEvent(scanner.declinedAt);
        if (at < 0 && guesses++ < MOST_GUESSES) at = scanner.findEvent(scanner.declinedAt + 1);
      } else {
        this.#finishTape();
        at = end > at ? scanner.eventBehind(end) : -1;
      }
    }
    this.#finishTape();
    return { result: { bytes, baseMicros: chunk.baseMicros, tapes: this.#tapes }, transfer: this.#transfer };
  }

  #scanRun({ bytes, address, baseMicros }: Chunk, from: number): number {
    const scanner = this.#scanner;
    const scan = (): number => scanner.scan(bytes, from, bytes.length, address, baseMicros);
    let to = scan();
    if (to === from && scanner.declinedAt < 0) {
      // The tape was full.
      this.#finishTape();
      to = scan();
    }
    const { takenCount: eventCount, roundedCount, counts: ends } = scanner;
    if (to > from) this.#runs.push({ from, to, eventCount, roundedCount, ends });
    return to;
  }

  #finishTape(): void {
    const { tape, buffer } = packedTape(this.#scanner.tape(), this.#spare.pop());
    this.#tapes.push({ tape, buffer, runs: this.#runs });
    this.#transfer.push(buffer);
    this.#runs = [];
    this.#scanner.clear();
  }
}
