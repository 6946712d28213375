import type { Source, TaskThread, ThreadPool } from '../../base/index.ts';
import type { Chunk, ScannedChunk, TraceScanner } from '../../bytes/index.ts';
import type { TimelineBuilder } from '../../timeline/index.ts';
import { SCAN_CHUNKS } from './chunk-task.ts';
import { fastScannerOptions } from './fast-events.ts';
import { TapeRows, type TapeTarget } from './tape-rows.ts';

/** Chunks on their way per thread: enough that none waits while this one is busy with another. */
const CHUNKS_PER_THREAD = 4;

interface Lane {
  readonly thread: TaskThread<Chunk, ScannedChunk>;
  readonly tapes: TapeRows;
}

/**
 * Scans one file with several threads. They scan chunks without knowing where in the document these lie; here the
 * document is walked in order, and a run of events they found is taken where the walk comes to its very first brace.
 * Everything else goes through the scanner like any other bytes.
 */
export class ParallelScan {
  readonly #builder: TimelineBuilder;
  readonly #chunkBytes: number;
  readonly #lanes: readonly Lane[];
  readonly #spareChunks: Uint8Array<ArrayBuffer>[] = [];
  readonly #spareTapes: ArrayBuffer[] = [];
  #roundedCount = 0;

  constructor(pool: ThreadPool, target: TapeTarget, chunkBytes: number) {
    this.#chunkBytes = chunkBytes;
    this.#builder = target.builder;
    const options = fastScannerOptions(target.dialect);
    this.#lanes = Array.from({ length: pool.threadCount }, () => ({
      thread: pool.open(SCAN_CHUNKS, options),
      tapes: new TapeRows(target),
    }));
  }

  /** Feeds [from, end) of the source to the scanner, whose times are near those it has met before. */
  async feed(source: Source, from: number, scanner: TraceScanner, onProgress: (bytes: number) => void): Promise<void> {
    const waiting: { lane: Lane; scanned: Promise<ScannedChunk> }[] = [];
    const takeFirst = async (): Promise<void> => {
      const first = waiting.shift();
      if (first === undefined) return;
      const scanned = await first.scanned;
      this.#take(scanned, first.lane.tapes, scanner);
      onProgress(scanned.bytes.length);
      this.#spareChunks.push(new Uint8Array(scanned.bytes.buffer));
      this.#spareTapes.push(...scanned.tapes.map(({ buffer }) => buffer));
    };
    let address = (this.#builder.parts.at(-1)?.base ?? 0) + from;
    let turn = 0;
    const nextBuffer = (): Uint8Array<ArrayBuffer> => this.#spareChunks.pop() ?? new Uint8Array(this.#chunkBytes);
    for await (const bytes of source.stream(from, source.sizeBytes, nextBuffer)) {
      const lane = this.#lanes[turn++ % this.#lanes.length];
      const spare = this.#spareTapes.splice(0);
      const chunk = { bytes: bytes as Uint8Array<ArrayBuffer>, address, baseMicros: this.#baseMicros, spare };
      address += bytes.length;
      const scanned = lane.thread.ask(chunk, [chunk.bytes.buffer, ...spare]);
      // It may fail while nobody waits for it yet: the failure is thrown where it is awaited.
      scanned.catch(() => undefined);
      waiting.push({ lane, scanned });
      if (waiting.length >= this.#lanes.length * CHUNKS_PER_THREAD) await takeFirst();
    }
    while (waiting.length > 0) await takeFirst();
  }

  takeRoundedCount(): number {
    const count = this.#roundedCount;
    this.#roundedCount = 0;
    return count;
  }

  get #baseMicros(): number {
    return this.#builder.settledRows?.baseMicros ?? 0;
  }

  #take({ bytes, baseMicros, tapes }: ScannedChunk, rows: TapeRows, scanner: TraceScanner): void {
    let fed = 0;
    for (const { tape, runs } of tapes) {
      rows.start(tape);
      for (const { from, to, eventCount, roundedCount, ends } of runs) {
        if (from >= fed) {
          scanner.feed(bytes.subarray(fed, from));
          fed = from;
        }
        const target = this.#builder.settledRows;
        if (fed === from && scanner.isAtEvent && target?.baseMicros === baseMicros) {
          rows.take(target, ends);
          scanner.skip(to - from, eventCount);
          this.#roundedCount += roundedCount;
          fed = to;
        } else rows.skip(ends);
      }
    }
    scanner.feed(bytes.subarray(fed));
  }

  async close(): Promise<void> {
    await Promise.all(this.#lanes.map(({ thread }) => thread.close()));
  }
}
